// Turns wait here until they are answered, one at a time and in order. A turn keeps its id through every try, so that a retry is never a second request; none leaves but answered, refused or taken back.

import { Refusal } from "./door.js";

/** @import { Reply, Turn } from "./types.js" */

/**
 * @typedef {"waiting" | "sending" | "failed" | "slow"} State
 * @typedef {object} Listener a `signal` aborts once nobody waits for the outcome any more
 * @property {(turn: Turn, signal: AbortSignal) => Promise<Reply>} send
 * @property {(turn: Turn, state: State, seconds?: number) => void} changed
 * @property {(turn: Turn, reply: Reply) => void} answered
 * @property {(turn: Turn, signal: AbortSignal) => Promise<boolean>} lost the conversation is gone: true where another has been opened
 * @property {(turn: Turn, status: number) => void} refused it will never be taken as it is
 */

export class Queue {
  /** @type {Turn[]} */
  #turns = [];
  /** The sending under way; another in its place, and what becomes of the old one is nothing to anybody. @type {AbortController | null} */
  #round = null;
  /** @type {"" | "failed" | "slow" | "held"} */
  #stopped = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  /** @param {Turn} turn */
  add(turn) {
    this.#turns.push(turn);
    this.listener.changed(turn, "waiting");
    // Who writes on would have what failed before sent too; a busy service is given the time that it asked for.
    if (this.#stopped === "failed") this.retry();
    else void this.#work();
  }

  /** Try the first again, at once. */
  retry() {
    if (this.#stopped !== "held") this.resume();
  }

  /** @param {Turn} turn */
  drop(turn) {
    this.#turns = this.#turns.filter((other) => other !== turn);
    this.retry();
  }

  /** Sends nothing and waits for nothing until told to resume. */
  hold() {
    clearTimeout(this.#later);
    this.#stopped = "held";
    this.#round?.abort();
    this.#round = null;
  }

  resume() {
    clearTimeout(this.#later);
    this.#stopped = "";
    void this.#work();
  }

  clear() {
    this.hold();
    this.#turns = [];
    this.#stopped = "";
  }

  async #work() {
    if (this.#round) return;
    const round = (this.#round = new AbortController());
    while (this.#round === round && this.#turns.length && !this.#stopped) await this.#take(this.#turns[0], round);
    if (this.#round === round) this.#round = null;
  }

  /** @param {Turn} turn @param {AbortController} round */
  async #take(turn, round) {
    this.listener.changed(turn, "sending");
    const [reply, error] = await this.listener.send(turn, round.signal).then((got) => [got, null], (refused) => [null, refused]);
    if (this.#round !== round) return;
    if (reply) {
      this.#turns.shift();
      this.listener.answered(turn, reply);
    } else await this.#failed(turn, error, round);
  }

  /** @param {Turn} turn @param {unknown} error @param {AbortController} round */
  async #failed(turn, error, round) {
    const status = error instanceof Refusal ? error.status : 0;
    if (status === 404 && (await this.listener.lost(turn, round.signal))) return;
    if (this.#round !== round) return;
    if (status === 409 || status === 413 || status === 422) {
      this.#turns.shift();
      this.listener.refused(turn, status);
    } else if (error instanceof Refusal && (status === 429 || status === 503)) {
      this.#stopped = "slow";
      this.listener.changed(turn, "slow", error.seconds);
      this.#later = setTimeout(() => this.retry(), error.seconds * 1_000);
    } else {
      this.#stopped = "failed";
      this.listener.changed(turn, "failed");
    }
  }
}
