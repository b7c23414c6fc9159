// The assistant's public HTTP, as this page uses it. Holds the conversation's token; knows nothing of what is shown.

/** @import { Opened, Receipt, Reply, Transcript, Turn, VersionFacts } from "./types.js" */

const PATIENCE_MS = 30_000;
const KEPT_UNDER = "privacy-assistant";

/** The assistant answered, and said no. */
export class Refusal extends Error {
  /** @param {number} status @param {number} seconds */
  constructor(status, seconds) {
    super("refused");
    this.status = status;
    this.seconds = seconds;
  }
}

export class Door {
  /** @type {{id: string, token: string} | null} */
  #conversation = null;

  /** @param {{keep: boolean, language: string | null}} wishes `keep`: the token outlives a reload, for this tab alone */
  constructor({ keep, language }) {
    this.keep = keep;
    this.language = language;
    if (keep) this.#conversation = recalled();
  }

  get isOpen() {
    return this.#conversation !== null;
  }

  /** @param {AbortSignal} wanted @returns {Promise<Opened>} */
  async open(wanted) {
    const opened = await this.#call("POST", "/v1/conversations", { channel: "web", ...(this.language ? { language: this.language } : {}) }, { wanted });
    this.#hold({ id: opened.id, token: opened.token });
    return opened;
  }

  /** @param {Turn} turn @param {AbortSignal} wanted @returns {Promise<Reply>} */
  send(turn, wanted) {
    return this.#call("POST", `${this.#path()}/messages`, turn, { wanted });
  }

  /** @param {AbortSignal} [wanted] @returns {Promise<Transcript>} */
  transcript(wanted) {
    return this.#call("GET", this.#path(), undefined, { wanted });
  }

  /** @param {string} turn @param {{helpful: boolean, comment?: string}} feedback */
  rate(turn, feedback) {
    return this.#call("POST", `${this.#path()}/turns/${encodeURIComponent(turn)}/feedback`, feedback);
  }

  /** The receipt, or null where there was nothing left to erase. @returns {Promise<Receipt | null>} */
  async erase() {
    try {
      const { receipt } = await this.#call("DELETE", this.#path(), undefined, { keepalive: true });
      return receipt;
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return null;
      throw error;
    }
  }

  /** @returns {Promise<VersionFacts[]>} */
  async versions() {
    return (await this.#call("GET", "/v1/policy/versions")).versions;
  }

  forget() {
    this.#hold(null);
  }

  #path() {
    return `/v1/conversations/${encodeURIComponent(this.#conversation?.id ?? "none")}`;
  }

  /** @param {string} method @param {string} path @param {unknown} [body] @param {{wanted?: AbortSignal, keepalive?: boolean}} [more] @returns {Promise<any>} */
  async #call(method, path, body, { wanted, keepalive } = {}) {
    /** @type {Record<string, string>} */
    const headers = { "Content-Type": "application/json" };
    if (this.#conversation) headers.Authorization = `Bearer ${this.#conversation.token}`;
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const signal = wanted ? AbortSignal.any([patience, wanted]) : patience;
    const response = await fetch(path, { method, headers, body: body ? JSON.stringify(body) : null, credentials: "omit", signal, keepalive });
    if (!response.ok) throw new Refusal(response.status, Number(response.headers.get("Retry-After")) || 5);
    return response.status === 204 ? null : response.json();
  }

  /** @param {{id: string, token: string} | null} conversation */
  #hold(conversation) {
    this.#conversation = conversation;
    if (this.keep) remember(conversation);
  }
}

// Storage may be closed to a page inside another: then the conversation lives in memory alone.

/** @returns {{id: string, token: string} | null} */
function recalled() {
  try {
    const { id, token } = JSON.parse(sessionStorage.getItem(KEPT_UNDER) ?? "null");
    return typeof id === "string" && typeof token === "string" ? { id, token } : null;
  } catch {
    return null;
  }
}

/** @param {{id: string, token: string} | null} conversation */
function remember(conversation) {
  try {
    if (conversation) sessionStorage.setItem(KEPT_UNDER, JSON.stringify(conversation));
    else sessionStorage.removeItem(KEPT_UNDER);
  } catch {
    return;
  }
}
