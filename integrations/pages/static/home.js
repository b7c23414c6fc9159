// The page at `/`: sends a question, shows the reply's parts with their sources. Text nodes only.

const log = document.getElementById("log");
const form = document.getElementById("ask");
const box = document.getElementById("text");
const send = document.getElementById("send");
const status = document.getElementById("status");
const suggestions = document.getElementById("suggestions");
const erase = document.getElementById("erase");

const PATIENCE_MS = 30_000;
let conversation = null; // {id, token}: in memory only, gone with the page
let unanswered = null; // {text, turn_id}: kept until answered, so that a retry is the same turn

class Refusal extends Error {
  constructor(response) {
    super("refused");
    this.status = response.status;
    this.seconds = Number(response.headers.get("Retry-After")) || 5;
  }
}

function node(name, { text, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

async function call(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  if (conversation) headers.Authorization = `Bearer ${conversation.token}`;
  const response = await fetch(path, {
    method,
    headers,
    body: body && JSON.stringify(body),
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Refusal(response);
  return response.json();
}

async function open() {
  const opened = await call("POST", "/v1/conversations", { channel: "web" });
  conversation = { id: opened.id, token: opened.token };
  erase.hidden = false;
  log.append(node("p", { className: "disclosure", text: opened.disclosure }));
}

async function take(turn) {
  if (!conversation) await open();
  try {
    return await call("POST", `/v1/conversations/${conversation.id}/messages`, turn);
  } catch (error) {
    if (error.status !== 404) throw error;
    conversation = null; // it has been erased or purged meanwhile: begin another
    await open();
    return call("POST", `/v1/conversations/${conversation.id}/messages`, turn);
  }
}

const freshId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

async function ask(text) {
  if (form.ariaBusy === "true") return;
  if (unanswered?.text !== text) unanswered = { text, turn_id: freshId() };
  busy(true);
  say("Looking it up…");
  try {
    const reply = await take(unanswered);
    unanswered = null;
    box.value = "";
    show(text, reply);
    say("");
  } catch (error) {
    box.value = text;
    explain(error);
  } finally {
    busy(false);
    box.focus();
  }
}

function busy(is) {
  form.ariaBusy = String(is);
  box.readOnly = is;
  send.disabled = is;
}

function say(text, ...more) {
  status.classList.toggle("trouble", more.length > 0);
  status.replaceChildren(text, ...more);
}

function explain(error) {
  const again = node("button", { type: "button", text: "Try again" });
  again.addEventListener("click", () => ask(box.value));
  if (error.status === 429 || error.status === 503) {
    again.disabled = true;
    setTimeout(() => (again.disabled = false), error.seconds * 1000);
    say(`That is more than we can take just now. Please wait ${error.seconds} s. `, again);
  } else if (error.status === 422) {
    say("This message cannot be sent as it is. Please shorten or rewrite it. ", again);
  } else {
    say("That did not reach us. Your words are still in the box. ", again);
  }
  status.scrollIntoView({ block: "nearest" });
}

function show(question, reply) {
  const answer = node("div", { className: "answer" });
  answer.append(...reply.parts.map((part) => shownPart(part, reply.citations)));
  if (reply.citations.length) answer.append(sources("Sources", reply.citations, true));
  if (reply.see_also.length) answer.append(sources("The nearest clauses", reply.see_also, false));
  const turn = node("section", { className: "turn" }, node("p", { className: "question", text: question }), answer);
  log.append(turn);
  if (reply.suggestions.length) suggestions.replaceChildren(...reply.suggestions.map(suggestion));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

function shownPart(part, citations) {
  const shown = node(part.kind === "quote" ? "blockquote" : "p", { className: part.kind, text: part.text });
  const cited = citations[part.citation];
  if (cited) {
    const number = part.citation + 1;
    const mark = link(cited, `${number}`);
    mark.setAttribute("aria-label", `Source ${number}: clause ${cited.clause}`);
    shown.append(" ", node("sup", {}, mark));
  }
  return shown;
}

function sources(title, citations, numbered) {
  const entries = citations.map((cited) => node("li", {}, link(cited, `${cited.clause} ${cited.section}`)));
  return node("div", { className: "sources" }, node("p", { text: title }), node(numbered ? "ol" : "ul", {}, ...entries));
}

function link(cited, text) {
  const href = cited.url.startsWith("/") && !cited.url.startsWith("//") ? cited.url : "/policy";
  return node("a", { href, text, target: "_blank", rel: "noopener" });
}

function suggestion(text) {
  return node("button", { type: "button", className: "suggestion", text });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (box.value.trim()) ask(box.value);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
suggestions.addEventListener("click", (event) => {
  if (event.target.matches("button")) ask(event.target.textContent);
});
erase.addEventListener("click", async () => {
  try {
    if (conversation) await call("DELETE", `/v1/conversations/${conversation.id}`);
  } catch (error) {
    if (error.status !== 404) return explain(error);
  }
  conversation = null;
  unanswered = null;
  erase.hidden = true;
  log.replaceChildren();
  say("This conversation has been erased.");
  box.focus();
});
