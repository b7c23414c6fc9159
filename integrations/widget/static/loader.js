// The one line on a host's page: a button, and a frame of the assistant's own origin. Nothing else of the page is touched, nothing is stored.
(() => {
  "use strict";
  const TAG = "privacy-assistant";
  const WORDS = /** @type {Record<string, Record<string, string>>} */ ({});
  const COLOUR = /^#[0-9a-f]{6}$/i;
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script) return;
  const home = new URL(script.src);
  const STYLE = `
:host { all: initial !important; position: fixed !important; z-index: var(--assistant-layer, 2147483000) !important; inset-block-end: var(--assistant-gap, 1.25rem) !important; inset-inline-end: var(--assistant-gap, 1.25rem) !important; font: 600 15px/1.3 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif !important; color-scheme: light dark !important; }
:host([data-position="left"]) { inset-inline: var(--assistant-gap, 1.25rem) auto !important; }
button { display: flex; align-items: center; gap: .55em; min-height: 48px; padding: 0 1.15em 0 1em; border: 1px solid transparent; border-radius: 24px; background: var(--assistant-accent, var(--colour, #1f5fd0)); color: var(--assistant-on-accent, var(--on-colour, #fff)); font: inherit; cursor: pointer; box-shadow: 0 2px 6px rgb(16 24 40 / 18%), 0 8px 24px rgb(16 24 40 / 16%); }
button:focus-visible { outline: 3px solid var(--assistant-accent, var(--colour, #1f5fd0)); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
button[hidden] { display: none; }
@media (max-width: 400px) { button { justify-content: center; width: 52px; height: 52px; padding: 0; border-radius: 50%; } button span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } }
svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
iframe { display: none; position: fixed; inset-block-end: var(--assistant-gap, 1.25rem); inset-inline-end: var(--assistant-gap, 1.25rem); width: var(--assistant-width, 400px); height: min(var(--assistant-height, 660px), 100dvh - 2.5rem); max-width: calc(100vw - 2.5rem); border: 1px solid rgb(120 130 150 / 35%); border-radius: 20px; background: Canvas; box-shadow: 0 12px 48px rgb(16 24 40 / 28%); }
:host([data-position="left"]) iframe { inset-inline: var(--assistant-gap, 1.25rem) auto; }
iframe.open { display: block; }
@media (max-width: 480px), (max-height: 420px) { iframe.open { inset: 0; width: 100%; height: 100%; max-width: none; border: 0; border-radius: 0; } }
@media (prefers-reduced-motion: no-preference) { iframe.open { animation: rise .18s ease-out; } @keyframes rise { from { opacity: 0; transform: translateY(12px); } } }
@media (forced-colors: active) { button { border-color: ButtonText; } }
@media print { :host { display: none !important; } }`;

  /** Black or white, whichever stands out more on it. @param {string} colour */
  const readableOn = (colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000" : "#fff";
  };

  class PrivacyAssistant extends HTMLElement {
    connectedCallback() {
      if (!this.shadowRoot) this.build();
      this.listening = new AbortController();
      addEventListener("message", (event) => this.heard(event), { signal: this.listening.signal });
      if (this.dataset.open === "" || this.dataset.open === "true") this.open(false);
    }

    disconnectedCallback() {
      this.listening?.abort();
      this.frame?.remove();
      this.frame = undefined;
      if (this.button) this.button.hidden = false;
    }

    build() {
      const language = (this.dataset.lang || navigator.language || "en").toLowerCase();
      this.words = WORDS[language] ?? WORDS[language.split("-")[0]] ?? WORDS.en;
      const root = this.attachShadow({ mode: "closed" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      const colour = this.dataset.colour ?? "";
      if (COLOUR.test(colour)) {
        this.style.setProperty("--colour", colour);
        this.style.setProperty("--on-colour", readableOn(colour));
      }
      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.setAttribute("aria-haspopup", "dialog");
      const label = document.createElement("span");
      label.textContent = this.dataset.label || this.words.launcher;
      this.button.append(drawing(), label);
      this.button.addEventListener("click", () => this.open(true));
      root.append(this.button);
      this.root = root;
    }

    /** @param {boolean} enter whether the focus goes along */
    open(enter) {
      if (!this.frame) this.load();
      this.enters = enter;
      this.isOpen = true;
      this.frame?.classList.add("open");
      if (this.button) this.button.hidden = true;
      if (enter) this.frame?.focus();
      this.say({ type: "open", enter });
      this.report("opened");
    }

    close() {
      if (!this.isOpen) return;
      const had = document.activeElement === this;
      this.isOpen = false;
      this.frame?.classList.remove("open");
      if (this.button) this.button.hidden = false;
      if (had || document.activeElement === document.body) this.button?.focus();
      this.say({ type: "closed" });
      this.report("closed");
    }

    load() {
      /** @type {Record<string, unknown>[] | undefined} */
      this.unsaid = [];
      this.nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      const address = new URL("/widget/", home);
      address.searchParams.set("host", location.origin);
      if (this.dataset.lang) address.searchParams.set("lang", this.dataset.lang);
      if (this.dataset.forget) address.searchParams.set("forget", this.dataset.forget);
      if (COLOUR.test(this.dataset.colour ?? "")) address.searchParams.set("accent", (this.dataset.colour ?? "").slice(1));
      address.hash = this.nonce;
      const frame = document.createElement("iframe");
      frame.title = this.words?.title ?? "";
      // On a page of the assistant's own a sandbox would hold nothing back.
      if (home.origin !== location.origin) frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads");
      frame.allow = "clipboard-write";
      frame.referrerPolicy = "no-referrer";
      frame.src = address.href;
      this.frame = frame;
      this.root?.append(frame);
    }

    /** To the frame, once it listens. @param {Record<string, unknown>} message */
    say(message) {
      if (this.unsaid) this.unsaid.push(message);
      else this.frame?.contentWindow?.postMessage({ from: TAG, nonce: this.nonce, ...message }, home.origin);
    }

    /** To the page: that something happened, never what was said. @param {string} name */
    report(name) {
      window.postMessage({ type: `${TAG}:event`, name }, "/");
    }

    /** @param {MessageEvent} event */
    heard(event) {
      if (event.source === window && event.origin === location.origin) this.asked(event.data);
      else if (this.frame && event.source === this.frame.contentWindow && event.origin === home.origin) this.told(event.data);
    }

    /** What the page itself wants. @param {any} wish */
    asked(wish) {
      if (wish?.type === `${TAG}:open`) this.open(true);
      else if (wish?.type === `${TAG}:close`) this.close();
      else if (wish?.type === `${TAG}:remove`) this.remove();
      else if (wish?.type === `${TAG}:ask` && typeof wish.text === "string") {
        this.open(true);
        this.say({ type: "ask", text: wish.text, draft: wish.draft === true });
      }
    }

    /** What the frame tells. @param {any} said */
    told(said) {
      if (said?.from !== TAG || said.nonce !== this.nonce) return;
      if (said.type === "ready") {
        const waiting = this.unsaid ?? [];
        this.unsaid = undefined;
        waiting.forEach((message) => this.say(message));
        this.report("ready");
      } else if (said.type === "close") this.close();
      else if (said.type === "replied" || said.type === "erased") this.report(said.type);
    }
  }

  const drawing = () => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M12 3 5 6v5.5c0 4.5 2.9 7.7 7 9.5 4.1-1.8 7-5 7-9.5V6zM9 12l2.2 2.2L15.2 10");
    svg.append(path);
    return svg;
  };

  const start = () => {
    if (document.querySelector(TAG)) return;
    const made = document.createElement(TAG);
    Object.assign(made.dataset, { ...script.dataset });
    document.body.append(made);
  };

  if (!customElements.get(TAG)) customElements.define(TAG, PrivacyAssistant);
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start, { once: true });
})();
