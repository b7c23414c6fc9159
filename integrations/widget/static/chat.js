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
  /** Opening or resuming a conversation; settled once it is greeted. @type {Promise<void> | undefined} */
  #beginning;
  /** What was typed in the box, and not chosen or put into a field. @type {WeakSet<Turn>} */
  #typed = new WeakSet();
  #stay = new AbortController();
  #isWanted = false;

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
      send: (turn, signal) => this.#send(turn, signal),
      changed: (turn, state, seconds) => this.log.mark(turn, state, seconds),
      answered: (turn, reply) => this.#answered(turn, reply),
      lost: (turn, signal) => this.#lost(turn, signal),
      refused: (turn, status) => this.#refused(turn, status),
    });
    this.log = new Log(words, { phone, urgent, mail }, { retry: () => this.#retry(), takeBack: (turn) => this.#takeBack(turn) });
    this.composer = new Composer(words, (text) => this.#typed.add(this.say(text)), () => this.log.status(this.#say("too_long")));
    this.composer.fill((asked.get("draft") ?? "").slice(0, LONGEST_DRAFT));
    element.replaceChildren(this.#head(), this.log.element, this.log.line, this.composer.element);
  }

  /** Begin to listen, until `signal` says stop. @param {AbortSignal} signal */
  async start(signal) {
    const options = { signal };
    this.element.addEventListener("answer", (event) => this.#chosen(/** @type {CustomEvent} */ (event).detail), options);
    this.element.addEventListener("cite", (event) => this.#cite(/** @type {CustomEvent} */ (event).detail), options);
    this.element.addEventListener("said", (event) => this.log.status(/** @type {CustomEvent} */ (event).detail), options);
    this.element.addEventListener("rate", (event) => this.#rate(/** @type {CustomEvent} */ (event).detail), options);
    addEventListener("online", () => this.#back(), options);
    addEventListener("offline", () => this.log.status(this.#say("offline")), options);
    addEventListener("pagehide", () => this.forgets && void this.#forgetAll(), options);
    addEventListener("pageshow", ({ persisted }) => persisted && this.#isWanted && void this.#begin(), options);
    addEventListener("keydown", (event) => this.#key(event), options);
    this.bridge.listen(signal);
    this.bridge.tell("ready");
    if (!this.bridge.isEmbedded) await this.#begin();
  }

  #head() {
    const menu = menuOf(this.words, {
      talk: ["person", () => this.#handOver()],
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
    return turn;
  }

  // Opening, and coming back to what is open.

  #begin() {
    this.#isWanted = true;
    return (this.#beginning ??= this.#greet((this.#stay = new AbortController()).signal));
  }

  /** @param {AbortSignal} signal */
  async #greet(signal) {
    try {
      if (!(this.door.isOpen && (await this.#resume(signal)))) this.log.greet(await this.door.open(signal));
      this.log.status("");
    } catch {
      if (signal.aborted) return;
      this.#beginning = undefined;
      this.log.cannotOpen(this.mail, () => this.#retry());
    }
  }

  /** @param {AbortSignal} signal */
  async #resume(signal) {
    try {
      const { turns } = await this.door.transcript(signal);
      this.log.restore(turns);
      return turns.length > 0;
    } catch (error) {
      // A service that is busy has not forgotten it.
      if (!(error instanceof Refusal && (error.status === 401 || error.status === 404))) throw error;
      this.door.forget();
      return false;
    }
  }

  /** @param {boolean} enter whether the visitor came along, and not only the page */
  #opened(enter) {
    if (enter) this.composer.enter();
    void this.#begin();
  }

  #closed() {
    if (this.forgets) void this.#forgetAll();
  }

  #back() {
    this.log.status(this.#say("online"));
    if (this.#isWanted) void this.#begin().then(() => this.queue.retry());
  }

  /** Pressed on a button that goes away with it. */
  #retry() {
    this.composer.enter();
    void this.#begin().then(() => this.queue.retry());
  }

  /** Nothing of the conversation stays on the page, and nothing of it that is still on its way comes back. */
  #clear() {
    this.queue.clear();
    this.#stay.abort();
    this.#beginning = undefined;
    this.door.forget();
    this.element.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
    this.log.clear();
  }

  // What the queue tells.

  /** @param {Turn} turn @param {AbortSignal} signal @returns {Promise<Reply>} */
  async #send(turn, signal) {
    await this.#beginning;
    if (!this.door.isOpen) this.log.disclose(await this.door.open(signal), turn);
    return this.door.send(turn, signal);
  }

  /** @param {Turn} turn @param {Reply} reply */
  #answered(turn, reply) {
    this.log.answer(turn, reply, { enter: this.element.contains(document.activeElement) && !this.composer.hasText });
    this.bridge.tell("replied");
  }

  /** @param {Turn} turn @param {AbortSignal} signal */
  async #lost(turn, signal) {
    try {
      this.door.forget();
      const opened = await this.door.open(signal);
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
    if (this.#typed.has(turn)) this.composer.giveBack(turn.text);
    this.log.status(this.#say(`refused_${status}`));
  }

  /** @param {Turn} turn */
  #takeBack(turn) {
    this.log.remove(turn);
    this.queue.drop(turn);
    if (this.#typed.has(turn)) this.composer.giveBack(turn.text);
    this.composer.enter();
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

  /** @param {{turn: string, helpful: boolean, comment?: string, failed: () => void}} rated */
  #rate({ turn, failed, ...feedback }) {
    this.door.rate(turn, feedback).catch(() => {
      failed();
      this.log.status(this.#say("failed"));
    });
  }

  async #renew() {
    this.#clear();
    await this.#begin();
    this.log.status(this.#say("begun"));
    this.composer.enter();
  }

  #handOver() {
    this.say(this.#say("i_want_a_person"));
    this.composer.enter();
  }

  async #download() {
    try {
      if (!this.door.isOpen) return this.log.status(this.#say("download_nothing"));
      save("conversation.txt", transcriptText(await this.door.transcript(), this.words, this.name));
    } catch {
      this.log.status(this.#say("download_failed"));
    }
  }

  async #erase() {
    if (!(await confirmErasure(this.element, this.words))) return;
    // What is on its way would find the conversation gone and open another.
    this.queue.hold();
    try {
      const receipt = this.door.isOpen ? await this.door.erase() : null;
      this.#clear();
      this.#beginning = Promise.resolve();
      this.log.show(receipt ? receiptCard(receipt, this.words) : h("p", { class: "divider", text: this.#say("erased_before") }));
      this.bridge.tell("erased");
      this.composer.clear();
      this.composer.enter();
    } catch {
      this.queue.resume();
      this.log.status(this.#say("erase_failed"));
    }
  }

  /** Whatever becomes of the call: whoever opens the chat next, or comes back to the page, does not find it. */
  async #forgetAll() {
    const gone = this.door.isOpen ? this.door.erase() : null;
    this.#clear();
    this.composer.clear();
    await gone?.catch(() => undefined);
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

