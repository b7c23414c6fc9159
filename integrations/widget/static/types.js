// The shapes that cross from the assistant, for the type checker alone: nothing loads this file.

/**
 * @typedef {{clause: string, section: string, quote: string, start: number, end: number, policy_version: string, url: string}} Citation
 * @typedef {{kind: string, text: string, citation: number | null}} Part
 * @typedef {{kind: "policy" | "law" | "target", cite: string}} Basis
 * @typedef {{reference: string, kind: string, right: string | null, status: string, severity: string | null, due_at: string | null, due_basis: Basis | null, first_answer_due_at: string | null}} Ticket
 * @typedef {{turn_id: string, conversation_id: string, intent: string, other_intents: string[], rights: string[], outcome: string, parts: Part[], text: string, citations: Citation[], see_also: Citation[], asks_for: string | null, tickets: Ticket[], suggestions: string[], policy_version: string}} Reply
 * @typedef {{id: string, token: string, greeting: string, suggestions: string[], disclosure: string}} Opened
 * @typedef {{turn_id: string, at: string, text: string, reply: Reply}} StoredTurn
 * @typedef {{id: string, created_at: string, turns: StoredTurn[]}} Transcript
 * @typedef {{id: string, conversation_id: string, erased_at: string, kept: {reference: string, why: string}[], signature: string}} Receipt
 * @typedef {{version: string, effective: string | null, retrieved: string | null, current: boolean}} VersionFacts
 * @typedef {{turn_id: string, text: string}} Turn
 */

export {};
