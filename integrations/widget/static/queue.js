// Turns wait here until they are answered, one at a time and in order. A turn keeps its id through every try, so that a retry is never a second request.

import { Refusal } from "./door.js";

/** @import { Reply, Turn } from "./types.js" */

/**
 * @typedef {"waiting" | "sending" | "failed" | "slow"} State
 * @typedef {object} Listener
 * @property {(turn: Turn) => Promise<Reply>} send
 * @property {(turn: Turn, state: State, seconds?: number) => void} changed
 * @property {(turn: Turn, reply: Reply) => void} answered
 * @property {(turn: Turn) => Promise<boolean>} lost the conversation is gone: true where another has been opened
 * @property {(turn: Turn, status: number) => void} refused it will never be taken as it is
 */

export class Queue {
  /** @type {Turn[]} */
  #turns = [];
  #busy = false;
  #stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  get length() {
    return this.#turns.length;
  }

  /** @param {Turn} turn */
  add(turn) {
    this.#turns.push(turn);
    this.listener.changed(turn, "waiting");
    void this.#work();
  }

  /** Try the first again, at once. */
  retry() {
    clearTimeout(this.#later);
    this.#stopped = false;
    void this.#work();
  }

  /** @param {Turn} turn */
  drop(turn) {
    this.#turns = this.#turns.filter((other) => other !== turn);
    this.retry();
  }

  clear() {
    clearTimeout(this.#later);
    this.#turns = [];
    this.#stopped = false;
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#turns.length && !this.#stopped) await this.#take(this.#turns[0]);
    this.#busy = false;
  }

  /** @param {Turn} turn */
  async #take(turn) {
    this.listener.changed(turn, "sending");
    try {
      const reply = await this.listener.send(turn);
      if (this.#gone(turn)) return;
      this.#turns.shift();
      this.listener.answered(turn, reply);
    } catch (error) {
      if (!this.#gone(turn)) await this.#failed(turn, error);
    }
  }

  /** @param {Turn} turn @param {unknown} error */
  async #failed(turn, error) {
    const status = error instanceof Refusal ? error.status : 0;
    if (status === 404 && (await this.listener.lost(turn))) return;
    if (status === 409 || status === 413 || status === 422) {
      this.#turns.shift();
      this.listener.refused(turn, status);
      return;
    }
    this.#stopped = true;
    if (error instanceof Refusal && (status === 429 || status === 503)) {
      this.listener.changed(turn, "slow", error.seconds);
      this.#later = setTimeout(() => this.retry(), error.seconds * 1_000);
    } else {
      this.listener.changed(turn, "failed");
    }
  }

  /** Cleared or taken back while it was on its way. @param {Turn} turn */
  #gone(turn) {
    return this.#turns[0] !== turn;
  }
}
