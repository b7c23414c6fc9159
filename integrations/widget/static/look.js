// How the chat looks. --accent, --on-accent, --ink and --paper come from the organisation's stylesheet, light and dark. Where letters are large on a small screen, what is read and written has the room (`@container`).

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:root {
  color-scheme: light dark;
  --muted: color-mix(in srgb, var(--ink) 70%, var(--paper));
  --line: color-mix(in srgb, var(--ink) 14%, var(--paper));
  --edge: color-mix(in srgb, var(--ink) 52%, var(--paper));
  --ground: color-mix(in srgb, var(--accent) 4%, color-mix(in srgb, var(--ink) 3%, var(--paper)));
  --soft: color-mix(in srgb, var(--accent) 8%, var(--paper));
  --link: color-mix(in srgb, var(--accent) 80%, var(--ink));
  --alarm: #b3261e;
  --grave: #b3261e;
  --on-grave: #fff;
  --grave-soft: #fdecea;
  --wait: #7a4d00;
  --wait-soft: #fff3d6;
  --good: #17633a;
  --good-soft: #e3f5ea;
  --shade: 0 1px 2px rgb(16 24 40 / 6%), 0 1px 6px rgb(16 24 40 / 5%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --alarm: #c93a30; --grave: #ff8f86; --on-grave: #2b0503; --grave-soft: #3a1512;
    --wait: #ffcf70; --wait-soft: #34280c; --good: #7fd6a0; --good-soft: #12301f; --shade: none;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { height: 100%; }
body { margin: 0; height: 100%; background: var(--ground); color: var(--ink); font: 0.9375rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", sans-serif; overflow-wrap: anywhere; }
body { container-type: inline-size; }
privacy-chat { display: flex; flex-direction: column; height: 100dvh; max-width: 46rem; margin-inline: auto; }
p, h1, h2, ul, ol, dl, dd, blockquote { margin: 0; padding: 0; }
a { color: var(--link); text-underline-offset: 0.15em; }
button, input, textarea { font: inherit; color: inherit; }
button { border: 1px solid transparent; background: none; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.label, .eyebrow { color: var(--muted); font-size: 0.8125rem; }
code { font: 600 0.94em ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", monospace; }

.head { display: flex; align-items: center; gap: 0.65rem; padding: 0.7rem 0.75rem 0.7rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.tile { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: 0.7rem; background: var(--accent); color: var(--on-accent); font-size: 1.05rem; }
.names { flex: 1; min-width: 0; }
.names h1 { font-size: 1rem; line-height: 1.3; }
.names p { color: var(--muted); font-size: 0.8125rem; line-height: 1.35; }
.round { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; flex: none; padding: 0; border-radius: 50%; color: var(--muted); }
[popovertarget] .icon { stroke-width: 3; }
.round:hover { background: var(--soft); color: var(--ink); }

.menu { position: fixed; inset: 3.5rem 0.75rem auto auto; margin: 0; padding: 0.35rem; list-style: none; border: 1px solid var(--line); border-radius: 0.8rem; background: var(--paper); color: var(--ink); box-shadow: 0 8px 28px rgb(16 24 40 / 18%); }
.item { display: flex; align-items: center; gap: 0.65rem; width: 100%; min-height: 2.5rem; padding: 0.4rem 0.9rem 0.4rem 0.6rem; border-radius: 0.55rem; text-align: start; }
.item:hover { background: var(--soft); }
.item.grave { color: var(--grave); }

.scroll { position: relative; flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1rem; scrollbar-width: thin; }
.scroll:focus-visible { outline-offset: -3px; }
.entries { display: flex; flex-direction: column; gap: 0.8rem; }
.disclosure { display: flex; gap: 0.5rem; padding-inline: 0.15rem; color: var(--muted); font-size: 0.8125rem; line-height: 1.45; }
.disclosure .icon { margin-top: 0.1rem; color: var(--link); }
.divider { display: flex; align-items: center; gap: 0.75rem; color: var(--muted); font-size: 0.8125rem; text-align: center; }
.divider::before, .divider::after { content: ""; flex: 1; border-top: 1px solid var(--line); }

.mine { align-self: flex-end; display: grid; justify-items: end; max-width: 86%; margin-top: 0.35rem; }
.mine > p { padding: 0.55rem 0.9rem; border-radius: 1.1rem 1.1rem 0.3rem; background: var(--accent); color: var(--on-accent); white-space: pre-wrap; }
.mine[data-state="waiting"] > p, .mine[data-state="slow"] > p { background: color-mix(in srgb, var(--accent) 12%, var(--paper)); color: var(--ink); outline: 1px dashed var(--accent); }
.state { display: flex; flex-wrap: wrap; gap: 0.15rem 0.4rem; align-items: center; justify-content: flex-end; color: var(--muted); font-size: 0.8125rem; }
.state .error { display: inline-flex; gap: 0.3rem; align-items: center; }

.reply, .receipt, .notice { display: block; padding: 0.8rem 0.95rem; border: 1px solid var(--line); border-radius: 0.3rem 1.1rem 1.1rem; background: var(--paper); box-shadow: var(--shade); }
.reply > * + *, .receipt > * + *, .notice > * + * { margin-top: 0.65rem; }
.reply > .unseen + * { margin-top: 0; }
.reply p, .steps li { white-space: pre-line; }
.reply blockquote { padding: 0.1rem 0 0.1rem 0.85rem; border-inline-start: 3px solid var(--accent); }
.reply .contact, .reply.not-stated .note ~ .note { color: var(--muted); font-size: 0.875rem; }
.reply > .question { font-weight: 500; }
.mark { display: inline-grid; place-items: center; min-width: 1.5rem; height: 1.5rem; padding: 0 0.3rem; border-radius: 0.5rem; background: var(--soft); color: var(--link); font-size: 0.8125rem; font-weight: 700; line-height: 1; vertical-align: baseline; }
.mark:hover { background: var(--accent); color: var(--on-accent); }
.sources { padding-top: 0.6rem; border-top: 1px solid var(--line); }
.sources ul { list-style: none; }
.source { display: flex; gap: 0.5rem; align-items: baseline; width: calc(100% + 0.7rem); min-height: 1.75rem; padding: 0.2rem 0.35rem; margin-inline: -0.35rem; border-radius: 0.45rem; font-size: 0.875rem; text-align: start; }
.source:hover { background: var(--soft); }
.source span { color: var(--link); text-decoration: underline; text-decoration-color: color-mix(in srgb, var(--accent) 40%, transparent); text-underline-offset: 0.2em; }
.source b { min-width: 0.8rem; color: var(--muted); font-weight: 600; }
.source small { margin-inline-start: auto; color: var(--muted); font-size: 0.8125rem; font-variant-numeric: tabular-nums; }

.banner { display: flex; gap: 0.5rem; align-items: center; }
.reply.not-stated { border-style: dashed; border-color: var(--edge); box-shadow: none; background: var(--paper); }
.reply.not-stated .banner { color: var(--muted); }
.reply.urgent { border: 2px solid var(--alarm); padding: 0; overflow: clip; }
.reply.urgent > * { margin-inline: 0.95rem; }
.reply.urgent > privacy-ticket { margin-inline: 0.65rem; }
.reply.urgent > .banner { margin: 0; padding: 0.6rem 0.95rem; background: var(--alarm); color: #fff; font-size: 1rem; }
.reply.urgent > :last-child { margin-bottom: 0.95rem; }
.steps { display: grid; gap: 0.5rem; padding-inline-start: 1.35rem; }
.steps li::marker { color: var(--grave); font-weight: 700; }
.reach { display: grid; gap: 0.5rem; }
.reach .primary { background: var(--alarm); color: #fff; }
.reach .secondary { border-color: var(--grave); color: var(--grave); }
.receipt { border-color: color-mix(in srgb, var(--good) 45%, var(--paper)); }
.receipt .banner { color: var(--good); }
.receipt ul { padding-inline-start: 1.1rem; }
.facts > div { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0.5rem; font-size: 0.875rem; }
dt { color: var(--muted); }

.rating { display: flex; flex-wrap: wrap; align-items: center; gap: 0.15rem; margin: 0.4rem -0.4rem -0.35rem; font-size: 0.875rem; }
.rating .round { width: 2rem; height: 2rem; }
.rating [aria-pressed="true"] { background: var(--soft); color: var(--link); }
.rating .said { color: var(--muted); margin-inline-start: 0.25rem; }
.rating form { flex: 1 0 100%; padding: 0.35rem 0.4rem 0.2rem; }

privacy-ticket { display: block; margin-inline: -0.3rem; border: 1px solid var(--line); border-radius: 0.8rem; background: var(--ground); overflow: clip; }
privacy-ticket > * { padding: 0.55rem 0.8rem; }
.ticket-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.5rem; padding-bottom: 0.15rem; }
.ticket-head .icon { color: var(--link); }
privacy-ticket.urgent .ticket-head .icon { color: var(--grave); }
.pill { margin-inline-start: auto; padding: 0.08rem 0.6rem; border-radius: 1rem; background: var(--good-soft); color: var(--good); font-size: 0.8125rem; font-weight: 600; }
.pill.waits { background: var(--wait-soft); color: var(--wait); }
.ticket-reference { display: flex; flex-wrap: wrap; align-items: center; gap: 0.1rem 0.6rem; }
.ticket-reference code { font-size: 1.02rem; letter-spacing: 0.03em; white-space: nowrap; }
.ticket-reference .quiet { margin-inline-start: auto; }
privacy-ticket dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.5rem 1rem; border-top: 1px solid var(--line); }
privacy-ticket dt { font-size: 0.8125rem; }
privacy-ticket dd { font-weight: 600; font-size: 0.875rem; }
privacy-ticket small { display: block; color: var(--muted); font-size: 0.8125rem; font-weight: 400; }

.typing { display: flex; gap: 0.3rem; width: fit-content; margin-top: 0.8rem; padding: 0.85rem 1rem; border: 1px solid var(--line); border-radius: 0.3rem 1.1rem 1.1rem; background: var(--paper); }
.typing i { width: 0.42rem; height: 0.42rem; border-radius: 50%; background: var(--muted); animation: breathe 1.2s infinite ease-in-out; }
.typing i:nth-child(2) { animation-delay: 0.15s; }
.typing i:nth-child(3) { animation-delay: 0.3s; }
@keyframes breathe { 0%, 60%, 100% { opacity: 0.3; } 30% { opacity: 1; transform: translateY(-2px); } }

.dock { margin-top: 0.8rem; }
.choices { display: flex; flex-wrap: wrap; gap: 0.45rem; }
.choice, .primary, .secondary, .danger { display: inline-flex; border: 1px solid transparent; align-items: center; justify-content: center; gap: 0.45rem; min-height: 2.4rem; padding: 0.4rem 0.95rem; border-radius: 1.3rem; font-weight: 600; text-decoration: none; }
.choice { border-color: color-mix(in srgb, var(--accent) 45%, var(--paper)); background: var(--paper); color: var(--link); font-weight: 500; text-align: start; }
.choice:hover, .secondary:hover { background: var(--soft); }
.primary { background: var(--accent); color: var(--on-accent); }
.primary:hover, .danger:hover { box-shadow: inset 0 0 0 99px rgb(0 0 0 / 10%); }
.secondary { border-color: var(--edge); background: var(--paper); }
.danger { background: var(--grave); color: var(--on-grave); }
.quiet { display: inline-flex; align-items: center; gap: 0.35rem; min-height: 1.75rem; padding: 0.15rem 0.5rem; border-radius: 0.5rem; color: var(--link); font-weight: 600; font-size: 0.875rem; }
.quiet:hover { background: var(--soft); }
.choices > .quiet { min-height: 2.4rem; color: var(--muted); }

privacy-field { display: grid; gap: 0.65rem; padding: 0.85rem 0.95rem; border: 1px solid var(--line); border-radius: 1.1rem; background: var(--paper); box-shadow: var(--shade); }
.field label { display: block; margin-bottom: 0.3rem; font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.row input { flex: 1 1 11rem; min-width: 0; }
input, textarea { width: 100%; padding: 0.5rem 0.8rem; border: 1px solid var(--edge); border-radius: 0.75rem; background: var(--paper); }
input::placeholder, textarea::placeholder { color: var(--muted); opacity: 1; }
input:focus-visible, textarea:focus-visible { outline-offset: -1px; border-color: var(--accent); }
input.verification_code { font: 600 1.2rem ui-monospace, "SF Mono", monospace; letter-spacing: 0.18em; }
input[aria-invalid="true"] { border-color: var(--grave); }
.hint { margin-top: 0.3rem; color: var(--muted); font-size: 0.8125rem; }
.error { color: var(--grave); font-size: 0.875rem; font-weight: 500; }

.line { min-height: 1.5rem; padding: 0.1rem 1rem; color: var(--muted); font-size: 0.8125rem; }
.line:empty { min-height: 0; padding: 0; }
.composer { display: flex; gap: 0.5rem; align-items: flex-end; padding: 0.7rem 0.75rem calc(0.7rem + env(safe-area-inset-bottom)) 1rem; background: var(--paper); border-top: 1px solid var(--line); }
.composer textarea { flex: 1; min-height: 2.6rem; max-height: 9rem; padding: 0.55rem 0.95rem; border-radius: 1.3rem; resize: none; field-sizing: content; line-height: 1.45; }
.send { display: grid; place-items: center; width: 2.6rem; height: 2.6rem; flex: none; padding: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent); font-size: 1.05rem; }
.send:hover { box-shadow: inset 0 0 0 99px rgb(0 0 0 / 10%); }

dialog { color: var(--ink); background: var(--paper); border: 1px solid var(--line); box-shadow: 0 12px 40px rgb(16 24 40 / 28%); }
dialog::backdrop { background: rgb(10 14 22 / 45%); }
dialog h2 { font-size: 1.08rem; line-height: 1.35; }
.sheet { width: 100%; max-width: min(46rem, 100%); max-height: 85dvh; margin: auto auto 0; padding: 0; border-width: 1px 0 0; border-radius: 1.2rem 1.2rem 0 0; }
.sheet-body { display: grid; gap: 0.9rem; padding: 1.1rem 1.1rem 1.3rem; }
.sheet header { display: flex; gap: 0.75rem; align-items: flex-start; }
.sheet header div { flex: 1; }
.sheet blockquote { padding: 0.85rem 1rem; border-inline-start: 3px solid var(--accent); border-radius: 0 0.6rem 0.6rem 0; background: var(--soft); font-size: 1rem; line-height: 1.6; white-space: pre-line; }
.ask { width: calc(100% - 2rem); max-width: 24rem; padding: 1.2rem; border-radius: 1.1rem; }
.ask p { margin: 0.5rem 0 1.1rem; }

@media (prefers-reduced-motion: no-preference) {
  .entries > * { animation: arrive 0.18s ease-out; }
  .sheet { animation: rise 0.2s ease-out; }
  @keyframes arrive { from { opacity: 0; transform: translateY(6px); } }
  @keyframes rise { from { transform: translateY(2rem); opacity: 0; } }
}
@media (prefers-reduced-motion: reduce) { .typing i { animation: none; } }
@media (forced-colors: active) {
  .tile, .mine > p, .primary, .danger, .send, .mark, .pill, .round { border: 1px solid ButtonText; }
  .reply.urgent > .banner { border-bottom: 2px solid; }
}
@container (max-width: 16rem) {
  .tile { display: none; }
  .names h1 { font-size: 0.875rem; overflow-wrap: break-word; }
  .names p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .head, .composer, .scroll { padding: 0.4rem; }
  .head { padding-inline-start: 0.6rem; }
  .composer textarea { padding: 0.4rem 0.7rem; max-height: 6rem; }
  .composer textarea::placeholder { font-size: 0.8125rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
}
@media (max-width: 22rem) { .scroll { padding: 0.75rem; } .mine { max-width: 92%; } }
@media print { .composer, .dock, .round, .rating { display: none; } privacy-chat { height: auto; } .scroll { overflow: visible; } }
`);
