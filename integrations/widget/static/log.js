// What has been said: questions, replies, where a message stands on its way. New entries are announced once, by the log's role.

import { h, icon } from "./dom.js";

/** @import { PrivacyField } from "./fields.js" */
/** @import { Contacts, PrivacyReply } from "./reply.js" */
/** @import { Opened, Reply, StoredTurn, Turn } from "./types.js" */
/** @import { Words } from "./words.js" */
/** @import { State } from "./queue.js" */

const TYPING_AFTER_MS = 300;

export class Log {
  /** @type {Map<Turn, HTMLElement>} */
  #asked = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typingSoon;
  /** What stood in the dock before the last question. @type {Element[]} */
  #docked = [];

  /** @param {Words} words @param {Contacts} contacts @param {{retry: () => void, takeBack: (turn: Turn) => void}} wishes */
  constructor(words, contacts, wishes) {
    this.words = words;
    this.contacts = contacts;
    this.wishes = wishes;
    this.entries = h("div", { class: "entries", role: "log", "aria-label": words.say("log") });
    this.typing = h("div", { class: "typing", hidden: true, "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.dock = h("div", { class: "dock" });
    this.element = h("main", { class: "scroll", tabindex: "0", "aria-label": words.say("log") }, this.entries, this.typing, this.dock);
    this.line = h("p", { class: "line", role: "status" });
  }

  /** Said quietly below the log, and announced. @param {string} text */
  status(text) {
    if (this.line.textContent !== text) this.line.textContent = text;
  }

  /** @param {Opened} opened */
  greet(opened) {
    this.disclose(opened);
    this.show(h("div", { class: "reply greeting" }, h("p", { text: opened.greeting })));
    if (!this.#asked.size) this.#offer(opened.suggestions, "suggested");
    this.#askedSince();
  }

  /** What it is, before anything that is said to it. @param {Opened} opened @param {Turn} [turn] */
  disclose(opened, turn) {
    this.entries.querySelector(".notice")?.remove();
    const notice = h("div", { class: "disclosure" }, icon("shield"), h("p", { text: opened.disclosure }));
    const asked = turn && this.#asked.get(turn);
    if (asked) asked.before(notice);
    else this.show(notice);
  }

  /** @param {string} mail @param {() => void} again */
  cannotOpen(mail, again) {
    const retry = () => {
      notice.remove();
      again();
    };
    const notice = h("div", { class: "notice", role: "alert" }, h("p", { text: this.words.say("cannot_open") }), mail && h("p", {}, h("a", { href: `mailto:${mail}`, text: this.words.say("contact_instead", { mail }) })), h("button", { type: "button", class: "secondary", text: this.words.say("retry"), on: { click: retry } }));
    this.entries.querySelector(".notice")?.remove();
    this.show(notice);
  }

  /** @param {StoredTurn[]} turns */
  restore(turns) {
    this.entries.querySelector(".notice")?.remove();
    this.entries.setAttribute("aria-live", "off");
    for (const { turn_id, text, reply } of turns) {
      const turn = { turn_id, text };
      this.ask(turn, text);
      this.answer(turn, reply, { enter: false });
    }
    this.#askedSince();
    // Once it has been drawn: what was read before is not read out again.
    setTimeout(() => this.entries.removeAttribute("aria-live"), TYPING_AFTER_MS);
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** @param {Turn} turn @param {string} shown */
  ask(turn, shown) {
    if (!this.#asked.size) this.#docked = [...this.dock.children];
    this.dock.replaceChildren();
    const state = h("div", { class: "state" });
    const entry = h("div", { class: "mine" }, h("span", { class: "unseen", text: this.words.say("you_say") }), h("p", { text: shown }), state);
    this.#asked.set(turn, entry);
    this.show(entry);
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** @param {Turn} turn @param {State} state @param {number} [seconds] */
  mark(turn, state, seconds) {
    const entry = this.#asked.get(turn);
    const shown = entry?.querySelector(".state");
    if (!entry || !shown) return;
    entry.dataset.state = state;
    const words = this.words;
    shown.replaceChildren();
    if (state === "waiting" && this.#asked.size > 1) shown.append(h("span", { text: words.say("waiting") }));
    const again = () => h("button", { type: "button", class: "quiet", text: words.say("retry"), on: { click: () => this.wishes.retry() } });
    if (state === "failed") {
      shown.append(
        h("span", { class: "error" }, icon("alert"), words.say("failed")),
        again(),
        h("button", { type: "button", class: "quiet", text: words.say("take_back"), on: { click: () => this.wishes.takeBack(turn) } }),
      );
      this.status(words.say("failed"));
    }
    if (state === "slow") {
      shown.append(again());
      this.status(words.say("slow", { seconds: seconds ?? 5 }));
    }
    if (state !== "waiting") this.#type(state === "sending");
  }

  /** @param {Turn} turn @param {Reply} reply @param {{enter: boolean}} options `enter`: the focus may go into the field of a question */
  answer(turn, reply, { enter }) {
    const shown = this.#drawn(reply);
    this.#type(false);
    this.status("");
    const asked = this.#settle(turn);
    if (asked) asked.after(shown);
    else this.show(shown);
    if (this.#asked.size === 0) this.#dock(reply, enter);
    if (reply.asks_for) this.element.scrollTop = this.element.scrollHeight;
    else this.#reveal(asked ?? shown);
  }

  /** Taken back: the field or the suggestions that it answered are offered again. @param {Turn} turn */
  remove(turn) {
    this.#type(false);
    this.status("");
    this.#settle(turn)?.remove();
    if (!this.#asked.size) this.dock.replaceChildren(...this.#docked);
  }

  /** @param {string} text @param {Turn} turn */
  divide(text, turn) {
    this.#asked.get(turn)?.before(h("p", { class: "divider", text }));
  }

  /** @param {HTMLElement} entry */
  show(entry) {
    this.entries.append(entry);
  }

  clear() {
    this.#type(false);
    this.#asked.clear();
    this.#docked = [];
    this.entries.replaceChildren();
    this.dock.replaceChildren();
    this.status("");
  }

  /** A reply that cannot be drawn is still said, in its bare words. @param {Reply} reply */
  #drawn(reply) {
    const draw = (/** @type {Reply} */ one) => /** @type {PrivacyReply} */ (document.createElement("privacy-reply")).show(one, this.words, this.contacts);
    try {
      return draw(reply);
    } catch (error) {
      reportError(error);
      return draw({ ...reply, parts: [{ kind: "note", text: reply.text, citation: null }], citations: [], see_also: [], tickets: [] });
    }
  }

  /** What was asked before the greeting came stands below it. */
  #askedSince() {
    this.entries.append(...this.#asked.values());
  }

  /** @param {Turn} turn */
  #settle(turn) {
    const entry = this.#asked.get(turn);
    this.#asked.delete(turn);
    if (entry) delete entry.dataset.state;
    entry?.querySelector(".state")?.remove();
    return entry;
  }

  /** The dialogue's field, or what could be asked next. @param {Reply} reply @param {boolean} enter */
  #dock(reply, enter) {
    if (!reply.asks_for) {
      this.#offer(reply.suggestions, "answers");
      return;
    }
    const field = /** @type {PrivacyField} */ (document.createElement("privacy-field")).show(reply, this.words);
    this.dock.replaceChildren(field);
    if (enter) field.enter();
  }

  /** @param {string[]} suggestions @param {string} label */
  #offer(suggestions, label) {
    const choose = (/** @type {string} */ text) => () => this.dock.dispatchEvent(new CustomEvent("answer", { bubbles: true, detail: { text, secret: false } }));
    const buttons = suggestions.map((text) => h("button", { type: "button", class: "choice", text, on: { click: choose(text) } }));
    this.dock.replaceChildren(...(buttons.length ? [h("div", { class: "choices", role: "group", "aria-label": this.words.say(label) }, ...buttons)] : []));
  }

  /** Shown after a moment, and announced that once. @param {boolean} is */
  #type(is) {
    clearTimeout(this.#typingSoon);
    if (!is) {
      this.typing.hidden = true;
      if (this.line.textContent === this.words.say("working")) this.status("");
      return;
    }
    this.#typingSoon = setTimeout(() => {
      this.typing.hidden = false;
      this.status(this.words.say("working"));
      this.element.scrollTop = this.element.scrollHeight;
    }, TYPING_AFTER_MS);
  }

  /** The beginning of what is new stays in sight, however long it is. @param {HTMLElement} entry */
  #reveal(entry) {
    const top = entry.offsetTop - this.element.offsetTop - 12;
    this.element.scrollTop = Math.min(top, this.element.scrollHeight);
  }
}
