// What can be done with the conversation as a whole: a button and the list that it opens.

import { h, icon } from "./dom.js";

/** @import { Words } from "./words.js" */

/**
 * @param {Words} words
 * @param {Record<string, [Parameters<typeof icon>[0], () => void]>} actions by the key of their words
 * @returns {[HTMLElement, HTMLElement]} the button and its list
 */
export function menuOf(words, actions) {
  const items = Object.entries(actions).map(([key, [drawing, act]]) => {
    const chosen = () => {
      list.hidePopover();
      button.focus();
      act();
    };
    return h("li", {}, h("button", { type: "button", class: key === "erase" ? "item grave" : "item", on: { click: chosen } }, icon(drawing), h("span", { text: words.say(key) })));
  });
  const list = h("ul", { id: "menu", class: "menu", popover: "auto" }, ...items);
  const button = h("button", { type: "button", class: "round", "aria-label": words.say("menu"), popovertarget: "menu" }, icon("menu"));
  return [button, list];
}
