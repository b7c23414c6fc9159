"""The words by which a report tells what somebody did: broke in, posed as another, asked for money or took it.

English, and Hindi in Latin letters, in the spelling of `patterns.read`. What follows is decided in `severity`.
"""

import re

from assistant.security.patterns import NEAR, words

# What somebody says did not happen: "I did not share the code", "nobody clicked", "OTP nahi diya".
DENIED = re.compile(
    r"\b(?:did ?n[o']?t|did not|have ?n[o']?t|have not|has ?n[o']?t|has not|had not|never|nobody|no one|without)\b"
    r"(?:(?!\b(?:but|and|then|lekin)\b)[^.,;!?]){0,45}"
    r"|\b(?:otp|code|password|pin|paise|kuch|details)(?: \w+)? (?:nahi|nahin|nai) \w+"
)
ASKS_WHETHER = words(
    r"(?:is|was|are|were) (?:this|it|that|these|they|he|she)(?: \w+){0,3}? (?:you|from you|yours?|genuine|real"
    r"|legit\w*"
    r"|authentic|official|safe|fake|scam|phishing|fraud|spam|true)",
    r"(?:is|was) (?:this|that|the) (?:\w+ ){0,3}?(?:really|actually|genuine\w*|real|legit\w*|authentic|official|safe"
    r"|from you|yours|you)",
    r"(?:did|do|have|has|are) (?:you|your (?:team|company|staff|people|office)|someone from your \w+) (?:\w+ )?"
    r"(?:send|sent|call|called|mail|mailed|e-?mail|message|messaged|write|ask|asked|calling|sending)",
    r"(?:genuine|legit\w*|real|authentic|fake|scam|phishing|fraud) or (?:not|fake|genuine|real|a? ?scam|phishing"
    r"|legit)",
    r"(?:verify|confirm|check|tell me|know|sure|wondering) (?:if|whether)",
    r"kya (?:ye|yeh|yah|aap|apne|aapne|wo|woh|sach)",
    r"(?:asli|sahi) (?:hai|h) (?:ya|kya|na)",
    r"kya\?|kya (?:click|karu|karoon|karna)|(?:bheja|kiya|taraf se|wala|ka) (?:hi )?(?:hai|tha|h) kya",
    r"(?:real|genuine|legit|true|safe|you|yours|fake|scam)(?: or (?:nah|no|not))?\?",
    r"(?:kindly|please|pls|plz|can you|could you) (?:\w+ )?(?:confirm|verify|check|clarify)",
    r"(?:is|was|are) (?:\[(?:email|phone)\]|your company|the (?:mail|number|link|site|call|caller|sms))[^.?!]{0,60}\?",
    r"(?:do|does|did|would|will|are|is) (?:you|your \w+|\[email\]|\w+ from you)\b[^.?!]{0,90}"
    r"(?:call|mail|email|text|sms|send|sent|message|ask|recruit|ship|whatsapp|phone)\w*[^.?!]{0,60}\?",
    r"(?:do|are|is|was|did|does|would|have) (?:you|it|that|they|he|she)\?|since when do you|(?:hai|h) na\?",
)

_THEIRS_OR_MINE = (
    r"(?:accounts?|e-?mails?|mail ?box|inbox|gmail|site|website|server|servers|system|systems|portal|network|crm|cms"
    r"|wordpress|dashboard|computer|laptop|phone|mobile|number|pc|instagram|facebook|linkedin|twitter|whatsapp|page"
    r"|channel|profile|login|credentials|domain|id|admin|panel|store|shop|app|cloud|aws|database|ads?|khata)"
)
_SOMEBODY = (
    r"(?:some ?(?:one|body)(?: else)?|a stranger|strangers|an? (?:unknown|attacker|hacker|intruder|other person)"
    r"|attackers?|hackers?|intruders?|criminals?|scammers?|fraudsters?|they|he|she|unknown \w+|koi|kisi ne"
    r"|another person)"
)
INVADED = words(
    r"hacked",
    r"hijack(?:ed|ing)",
    r"hack (?:ho|kar|hua|hui|hogaya|hogya|ho ?chuk\w+)\w*",
    rf"(?:compromised|taken over|took over|taking over|broken into|infiltrated|breached){NEAR}\b{_THEIRS_OR_MINE}",
    rf"{_THEIRS_OR_MINE}{NEAR}\b(?:compromised|taken over|broken into|infiltrated|breached|defaced)",
    rf"{_SOMEBODY}{NEAR}\b(?:logged|logging|signed|got|getting|broke|broken|inside|login kar\w*|ghus)\b{NEAR}"
    rf"(?:in|into|to|inside|from) (?:my|our|your|the|mere|hamare)?",
    rf"{_SOMEBODY}(?: (?:has|have|is|are|was|had|now|still|been|already|just))*"
    r" (?:using|used|access(?:ed|ing)?|control\w*|gained access|access to|got access|got in|changed|changing|reset"
    r"|locked me|locking me|reading|sending|posting|ordering)"
    rf"{NEAR}\b(?:my|our|mere|meri|hamare|your (?:\w+ )?{_THEIRS_OR_MINE})",
    r"(?:password|recovery (?:e-?mail|phone|number)|phone number|e-?mail(?: address)?|2fa|login)"
    r" (?:was|were|is|are|has been|have been|had been|got|is being) (?:changed|reset|replaced|removed)",
    r"(?:changed|reset|badal diya|badal di) (?:my|our|the|mera|meri) (?:password|recovery|e-?mail|number|2fa|login)",
    r"(?:password|number|e-?mail) (?:badal|change) (?:diya|di|kar diya|ho gaya|gaya)",
    rf"(?:e-?mails?|mails|messages|posts|spam|invoices) (?:are |were |is |being |getting |going |went |sent |out )+"
    rf"{NEAR}from (?:my|our|mere|hamare)",
    r"sim[ -]?(?:swap\w*|clon\w+|jack\w+)",
    r"(?:web ?shell|back ?door|defaced|root ?kit|key ?logger|botnet|crypto ?miner|trojan)",
    r"(?:site|website|page|server|homepage) (?:is |are |was |now )*(?:serving|spreading|redirect\w*|infected|full of)",
    r"(?:malware|virus|malicious (?:code|script)|injected) (?:is |was |found |code )*(?:on|in|into) (?:your|our|the)"
    r" (?:site|website|server|page|homepage|network|system)",
    r"(?:gave|given|has|have|had|took|taken|allowed|granted)\b[^.?!]{0,30}\bremote (?:access|control)",
    r"(?:any ?desk|team ?viewer|quick ?support|rust ?desk)",
    r"(?:installed|downloaded|install kar \w+)\b[^.?!]{0,30}\b(?:apk|remote|their (?:app|software)|the app|an app)",
)
NOT_MINE = words(
    rf"(?:log ?ins?|sign[ -]?ins?|sessions?|devices?|orders?|transactions?|activity|changes?|transfers?"
    rf"|messages?){NEAR}"
    r"(?:(?:i|we) (?:did ?n[o']?t|did not|never|do ?n[o']?t|do not)(?! \w*(?:request|ask|trigger))|not (?:me|us"
    r"|mine|by me|from me)|wasn'?t (?:me|us)"
    r"|unrecogni[sz]ed|unknown)",
    r"(?:unknown|unrecogni[sz]ed|unauthori[sz]ed) (?:\w+ )?(?:log ?ins?|sign[ -]?ins?|access|sessions?|devices?"
    r"|transactions?)",
    r"log(?:ged|ging)? ?in from (?:russia|china|nigeria|another|a different|some|an? unknown|a place|a country)\w*",
)
PRESENT = words(
    rf"(?:{_SOMEBODY}|he's|hes|she's|they're|someone's|ex[ -]\w+|my (?:\w+ )?(?:ex|partner|husband|wife|boss"
    rf"|brother)\w*)"
    rf"{NEAR}\b(?:in|inside|into|has|have|got|with|uses?|using|took|controls?|still gets? in)"
    rf" (?:\w+ )?(?:my|our|the|your|root|master|all|admin|every)? ?(?:\w+ )?"
    rf"(?:accounts?|console|admin|log ?ins?|mail ?box|panel|server|system|root|phone|profile|drive|dashboard"
    rf"|passwords?)",
    r"(?:has|have|had|got) (?:root|admin|full control|our master|the master)",
    r"(?:used|being used|using it|abused) (?:to|for) (?:mine|send|spam|attack|refund|unauthori[sz]ed)\w*",
    r"mine crypto|mining crypto|creating users|deleting (?:all|every|our|my|users|files)|being deleted",
    r"(?:was|were|been|got) chang\w+,? (?:and )?not by (?:me|us)",
    r"(?:won't|will not|doesn't|refuses to) give (?:it|them|my \w+) back",
    r"(?:can'?t|cannot|can not|unable to) (?:get|log|sign) ?(?:in|into)\b[^.?!]{0,60}\b(?:chang|hack|stole"
    r"|some ?one)\w*",
)
UNASKED = words(
    r"(?:otps?|codes?|reset|verification|log ?in (?:alerts?|attempts?)|2fa|password)\b"
    rf"{NEAR}(?:(?:did ?n[o']?t|did not|never|have ?n[o']?t) (?:request|ask|try|trigger|do|start)\w*"
    r"|without (?:asking|me asking|any request)|again and again|keep coming|baar baar)",
    r"(?:log ?in|sign[ -]?in|password) attempts?",
    r"trying to (?:log|sign|get|break|hack)(?: \w+)? ?(?:in|into|my|our|your)?",
)
MALWARE = words(r"malware", r"virus", r"spyware", r"infected", r"stalkerware")
RANSOM = words(
    r"ransom\w*",
    r"(?:files?|server|data|computers?|systems?|drives?|backups?|everything)\b[^.?!]{0,40}\b(?:encrypted|locked) by",
    r"(?:files?|data|drives?|computers?|systems?|everything)(?: \w+){0,2}? (?:(?:is|are|was|were|got|been|all|have"
    r"|has|suddenly|now) )+(?:encrypted|scrambled)",
    r"encrypted (?:all|my|our|every|the) (?:\w+ )?(?:files?|data|server|drives?|documents?|computers?|everything)",
    r"(?:pay|paying|demand\w*|want\w*|asking for)\b[^.?!]{0,40}\b(?:bitcoins?|btc|crypto|monero)\b[^.?!]{0,60}"
    r"(?:files?|unlock|decrypt|data|back)",
    r"decrypt(?:ion|or)? (?:key|tool|my|our|the|files?)",
    r"wannacry|lockbit",
)
THREAT = words(r"blackmail\w*", r"extort\w*", r"threaten\w*[^.?!]{0,40}(?:publish|leak|release|post|expose|sell)\w*")

_TOLD_THINGS = (
    r"(?:otps?|codes?|pin|upi|passwords?|passcodes?|cvv|cards?|bank|account (?:number|details)|log ?ins?|credentials"
    r"|net ?banking|aadhaa?r|pan|details|information|\[secret\]|\[card\]|\[account\]|\[aadhaar\]|\[pan\]|ssn)"
)
GAVE_AWAY = words(
    rf"(?:gave|given|entered|typed|submitted|filled(?: in)?|provided|disclosed|read out|handed over|input)"
    rf"(?! (?:me|us)\b){NEAR}\b{_TOLD_THINGS}",
    rf"(?:i|we|he|she|they|mother|father|mom|dad|wife|husband|colleague|employee|assistant|parents?|accountant|already"
    rf"|have|had|just|even|accidentally|stupidly) (?:sent|shared|told|put|forwarded|gave|confirmed)"
    rf"(?! (?:me|us)\b){NEAR}\b{_TOLD_THINGS}",
    rf"(?:told|shared with|sent to) (?:him|her|them|the caller|that person|this person){NEAR}\b{_TOLD_THINGS}",
    rf"{_TOLD_THINGS}(?: \w+){{0,3}}? (?:de|bata|daal|dal|bhej|share kar|de di|enter kar|bol) ?(?:diya|di|diye|dia"
    rf"|chuk\w*)",
)
_MONEY = (
    r"(?:money|rupees?|rs\.?|inr|₹|\$|€|£|usd|eur|lakhs?|lacs?|crores?|thousands?|hundred|amount|funds?|payment"
    r"|advance"
    r"|deposit|fees?|gift ?cards?|bitcoins?|crypto|invoices?|bill|bank|account|paise|paisa|\d[\d,.]*k?|\[number\])"
)
PAID = words(
    r"lost (?:\w+ ){0,4}?(?:money|rupees|rs|inr|lakhs?|savings|usd|eur|euros|dollars|[₹$€£]? ?\d[\d,_]*k?)",
    r"(?:paid|transferred|wired) (?:it|them|him|her|up|already|the)(?! (?:last|this|every))",
    rf"(?:paid|transferred|wired|remitted|deposited|paying){NEAR}(?<!\w){_MONEY}",
    rf"(?:i|we|he|she|they|accountant|accounts|finance|already|have|had) (?:sent|made) {NEAR}(?<!\w){_MONEY}",
    rf"{_MONEY}(?: \w+){{0,3}}? (?:was |were |is |are |has |have |been |got |already |just )*"
    r"(?:debited|deducted|stolen|withdrawn|transferred|missing|gone|paid|wired|drained|siphoned)",
    r"(?:scammed|cheated|defrauded|conned|robbed) (?:me |us )?(?:out )?of",
    r"(?:paise|paisa|rupaye|rupees|amount)(?: \w+){0,2}? (?:kat|chale|chala|nikal|bhej|de|gaye|gaya|udd?) ?\w*",
    r"(?:debited|withdrawn|emptied|drained)\b[^.?!]{0,40}\b(?:account|bank|card|money)",
)

FAKED = words(
    r"phish\w*|spoof\w*|impersonat\w*|smish\w*|vish(?:ing)?|fake\w*|farzi|nakli|fraud\w*|scam\w*|forged?"
    r"|deep ?fake\w*",
    r"clon(?:e|ed|ing) (?:of )?(?:your |the )?(?:site|website|page|profile|account)|typo ?squat\w*|look-?alikes?",
    r"(?:using|uses|used|misusing|stole|copied) your (?:\w+ )?(?:logo|name|brand|letter ?head|identity|domain)",
    r"thagi|dhokha\w*|thug|jhansa",
)
CLICKED = words(
    r"(?:clicked|opened|downloaded|scanned|followed|tapped|installed|replied to|click kar \w+)\b[^.?!]{0,40}"
    r"\b(?:links?|attachments?|files?|pdf|zip|apps?|apk|qr|it|documents?|invoice|mail|e-?mail)",
)
CLAIMED = words(
    r"pretend\w*|pos(?:e|es|ed|ing) as|claim(?:s|ed|ing)? (?:to be|that|he|she|they|from|it)|passing (?:him|her"
    r"|them)\w+ off",
    r"in (?:your|the) (?:company'?s? )?name|in the name of|on your behalf|aapke naam|apke naam"
    r"|as your (?:\w+ )?employee",
    r"(?:say\w*|said|saying|bol\w*|introduc\w+) (?:he|she|they|it|you|i)?'?s?(?: is| are| was| am"
    r"|'re)? (?:\w+ )?from you\w*",
    r"bank (?:account |details? )*(?:has|have|had|was|were|is|are)? ?(?:been )?(?:chang\w+|updated|new|different)",
    r"(?:new|changed|different|another|updated) (?:bank )?(?:account|bank details?|iban|beneficiary|upi)",
    r"(?:call|caller|mail|e-?mail|sms|text|message|whatsapp|link|form|someone|person|man|lady|he|she|they|number)"
    r"\b[^.?!]{0,50}\b(?:ask\w*|want\w*|demand\w*|request\w*|maang\w*|mang\w*)\b[^.?!]{0,40}\b(?:otps?|codes?|pin|cvv"
    r"|passwords?|bank|card|aadhaa?r|pan|money|payment|pay|upi|gift cards?|details|credentials|remote)",
)
STRANGE = words(
    r"suspicious\w*|strange|weird|odd|unusual|unexpected|dodgy|fishy|ajeeb|shady|sketchy|does ?n[o']?t look right"
    r"|spam\w*"
)
UNDER_ATTACK = words(r"d?dos(?:ed|ing)?|under attack|attack(?:ed|ing|s)?|site is down|intrusions?|security incident")
