// The chat page's own element: fetches the words, then lives as long as it is in the page.

import { Chat } from "./chat.js";
import { Words } from "./words.js";

export class PrivacyChat extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;

  async connectedCallback() {
    const { signal } = (this.#listening = new AbortController());
    const { words = "", zone = "UTC" } = this.dataset;
    const spoken = await (await fetch(words)).json();
    if (!signal.aborted) await new Chat(this, new Words(spoken, document.documentElement.lang, zone)).start(signal);
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.replaceChildren();
  }
}
