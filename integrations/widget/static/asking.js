// The two dialogs of deleting: are you sure, and the receipt.

import { h, icon, save } from "./dom.js";
import { receiptText } from "./transcript.js";

/** @import { Receipt } from "./types.js" */
/** @import { Words } from "./words.js" */

/** Resolves to whether it is wanted. @param {HTMLElement} within @param {Words} words @returns {Promise<boolean>} */
export function confirmErasure(within, words) {
  return new Promise((decided) => {
    const close = () => {
      decided(dialog.returnValue === "erase");
      dialog.remove();
    };
    const answer = (/** @type {string} */ value) => () => dialog.close(value);
    const dialog = h("dialog", { class: "ask", "aria-labelledby": "ask-title", "aria-describedby": "ask-text", on: { close } },
      h("h2", { id: "ask-title", text: words.say("erase_title") }),
      h("p", { id: "ask-text", text: words.say("erase_text") }),
      h("div", { class: "choices" },
        h("button", { type: "button", class: "danger", on: { click: answer("erase") } }, icon("erase"), h("span", { text: words.say("erase_yes") })),
        h("button", { type: "button", class: "secondary", autofocus: true, text: words.say("erase_no"), on: { click: answer("") } }),
      ),
    );
    within.append(dialog);
    dialog.showModal();
  });
}

/** What stands in the log once a conversation is gone. @param {Receipt} receipt @param {Words} words */
export function receiptCard(receipt, words) {
  const kept = receipt.kept.map(({ reference, why }) => h("li", {}, h("code", { text: reference }), ` ${why}`));
  return h("section", { class: "receipt", "aria-label": words.say("receipt") },
    h("p", { class: "banner" }, icon("check"), h("strong", { text: words.say("erased") })),
    h("dl", { class: "facts" },
      h("div", {}, h("dt", { text: words.say("receipt_number") }), h("dd", {}, h("code", { text: receipt.id }))),
      h("div", {}, h("dt", { text: words.say("erased_at") }), h("dd", { text: words.moment(receipt.erased_at, true) })),
    ),
    kept.length ? h("p", { class: "label", text: words.say("kept") }) : h("p", { text: words.say("nothing_kept") }),
    kept.length > 0 && h("ul", {}, ...kept),
    h("button", { type: "button", class: "secondary", on: { click: () => save(`${receipt.id}.txt`, receiptText(receipt, words)) } }, icon("save"), h("span", { text: words.say("save_receipt") })),
  );
}
