// A ticket as a card: its reference to copy, where it stands, and until when with the reason for that date.

import { h, icon } from "./dom.js";

/** @import { Ticket } from "./types.js" */
/** @import { Words } from "./words.js" */

export class PrivacyTicket extends HTMLElement {
  /** @param {Ticket} ticket @param {Words} words */
  show(ticket, words) {
    const title = words.say(ticket.right ? `right_${ticket.right}` : `kind_${ticket.kind}`);
    const urgent = ticket.kind === "security_incident";
    this.classList.toggle("urgent", urgent);
    this.replaceChildren(
      h("div", { class: "ticket-head" }, icon(urgent ? "alert" : "ticket"), h("strong", { text: title }), this.#status(ticket, words)),
      h("div", { class: "ticket-reference" }, h("span", { class: "label", text: words.say("reference") }), h("code", { text: ticket.reference }), this.#copy(ticket.reference, words)),
      this.#facts(ticket, words) ?? "",
    );
    return this;
  }

  /** @param {Ticket} ticket @param {Words} words */
  #status(ticket, words) {
    const waits = ticket.status === "awaiting_verification" || ticket.status === "awaiting_requester";
    return h("span", { class: waits ? "pill waits" : "pill", text: words.say(`status_${ticket.status}`) });
  }

  /** @param {Ticket} ticket @param {Words} words */
  #facts(ticket, words) {
    const facts = h("dl");
    const add = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ why = "") =>
      facts.append(h("div", {}, h("dt", { text: words.say(name) }), h("dd", {}, value, why && h("small", { text: why }))));
    if (ticket.severity) add("severity", words.say(`severity_${ticket.severity}`));
    if (ticket.first_answer_due_at && ticket.first_answer_due_at !== ticket.due_at) add("first_answer", words.moment(ticket.first_answer_due_at, true));
    if (ticket.due_at) {
      const basis = ticket.due_basis;
      add("due", words.moment(ticket.due_at), basis ? words.say(`basis_${basis.kind}`, { cite: basis.cite }) : "");
    }
    return facts.childElementCount ? facts : null;
  }

  /** @param {string} reference @param {Words} words */
  #copy(reference, words) {
    const said = h("span", { text: words.say("copy") });
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(reference);
        said.textContent = words.say("copied");
        this.dispatchEvent(new CustomEvent("said", { bubbles: true, composed: true, detail: words.say("copied") }));
      } catch {
        // Where the clipboard is closed to us, what is selected can be copied by hand.
        getSelection()?.selectAllChildren(/** @type {Node} */ (this.querySelector("code")));
      }
    };
    return h("button", { type: "button", class: "quiet", "aria-label": words.say("copy_reference", { reference }), on: { click: copy } }, icon("copy"), said);
  }
}
