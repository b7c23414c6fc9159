// On the policy page: asking about a section opens the chat beside it, and the page can be printed. Without this script both links lead somewhere useful.

addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-ask]") : null;
  if (!(link instanceof HTMLElement) || !document.querySelector("privacy-assistant")) return;
  event.preventDefault();
  postMessage({ type: "privacy-assistant:ask", text: link.dataset.ask, draft: true }, location.origin);
});

const print = document.querySelector("button.print");
if (print instanceof HTMLButtonElement) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
