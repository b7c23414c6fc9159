// The chat page's own element: fetches the words, then lives as long as it is in the page.

import { Chat } from "./chat.js";
import { h } from "./dom.js";
import { Words } from "./words.js";

const AGAIN_AFTER_MS = 2_000;

export class PrivacyChat extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;

  async connectedCallback() {
    const { signal } = (this.#listening = new AbortController());
    const { zone = "UTC" } = this.dataset;
    const spoken = await this.#words(signal);
    if (!signal.aborted) await new Chat(this, new Words(spoken, document.documentElement.lang, zone)).start(signal);
  }

  /** Until they have come there is nothing to say but whom to write to. @param {AbortSignal} signal @returns {Promise<any>} */
  async #words(signal) {
    const { words = "", mail = "" } = this.dataset;
    try {
      const got = await fetch(words);
      if (got.ok) return await got.json();
    } catch {
      // Asked again, as where the answer was no answer.
    }
    this.replaceChildren(h("p", { class: "notice" }, h("a", { href: `mailto:${mail}`, text: mail })));
    await new Promise((later) => setTimeout(later, AGAIN_AFTER_MS));
    return signal.aborted ? null : this.#words(signal);
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.replaceChildren();
  }
}
