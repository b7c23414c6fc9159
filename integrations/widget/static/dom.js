// How elements are made here: by name, with text nodes. Nothing takes markup, so nothing a visitor or a policy says can become any.

/** @typedef {string | Node | null | undefined | false} Child */

/**
 * `h("a", {href: "/policy", text: "Read"}, child)`. `on` holds listeners; null and false leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {{text?: string, on?: Record<string, (event: any) => void>, [attribute: string]: any}} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, { text, on, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const [type, listener] of Object.entries(on ?? {})) made.addEventListener(type, listener);
  if (text) made.textContent = text;
  made.append(...children.filter((child) => child || child === "").map((child) => /** @type {string | Node} */ (child)));
  return made;
}

/** Strokes on a field of 24 by 24. */
const ICONS = {
  alert: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.2",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  down: "M7 4v9.5h-3V4zM7 13.5 11 20c2 0 2.4-1.4 2-3l-.6-2.5H19a1.6 1.6 0 0 0 1.6-2l-1.6-7A2 2 0 0 0 17 4H7",
  erase: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  more: "M12 5v14M5 12h14",
  none: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M8 12h8",
  out: "M14 5h5v5M19 5l-8 8M11 6H5v13h13v-6",
  person: "M12 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
  phone: "M6 4h3.5l1.5 4.5-2 1.5a11 11 0 0 0 5 5l1.5-2 4.5 1.5V18a2 2 0 0 1-2 2C10.5 20 4 13.5 4 6a2 2 0 0 1 2-2z",
  save: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
  send: "M12 19V5M6 11l6-6 6 6",
  shield: "M12 3 5 6v5.5c0 4.5 2.9 7.7 7 9.5 4.1-1.8 7-5 7-9.5V6zM9 12l2.2 2.2L15.2 10",
  text: "M6 4h9l3 3v13H6zM9 10h6M9 13.5h6M9 17h4",
  ticket: "M4 7h16v3.5a1.6 1.6 0 0 0 0 3V17H4v-3.5a1.6 1.6 0 0 0 0-3zM14 7.5v9",
  up: "M7 20v-9.5H4V20zM7 10.5 11 4c2 0 2.4 1.4 2 3l-.6 2.5H19a1.6 1.6 0 0 1 1.6 2l-1.6 7A2 2 0 0 1 17 20H7",
};

/** A drawing that says nothing by itself. @param {keyof typeof ICONS} name */
export function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}

/** 128 random bits in hex; works where `randomUUID` does not, on plain http. */
export function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Offers text as a file. @param {string} name @param {string} content */
export function save(name, content) {
  const href = URL.createObjectURL(new Blob([content], { type: "text/plain;charset=utf-8" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1_000);
}
