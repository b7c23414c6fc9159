// The box a visitor writes in. It is never closed: what is sent while an answer is on its way waits its turn.

import { h, icon } from "./dom.js";

/** @import { Words } from "./words.js" */

const LONGEST = 4_000;
const NARROW = "(pointer: coarse)";

export class Composer {
  /** @param {Words} words @param {(text: string) => void} send @param {() => void} tooLong nothing is cut off unseen: it stays in the box */
  constructor(words, send, tooLong) {
    this.box = h("textarea", {
      id: "box",
      rows: "1",
      autocomplete: "off",
      enterkeyhint: "send",
      placeholder: words.say("placeholder"),
      on: {
        keydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          this.element.requestSubmit();
        },
      },
    });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const text = this.box.value;
      if (!text.trim()) return this.box.focus();
      if (text.length > LONGEST) return tooLong();
      this.clear();
      send(text);
      this.box.focus();
    };
    this.element = h("form", { class: "composer", "aria-label": words.say("box"), on: { submit } },
      h("label", { for: "box", class: "unseen", text: words.say("box") }),
      this.box,
      h("button", { type: "submit", class: "send", "aria-label": words.say("send_message") }, icon("send")),
    );
  }

  get hasText() {
    return this.box.value.trim() !== "";
  }

  /** @param {string} text */
  fill(text) {
    this.box.value = text;
    this.box.setSelectionRange(text.length, text.length);
  }

  /** What was sent and came back, before what has been written since: neither is lost. @param {string} text */
  giveBack(text) {
    const since = this.box.value;
    this.fill(since ? `${text}\n${since}` : text);
  }

  clear() {
    this.box.value = "";
  }

  /** On a phone the keyboard would cover what is to be read: there, only where the visitor asked for it. */
  enter({ always = false } = {}) {
    if (always || !matchMedia(NARROW).matches) this.box.focus({ preventScroll: true });
  }
}
