// How the page talks with the loader on the page around it. Heard is only that page's own window, from the origin that the loader named, under the number drawn for this frame.

const FROM = "privacy-assistant";

/** @typedef {{opened: (enter: boolean) => void, closed: () => void, asked: (text: string, draft: boolean) => void}} Commands */

export class Bridge {
  /** @param {string} host the origin of the page around, empty where there is none @param {string} nonce @param {Commands} commands */
  constructor(host, nonce, commands) {
    this.host = host;
    this.nonce = nonce;
    this.commands = commands;
  }

  get isEmbedded() {
    return this.host !== "" && this.nonce !== "" && window.parent !== window;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    if (this.isEmbedded) addEventListener("message", (event) => this.#heard(event), { signal });
  }

  /** @param {"ready" | "close" | "replied" | "erased"} type */
  tell(type) {
    if (this.isEmbedded) window.parent.postMessage({ from: FROM, nonce: this.nonce, type }, this.host);
  }

  /** @param {MessageEvent} event */
  #heard(event) {
    const said = event.data;
    if (event.source !== window.parent || event.origin !== this.host || said?.from !== FROM || said.nonce !== this.nonce) return;
    if (said.type === "open") this.commands.opened(said.enter === true);
    else if (said.type === "closed") this.commands.closed();
    else if (said.type === "ask" && typeof said.text === "string") this.commands.asked(said.text.slice(0, 4_000), said.draft === true);
  }
}

/** The embedding page's origin as the loader named it, or nothing where it is none. @param {string | null} named */
export function originOf(named) {
  try {
    const url = new URL(named ?? "");
    return /^https?:$/.test(url.protocol) && url.origin === named ? named : "";
  } catch {
    return "";
  }
}
