// A conversation, and the receipt of its erasure, as text to keep.

/** @import { Receipt, Transcript } from "./types.js" */
/** @import { Words } from "./words.js" */

/** @param {Transcript} transcript @param {Words} words @param {string} name */
export function transcriptText(transcript, words, name) {
  const turns = transcript.turns.map(({ at, text, reply }) => {
    const sources = reply.citations.map((cited, index) => `  [${index + 1}] ${cited.clause} ${cited.section} (${words.say("version")} ${cited.policy_version})`);
    return [`${words.moment(at, true)}`, `${words.say("you")}: ${text}`, `${words.say("assistant")}: ${reply.text}`, ...sources].join("\n");
  });
  return [words.say("transcript_of", { name }), words.moment(transcript.created_at, true), "", turns.join("\n\n")].join("\n") + "\n";
}

/** @param {Receipt} receipt @param {Words} words */
export function receiptText(receipt, words) {
  const kept = receipt.kept.map(({ reference, why }) => `  ${reference}: ${why}`);
  return [
    words.say("receipt"),
    `${words.say("receipt_number")}: ${receipt.id}`,
    `${words.say("conversation_number")}: ${receipt.conversation_id}`,
    `${words.say("erased_at")}: ${receipt.erased_at}`,
    ...(kept.length ? [`${words.say("kept")}:`, ...kept] : [words.say("nothing_kept")]),
    `${words.say("signature")}: ${receipt.signature}`,
  ].join("\n") + "\n";
}
