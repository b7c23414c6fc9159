// The clause behind a citation: heading, exact quote, version, and the way to it in the policy.

import { h, icon } from "./dom.js";

/** @import { Citation, VersionFacts } from "./types.js" */
/** @import { Words } from "./words.js" */

export class PrivacyClause extends HTMLElement {
  /** Opens over the page; closing gives the focus back. @param {Citation} cited @param {Words} words @param {Promise<VersionFacts[]>} versions */
  open(cited, words, versions) {
    const version = h("dd", { text: cited.policy_version });
    const effective = h("div", { hidden: true }, h("dt", { text: words.say("effective") }), h("dd"));
    const close = h("button", { type: "button", class: "round", "aria-label": words.say("close"), on: { click: () => dialog.close() } }, icon("close"));
    const link = h("a", { class: "primary", href: policyAddress(cited), target: "_blank", rel: "noopener noreferrer" }, h("span", { text: words.say("read_in_policy") }), icon("out"));
    const dialog = h(
      "dialog",
      { class: "sheet", "aria-labelledby": "clause-title", on: { click: (/** @type {Event} */ event) => event.target === dialog && dialog.close(), close: () => dialog.remove() } },
      h("div", { class: "sheet-body" },
        h("header", {}, h("div", {}, h("p", { class: "eyebrow", text: words.say("clause", { clause: cited.clause }) }), h("h2", { id: "clause-title", text: cited.section })), close),
        h("blockquote", { text: cited.quote, lang: "en", tabindex: "0", "aria-label": words.say("exact_words") }),
        h("dl", { class: "facts" }, h("div", {}, h("dt", { text: words.say("version") }), version), effective),
        link,
      ),
    );
    this.append(dialog);
    dialog.showModal();
    versions.then((all) => {
      const quoted = all.find((one) => one.version === cited.policy_version);
      // In the version of today the clause may say something else, or stand elsewhere.
      if (quoted && !quoted.current) link.search = `?${new URLSearchParams({ version: quoted.version })}`;
      const day = quoted?.effective;
      if (!day) return;
      /** @type {HTMLElement} */ (effective.lastElementChild).textContent = words.day(day);
      effective.hidden = false;
    }, () => undefined);
  }
}

/** Only ever a place on this site. @param {Citation} cited */
export function policyAddress(cited) {
  return /^\/policy(?:[?#]|$)/.test(cited.url) ? cited.url : "/policy";
}
