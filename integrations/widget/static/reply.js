// One reply, from its parts: numbered citations, the nearest clauses, tickets, an unmistakable security notice, and how helpful it was.

import { h, icon } from "./dom.js";
import { PrivacyTicket } from "./ticket.js";

/** @import { Citation, Part, Reply } from "./types.js" */
/** @import { Words } from "./words.js" */

/**
 * @typedef {object} Contacts what of the organisation's may become a link where it stands in a text
 * @property {string} phone
 * @property {string} urgent
 * @property {string} mail
 */

const RATED = new Set(["answered", "not_stated", "not_understood", "declined"]);
const TICKET_TAG = "privacy-ticket";

export class PrivacyReply extends HTMLElement {
  /** Fires `cite` with a citation and `rate` with {turn, helpful, comment, failed}. @param {Reply} reply @param {Words} words @param {Contacts} contacts */
  show(reply, words, contacts) {
    this.reply = reply;
    this.words = words;
    this.contacts = contacts;
    const urgent = reply.intent === "security_report";
    this.className = `reply ${urgent ? "urgent" : reply.outcome.replace("_", "-")}`;
    this.replaceChildren(
      h("span", { class: "unseen", text: words.say("assistant_says") }),
      this.#banner(urgent, reply.outcome) ?? "",
      ...(urgent ? [this.#reachNow()] : []),
      ...this.#parts(urgent),
      ...reply.tickets.map((ticket) => /** @type {PrivacyTicket} */ (document.createElement(TICKET_TAG)).show(ticket, words)),
      this.#sources() ?? "",
      this.#nearest() ?? "",
      ...(RATED.has(reply.outcome) && reply.turn_id ? [this.#rating()] : []),
    );
    return this;
  }

  /** @param {boolean} urgent @param {string} outcome */
  #banner(urgent, outcome) {
    const words = /** @type {Words} */ (this.words);
    if (urgent) return h("p", { class: "banner" }, icon("alert"), h("strong", { text: words.say("security_matter") }));
    if (outcome === "not_stated") return h("p", { class: "banner" }, icon("none"), h("strong", { text: words.say("not_in_policy") }));
    return null;
  }

  /** @param {boolean} urgent */
  #parts(urgent) {
    const reply = /** @type {Reply} */ (this.reply);
    // The card says what the sentence on a rights request says, and the sentence on another ticket says more.
    const cardsSayAll = reply.tickets.length > 0 && reply.tickets.every((ticket) => ticket.kind === "rights_request");
    const parts = reply.parts.filter((part) => part.kind !== "ticket" || !cardsSayAll);
    const steps = urgent ? parts.filter((part) => part.kind === "instruction") : [];
    const rest = parts.filter((part) => !steps.includes(part)).map((part) => this.#part(part));
    return steps.length ? [h("ol", { class: "steps" }, ...steps.map((part) => h("li", {}, ...this.#text(part.text)))), ...rest] : rest;
  }

  /** @param {Part} part */
  #part(part) {
    const cited = part.citation === null ? undefined : this.reply?.citations[part.citation];
    const mark = cited && this.#mark(cited, Number(part.citation) + 1);
    const text = this.#text(part.text);
    if (part.kind === "quote") return h("blockquote", {}, h("p", {}, h("span", { lang: "en" }, ...text), mark && "\u00a0", mark));
    return h("p", { class: part.kind }, ...text, mark && "\u00a0", mark);
  }

  /** The text with the organisation's own telephone and addresses as links, and nothing else. @param {string} text @returns {(string | Node)[]} */
  #text(text) {
    const { phone, urgent, mail } = /** @type {Contacts} */ (this.contacts);
    const links = new Map([[phone, telephone(phone)], [urgent, `mailto:${urgent}`], [mail, `mailto:${mail}`]]);
    links.delete("");
    /** @type {(string | Node)[]} */
    let pieces = [text];
    for (const [shown, href] of links) {
      pieces = pieces.flatMap((piece) => (typeof piece === "string" ? linked(piece, shown, href) : [piece]));
    }
    return pieces;
  }

  #reachNow() {
    const words = /** @type {Words} */ (this.words);
    const { phone, urgent } = /** @type {Contacts} */ (this.contacts);
    return h("div", { class: "reach" },
      phone && h("a", { class: "primary", href: telephone(phone) }, icon("phone"), h("span", { text: words.say("call", { phone }) })),
      urgent && h("a", { class: "secondary", href: `mailto:${urgent}` }, icon("mail"), h("span", { text: words.say("write", { mail: urgent }) })),
    );
  }

  /** @param {Citation} cited @param {number} number */
  #mark(cited, number) {
    const label = this.words?.say("open_source", { number, clause: cited.clause, section: cited.section });
    return h("button", { type: "button", class: "mark", "aria-label": label, text: String(number), on: { click: () => this.#cite(cited) } });
  }

  #sources() {
    const { citations } = /** @type {Reply} */ (this.reply);
    return citations.length ? this.#clauses("sources", citations, true) : null;
  }

  #nearest() {
    const { see_also: nearest } = /** @type {Reply} */ (this.reply);
    return nearest.length ? this.#clauses("nearest", nearest, false) : null;
  }

  /** @param {string} title @param {Citation[]} citations @param {boolean} numbered */
  #clauses(title, citations, numbered) {
    const entries = citations.map((cited, index) =>
      h("li", {}, h("button", { type: "button", class: "source", on: { click: () => this.#cite(cited) } }, numbered && h("b", { text: String(index + 1) }), h("span", { text: cited.section }), h("small", { text: cited.clause }))),
    );
    return h("div", { class: "sources" }, h("p", { class: "label", text: this.words?.say(title) }), h("ul", {}, ...entries));
  }

  /** @param {Citation} cited */
  #cite(cited) {
    this.dispatchEvent(new CustomEvent("cite", { bubbles: true, composed: true, detail: cited }));
  }

  #rating() {
    const words = /** @type {Words} */ (this.words);
    const box = h("div", { class: "rating", role: "group", "aria-label": words.say("was_it_helpful") });
    const said = h("span", { class: "said", role: "status" });
    const unpress = () => thumbs.forEach((thumb) => thumb.setAttribute("aria-pressed", "false"));
    const thumbs = [true, false].map((helpful) =>
      h("button", { type: "button", class: "round", "aria-pressed": "false", "aria-label": words.say(helpful ? "helpful" : "not_helpful"), title: words.say(helpful ? "helpful" : "not_helpful") }, icon(helpful ? "up" : "down")),
    );
    thumbs.forEach((thumb, index) =>
      thumb.addEventListener("click", () => {
        thumbs.forEach((other) => other.setAttribute("aria-pressed", String(other === thumb)));
        box.querySelector("form")?.remove();
        said.textContent = index === 0 ? words.say("thanks") : "";
        this.#rate(said, unpress, index === 0);
        if (index === 1) box.append(this.#reason(said, unpress));
      }),
    );
    box.append(...thumbs, said);
    return box;
  }

  /** @param {HTMLElement} said @param {() => void} unpress */
  #reason(said, unpress) {
    const words = /** @type {Words} */ (this.words);
    const input = h("input", { type: "text", name: "reason", maxlength: "500", autocomplete: "off", "aria-label": words.say("why_not_helpful"), placeholder: words.say("why_not_helpful") });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      said.textContent = words.say("thanks");
      if (input.value.trim()) this.#rate(said, unpress, false, input.value.trim());
      form.remove();
      /** @type {HTMLElement | null} */ (this.querySelector('.rating [aria-pressed="true"]'))?.focus();
    };
    const form = h("form", { class: "row", on: { submit } }, input, h("button", { type: "submit", class: "secondary", text: words.say("send") }));
    return form;
  }

  /** @param {HTMLElement} said @param {() => void} unpress @param {boolean} helpful @param {string} [comment] */
  #rate(said, unpress, helpful, comment) {
    const failed = () => {
      said.textContent = "";
      unpress();
    };
    const detail = { turn: this.reply?.turn_id, helpful, failed, ...(comment ? { comment } : {}) };
    this.dispatchEvent(new CustomEvent("rate", { bubbles: true, composed: true, detail }));
  }
}

/** @param {string} text @param {string} shown @param {string} href @returns {(string | Node)[]} */
function linked(text, shown, href) {
  const [first, ...others] = text.split(shown);
  return [first, ...others.flatMap((other) => [h("a", { href, text: shown }), other])];
}

/** @param {string} phone */
function telephone(phone) {
  return `tel:${phone.replace(/[^+\d]/g, "")}`;
}
