"""Every word that the bot says of its own in Slack. What it says of the policy are the core's parts, as they are."""

from collections.abc import Mapping

from assistant.organisation import Organisation
from assistant.reply import Right
from assistant.tickets.values import ClockName, Kind, Status

NOT_STATED = ":grey_question: *Not in the policy*"
SOURCES = "*Where it stands*"
NEAREST = "*The nearest clauses*"
HELPFUL = ("Helpful", "Not helpful")
THANKS = "Thank you, noted."
SHARE = "Share here"
SHARED = "Shared from the privacy policy by {who}"
ONLY_YOU = "I have answered where only the person who asked can see it."
STATUS = "is reading the policy…"
STATUS_STEPS = ("Reading the policy…", "Checking the clauses…")
TRY = "Try asking"
FAILED = (
    "Something went wrong on our side and this was not dealt with. It is noted. Please try again, or write to {email}."
)
NOT_YOURS = "You do not have the role for this. Whoever manages the privacy assistant can add you to its user group."
SLOW_DOWN = "I take 20 messages a minute from one person. Please wait a moment and send it again."
GONE = "This is no longer there."
BLANK = "Ask me a question about the privacy policy, for example: {example}"
NOT_HERE = "The privacy assistant does not answer in this channel. Write to it directly instead."
UNKNOWN_FORM = "This form is out of date: please open it again."

HANDLING = ":briefcase: *How to handle it* (for staff)"
NO_TICKET = "No ticket is needed: the policy answers it."
OPEN_TICKET = "Ticket to open: *{kind}*"
OPENED = "Ticket: *{kind}* {references}, opened already."
PROMISE = "Promised: {clock} by {when} ({basis})"
BASES = {"policy": "policy, clause {cite}", "law": "law, {cite}", "target": "our own target"}
READY = "Ready to paste to a client:"
READY_QUOTE = "Our privacy policy says (clause {clause}, “{section}”): “{quote}”"
READY_NOT_STATED = "Our privacy policy does not state this. Our privacy team can be asked at {email}."
READY_REQUEST = (
    "Thank you for your message. We have passed it to our privacy team, who answer at {email}. You need not write"
    " again."
)
FOR_A_CLIENT = "Open it for a client"
COMPLETE = "Complete the report"
COMPLETES = "This is added to *{reference}*, which is open already: no second incident is opened."

REPORT = "Report to privacy"
REPORT_LABELS = {
    "kind": "What is it?",
    "right": "Which right? (for a rights request)",
    "severity": "How bad? (for an incident)",
    "on_behalf_of": "Whom does it concern?",
    "email": "Their e-mail address",
    "text": "What happened, or what do they ask?",
}
REPORT_HINT = "Identifiers are masked: what you add here is masked as well, and an address goes into its own field."
SEND = "Send"
KINDS: Mapping[Kind, str] = {
    Kind.SECURITY_INCIDENT: "Security incident",
    Kind.RIGHTS_REQUEST: "Rights request",
    Kind.COMPLAINT: "Complaint",
    Kind.INQUIRY: "Question for the privacy team",
}
RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: "See their data (access)",
    Right.CORRECTION: "Correct their data",
    Right.DELETION: "Delete their data",
    Right.MARKETING_OPT_OUT: "No more marketing",
    Right.PORTABILITY: "A copy to take along (portability)",
    Right.RESTRICTION: "Restrict the use",
    Right.OBJECTION: "Object to the use",
    Right.CONSENT_WITHDRAWAL: "Withdraw consent",
    Right.GRIEVANCE: "Formal grievance",
    Right.OTHER: "Another right",
}
SEVERITIES = {"critical": "Critical: happening now, or many people", "high": "High", "normal": "Normal"}
NEEDS_RIGHT = "A rights request needs a right: choose one."
NEEDS_TEXT = "Write what happened, or what they ask."
NEEDS_ADDRESS = "This is not an address that can be written to: check it, or leave it out."
NEEDS_REASON = "Give a reason: it is kept with the ticket."
REPORTED = "Recorded as {kind} *{reference}*, status {status}. Thank you."
REOPENED = "{gone} was closed meanwhile, so this is recorded as *{reference}*. Thank you."
STALE = "{reference} has changed since this form was opened. Copy what you wrote, close the form and look again."
ADDED = "Added to *{reference}*. Thank you."
GUEST_REPORT = "Please write to me what happened: I pass it on. Staff of the company can use the form."

ALERT = {"critical": ":rotating_light:", "high": ":warning:", "normal": ":information_source:"}
ALERT_TITLE = "{sign} Security incident {reference}, {severity}"
ALERT_DONE = ":white_check_mark: Security incident {reference}, {status}"
SEEMS = "*What it seems to be:* {kind}"
REPORTED_AT = "*Reported:* {when} ({ago})"
NOBODY_YET = "*Not yet acknowledged*"
ACKNOWLEDGED = "*Acknowledged by* {who}"
ASSIGNED = "*Assigned to* {who}"
HOURS = "*Hours running:* {clocks}"
CLOCKS: Mapping[ClockName, str] = {
    ClockName.ANSWER: "answer",
    ClockName.FIRST_ANSWER: "first answer",
    ClockName.ACKNOWLEDGE: "confirmation of receipt",
    ClockName.REPORT_CERT_IN: "CERT-In",
    ClockName.REPORT_GDPR: "GDPR",
    ClockName.REPORT_DPDP: "DPDP",
}
AGAIN = "Not yet acknowledged, told {told}: {reference}, severity {severity}. Please press Acknowledge above."
WORSE = "Worse than it was: {reference}, severity {severity} now. Please press Acknowledge above."
TOLD = "{times} times by now"
TOLD_TIERS = "{times} times by now, in the end to {reached} of {tiers} tiers of the people on call"
DIGEST_AGAIN = "Not acknowledged since {since}: {open} security incidents. Please press Acknowledge all above."
DIGEST = ":rotating_light: {open} security incidents are not yet acknowledged, {critical} of them critical: {named}"
DIGEST_MORE = " and {more} more"
DIGEST_HOW = "They are told together because so many came in at once. The Home tab lists them, the most severe first."
DIGEST_DONE = ":white_check_mark: Nothing of the flood of {since} is left to be acknowledged."
ACKNOWLEDGE, ASSIGN, DISMISS = "Acknowledge", "Assign to me", "Not an incident"
ACKNOWLEDGE_ALL = "Acknowledge all"
DISMISS_TITLE, DISMISS_LABEL = "Not an incident", "Why is it none?"
DISMISSED = "Not an incident: {reason}"

CARD_TITLE = "*{reference}* · {kind}"
CARD_DUE = "Due {when}"
CARD_NO_DUE = "No due date"
CARD_STATE = "{status} · {assignee}"
UNCLAIMED = "unclaimed"
DUE_SOON = ":hourglass_flowing_sand: {reference} is due {when}."
OVERDUE = ":exclamation: {reference} is overdue since {when}."
CLAIM, NOTE, REPLY, EXTEND, RESOLVE, DETAILS = "Claim", "Note", "Reply", "Extend", "Resolve", "Show details"
FORM_LABELS = {
    "note": "Note for the desk (never sent)",
    "reply": "Reply (mailed to the requester)",
    "until": "New due date",
    "reason": "Reason",
    "to": "How is it resolved?",
}
DETAIL_LABELS = {
    "text": "What was written (masked)",
    "contact": "E-mail",
    "details": "Details",
    "on_behalf_of": "Concerns",
}
DONE = {
    "note": "Your note is kept with {reference}.",
    "reply": "Your reply to {reference} is on its way.",
    "extend": "{reference} has more time.",
    "resolve": "{reference} is resolved.",
    "dismiss": "{reference} is closed: not an incident.",
}
ENDED = "This ticket has ended: nothing is changed on it any more."
AUDITED = "This look is entered in the audit trail."
STATUSES: Mapping[Status, str] = {status: status.value.replace("_", " ") for status in Status}

HOME_TITLE = "Privacy desk"
HOME_SECTIONS = {
    "incidents": "Incidents",
    "overdue": "Overdue",
    "mine": "My tickets",
    "unclaimed": "Unclaimed",
}
HOME_NONE = "_None._"
HOME_MORE = "_and more: the list is cut here._"
HOME_MEMBER = (
    "Ask me anything about the privacy policy in the Messages tab, or with `/privacy`. `/privacy report` opens a form."
)
HOME_GUEST = "Ask me anything about the privacy policy in the Messages tab."

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hear when somebody mentions the bot in a channel",
    "channels:history": "follow-ups in a thread of a public channel in which it was mentioned; finding its own posts",
    "chat:write": "answer, post alerts and tickets, and show that it is reading",
    "commands": "the command /privacy and the shortcut “Report to privacy”",
    "groups:history": "the same in private channels to which it was invited",
    "im:history": "read what is written to it directly",
    "usergroups:read": "see who is in the user groups that stand for roles",
    "users:read": "tell members from guests and from people of other companies",
}


def blank(organisation: Organisation) -> str:
    example = organisation.suggestions[0] if organisation.suggestions else "How long do you keep my data?"
    return BLANK.format(example=example)


def told(times: int, *, reached: int, tiers: int) -> str:
    """How often the people on call were told, and how far up."""
    return (TOLD_TIERS if tiers > 1 else TOLD).format(times=times, reached=reached, tiers=tiers)
