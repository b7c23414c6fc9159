// What a question of the dialogue is answered with: a proper field for an address, a code, a date, a reference; buttons for the rest.

import { h, icon } from "./dom.js";

/** @import { Reply } from "./types.js" */
/** @import { Words } from "./words.js" */

/** Attributes of the one field that fits; a key that is not here is answered with buttons or in the box below. */
const FIELDS = /** @type {Record<string, Record<string, string>>} */ ({
  email: { type: "email", inputmode: "email", autocomplete: "email", autocapitalize: "none", spellcheck: "false", maxlength: "254" },
  verification_code: { type: "text", inputmode: "numeric", autocomplete: "one-time-code", pattern: "\\s*\\d(?:[\\s\\-]*\\d){7}\\s*", maxlength: "24" },
  date: { type: "date" },
  reference: { type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "40" },
});

/** What is typed here is never shown again. */
export const SECRET_FIELD = "verification_code";

export class PrivacyField extends HTMLElement {
  /** Fires `answer` with {text, secret}. @param {Reply} reply @param {Words} words */
  show(reply, words) {
    const asks = reply.asks_for ?? "";
    const attributes = FIELDS[asks];
    this.replaceChildren();
    if (attributes) this.append(this.#form(asks, attributes, words));
    if (reply.suggestions.length) this.append(this.#buttons(reply.suggestions, asks === "confirmation", words));
    this.hidden = !this.childElementCount;
    return this;
  }

  /** Moves the focus into the field, if it has one. */
  enter() {
    const field = this.querySelector("input");
    field?.focus({ preventScroll: true });
    return Boolean(field);
  }

  /** @param {string} asks @param {Record<string, string>} attributes @param {Words} words */
  #form(asks, attributes, words) {
    const name = `field-${asks}`;
    const error = h("p", { class: "error", id: `${name}-error`, role: "alert" });
    const hint = h("p", { class: "hint", id: `${name}-hint`, text: words.say(`hint_${asks}`) });
    const input = h("input", { ...attributes, id: name, name: asks, required: true, "aria-describedby": `${hint.id} ${error.id}`, class: asks });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!input.checkValidity()) {
        error.textContent = words.say(`wrong_${asks}`);
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return;
      }
      this.#answer(input.value.trim(), asks === SECRET_FIELD);
    };
    const calm = () => {
      error.textContent = "";
      input.removeAttribute("aria-invalid");
    };
    const send = h("button", { type: "submit", class: "primary" }, h("span", { text: words.say(asks === SECRET_FIELD ? "confirm_code" : "send") }));
    return h("form", { class: "field", novalidate: true, on: { submit, input: calm } }, h("label", { for: name, text: words.say(`label_${asks}`) }), h("div", { class: "row" }, input, send), hint, error);
  }

  /** @param {string[]} answers @param {boolean} decides the first answer agrees and the last one ends it @param {Words} words */
  #buttons(answers, decides, words) {
    const made = answers.map((answer, index) => {
      const kind = decides ? (index === 0 ? "primary" : index === answers.length - 1 ? "quiet" : "secondary") : "choice";
      return h("button", { type: "button", class: kind, on: { click: () => this.#answer(answer, false) } }, decides && index === 0 && icon("check"), h("span", { text: answer }));
    });
    return h("div", { class: "choices", role: "group", "aria-label": words.say("answers") }, ...made);
  }

  /** @param {string} text @param {boolean} secret */
  #answer(text, secret) {
    this.dispatchEvent(new CustomEvent("answer", { bubbles: true, composed: true, detail: { text, secret } }));
  }
}
