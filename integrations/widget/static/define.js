// Registers the elements and puts on their look. A second load changes nothing.

import { PrivacyClause } from "./clause.js";
import { PrivacyChat } from "./element.js";
import { PrivacyField } from "./fields.js";
import { PrivacyReply } from "./reply.js";
import { sheet } from "./look.js";
import { PrivacyTicket } from "./ticket.js";

const ELEMENTS = { "privacy-ticket": PrivacyTicket, "privacy-field": PrivacyField, "privacy-clause": PrivacyClause, "privacy-reply": PrivacyReply, "privacy-chat": PrivacyChat };

if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
