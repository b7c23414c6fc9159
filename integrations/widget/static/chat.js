// The chat page: what a visitor sees and does. The queue sends, the door speaks HTTP, the reply shows itself; here they meet.

import { confirmErasure, receiptCard } from "./asking.js";
import { Bridge, originOf } from "./bridge.js";
import { Composer } from "./composer.js";
import { Door, Refusal } from "./door.js";
import { freshId, h, icon, save } from "./dom.js";
import { Log } from "./log.js";
import { menuOf } from "./menu.js";
import { Queue } from "./queue.js";
import { transcriptText } from "./transcript.js";

/** @import { PrivacyClause } from "./clause.js" */
/** @import { Reply, Turn, VersionFacts } from "./types.js" */
/** @import { Words } from "./words.js" */

const LONGEST_DRAFT = 400;

export class Chat {
  /** @type {Promise<VersionFacts[]> | undefined} */
  #versions;
  begun = false;

  /** @param {HTMLElement} element where it is shown, with what the page says of the organisation @param {Words} words */
  constructor(element, words) {
    const asked = new URLSearchParams(location.search);
    const { name = "", language = "", phone = "", urgent = "", mail = "" } = element.dataset;
    this.element = element;
    this.words = words;
    this.name = name;
    this.mail = mail;
    this.forgets = asked.get("forget") === "close";
    this.door = new Door({ keep: !this.forgets, language: language || null });
    this.bridge = new Bridge(originOf(asked.get("host")), location.hash.slice(1), {
      opened: (enter) => this.#opened(enter),
      closed: () => this.#closed(),
      asked: (text, draft) => this.#asked(text, draft),
    });
    this.queue = new Queue({
      send: (turn) => this.#send(turn),
      changed: (turn, state, seconds) => this.log.mark(turn, state, seconds),
      answered: (turn, reply) => this.#answered(turn, reply),
      lost: (turn) => this.#lost(turn),
      refused: (turn, status) => this.#refused(turn, status),
    });
    this.log = new Log(words, { phone, urgent, mail }, { retry: () => this.queue.retry(), takeBack: (turn) => this.#takeBack(turn) });
    this.composer = new Composer(words, (text) => this.say(text));
    this.composer.fill((asked.get("draft") ?? "").slice(0, LONGEST_DRAFT));
    element.replaceChildren(this.#head(), this.log.element, this.log.line, this.composer.element);
  }

  /** Begin to listen, until `signal` says stop. @param {AbortSignal} signal */
  async start(signal) {
    const options = { signal };
    this.element.addEventListener("answer", (event) => this.#chosen(/** @type {CustomEvent} */ (event).detail), options);
    this.element.addEventListener("cite", (event) => this.#cite(/** @type {CustomEvent} */ (event).detail), options);
    this.element.addEventListener("rate", (event) => this.#rate(/** @type {CustomEvent} */ (event).detail), options);
    addEventListener("online", () => this.#back(), options);
    addEventListener("offline", () => this.log.status(this.#say("offline")), options);
    addEventListener("pagehide", () => this.#left(), options);
    addEventListener("keydown", (event) => this.#key(event), options);
    this.bridge.listen(signal);
    this.bridge.tell("ready");
    if (!this.bridge.isEmbedded) await this.#begin();
  }

  #head() {
    const menu = menuOf(this.words, {
      new_conversation: ["more", () => this.#renew()],
      download: ["save", () => this.#download()],
      policy: ["text", () => void open("/policy", "_blank", "noopener,noreferrer")],
      erase: ["erase", () => this.#erase()],
    });
    const close = h("button", { type: "button", class: "round", "aria-label": this.#say("close_chat"), on: { click: () => this.bridge.tell("close") } }, icon("close"));
    return h("header", { class: "head" },
      h("span", { class: "tile" }, icon("shield")),
      h("div", { class: "names" }, h("h1", { text: this.name }), h("p", { text: this.#say("subtitle") })),
      ...menu,
      this.bridge.isEmbedded && close,
    );
  }

  /** Take what a visitor said; `secret` is shown as dots. @param {string} text */
  say(text, secret = false) {
    const turn = { turn_id: freshId(), text };
    this.log.ask(turn, secret ? "•".repeat(8) : text);
    this.queue.add(turn);
  }

  // Opening, and coming back to what is open.

  async #begin() {
    if (this.begun) return;
    this.begun = true;
    try {
      if (!(this.door.isOpen && (await this.#resume()))) this.log.greet(await this.door.open());
      this.log.status("");
    } catch {
      this.begun = false;
      this.log.cannotOpen(this.mail, () => this.#begin());
    }
  }

  async #resume() {
    try {
      const { turns } = await this.door.transcript();
      this.log.restore(turns);
      return turns.length > 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.door.forget();
      return false;
    }
  }

  /** @param {boolean} enter whether the visitor came along, and not only the page */
  #opened(enter) {
    void this.#begin().then(() => enter && this.composer.enter());
  }

  #closed() {
    if (this.forgets) void this.#forgetAll();
  }

  #left() {
    if (this.forgets && this.door.isOpen) void this.door.erase().catch(() => undefined);
  }

  #back() {
    this.log.status(this.#say("online"));
    if (this.begun) this.queue.retry();
    else if (!this.bridge.isEmbedded) void this.#begin();
  }

  // What the queue tells.

  /** @param {Turn} turn @returns {Promise<Reply>} */
  async #send(turn) {
    if (!this.door.isOpen) this.log.disclose(await this.door.open(), turn);
    return this.door.send(turn);
  }

  /** @param {Turn} turn @param {Reply} reply */
  #answered(turn, reply) {
    this.log.answer(turn, reply, { enter: this.element.contains(document.activeElement) && !this.composer.hasText });
    this.bridge.tell("replied");
  }

  /** @param {Turn} turn */
  async #lost(turn) {
    try {
      this.door.forget();
      const opened = await this.door.open();
      this.log.divide(this.#say("ended"), turn);
      this.log.disclose(opened, turn);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {Turn} turn @param {number} status */
  #refused(turn, status) {
    this.log.remove(turn);
    this.composer.fill(turn.text);
    this.log.status(this.#say(`refused_${status}`));
  }

  /** @param {Turn} turn */
  #takeBack(turn) {
    this.log.remove(turn);
    this.queue.drop(turn);
    this.composer.fill(turn.text);
  }

  // What a visitor wants beside saying something.

  /** @param {{text: string, secret: boolean}} answer */
  #chosen({ text, secret }) {
    this.say(text, secret);
    this.composer.enter();
  }

  /** @param {import("./types.js").Citation} cited */
  #cite(cited) {
    this.#versions ??= this.door.versions();
    this.#versions.catch(() => (this.#versions = undefined));
    const panel = /** @type {PrivacyClause} */ (this.element.querySelector("privacy-clause") ?? this.element.appendChild(document.createElement("privacy-clause")));
    panel.open(cited, this.words, this.#versions);
  }

  /** @param {{turn: string, helpful: boolean, comment?: string}} rated */
  #rate({ turn, ...feedback }) {
    this.door.rate(turn, feedback).catch(() => this.log.status(this.#say("failed")));
  }

  async #renew() {
    this.queue.clear();
    this.door.forget();
    this.log.clear();
    this.begun = false;
    await this.#begin();
    this.log.status(this.#say("begun"));
    this.composer.enter();
  }

  async #download() {
    try {
      if (this.door.isOpen) save("conversation.txt", transcriptText(await this.door.transcript(), this.words, this.name));
    } catch {
      this.log.status(this.#say("download_failed"));
    }
  }

  async #erase() {
    if (!(await confirmErasure(this.element, this.words))) return;
    try {
      const receipt = this.door.isOpen ? await this.door.erase() : null;
      this.queue.clear();
      this.door.forget();
      this.log.clear();
      this.log.show(receipt ? receiptCard(receipt, this.words) : h("p", { class: "divider", text: this.#say("erased_before") }));
      this.bridge.tell("erased");
      this.composer.clear();
      this.composer.enter();
    } catch {
      this.log.status(this.#say("erase_failed"));
    }
  }

  async #forgetAll() {
    this.queue.clear();
    this.log.clear();
    this.composer.clear();
    this.begun = false;
    if (!this.door.isOpen) return;
    const gone = this.door.erase();
    // Whatever becomes of the call: whoever opens the chat next does not find it.
    this.door.forget();
    await gone.catch(() => undefined);
  }

  // What the page around wants.

  /** @param {string} text @param {boolean} draft */
  async #asked(text, draft) {
    await this.#begin();
    if (draft) this.composer.fill(text);
    else if (text.trim()) this.say(text);
    if (draft) this.composer.enter({ always: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || this.element.querySelector("dialog[open], :popover-open")) return;
    this.bridge.tell("close");
  }

  /** @param {string} key */
  #say(key) {
    return this.words.say(key);
  }
}

