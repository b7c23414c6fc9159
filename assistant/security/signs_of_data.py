"""The words by which a report tells what lies open or is lost: data, secrets, devices, and weaknesses.

English, and Hindi in Latin letters, in the spelling of `patterns.read`. What follows is decided in `severity`.
"""

from assistant.security.patterns import NEAR, words

_KEYS_AND_SUCH = (
    r"(?:(?:api|access|secret|private|ssh|aws|stripe|gpg|pgp|encryption|signing|service account|bearer|auth|session)"
    r"[ _-]?(?:keys?|tokens?|credentials?|ids?)|\[secret\]|\[private_key\]|credentials?|passwords?|\.env|env file"
    r"|connection string|db password|database password|log ?in details|tokens?|private keys?|admin log ?in)"
)
_IN_THE_OPEN = (
    r"(?:git ?hub|git ?lab|bitbucket|git|repo\w*|public\w*|exposed|leak\w*|visible|found|pastebin|paste|hard-?coded"
    r"|source code|page source|view source|javascript|js (?:file|bundle)|html|commit\w*|bundle|posted|online"
    r"|plain ?text"
    r"|clear ?text|open|google|telegram|dark ?web|trello|screenshot|still works?|working|valid|active|live|dumped?"
    r"|readable|stole\w*|on the internet|discord|forum|docker|npm|postman|notion|youtube|video)"
)
SECRET_SHOWS = words(rf"{_KEYS_AND_SUCH}{NEAR}(?<!\w){_IN_THE_OPEN}", rf"{_IN_THE_OPEN}{NEAR}(?<!\w){_KEYS_AND_SUCH}")

CHILD = words(
    r"child|children|child'?s|children'?s|kids?|kid'?s|minors?|daughters?'?s?|sons?|son'?s|pupils?|students?"
    r"|teenagers?"
    r"|toddlers?|bab(?:y|ies)|school ?(?:girls?|boys?|kids?)|underage|bach?ch[aeio]\w*|bachon|beti|beta|bete"
    r"|\d+[ -]?(?:years?|yrs?)[ -]?olds?|schools?|nephew|niece|grand(?:son|daughter|child)"
)
SHOWN = words(
    r"leak\w*|expos\w+|public\w*|online|post(?:ed|ing)|publish\w*|shar(?:ed|ing)|visible|show(?:s|n|ing|ed)?|see|saw"
    r"|display\w*|upload\w*|available|google|website|internet|without (?:my|our|any|parental|asking)\b.*|collect\w*"
    r"|contact(?:ed|ing)|messag\w+|stole\w*|sent to|found|wrong (?:person|people|parent|address)|dikh \w+|access\w*"
)
LOOSE = words(
    r"leak\w*|breach\w*|expos(?:ed|ing|es|ure)|dump(?:ed|s)?|for sale|selling|being sold|sold|dark ?web|telegram"
    r"|paste ?bin|torrent|raid ?forums?|breach ?forums?|publicly|is public|are public|was public|made public"
    r"|public (?:link|bucket|folder|drive|url|page|sheet|repo\w*|internet)|open to (?:any|every|the|all)\w*"
    r"|any(?:one|body) (?:can|could|on|with)|index(?:ed|ing)|unprotected|no (?:password|login|authentication|auth)"
    r"|without (?:a |any )?(?:password|login|logging in|authentication|auth)|mis-?configured|scrap(?:ed|ing)"
    r"|(?:is|are|was|were|posted|found|up|available|put|put up|visible) (?:online|on the (?:internet|web|net))"
    r"|stolen|stole|exfiltrat\w+|open (?:bucket|database|directory|server|s3|folder|port)|goes? to everyone"
    r"|google (?:search|results?|cache|drive)|chori|leak ho \w+|data (?:theft|loss)|taken (?:the|a|our|client"
    r"|customer)"
)
MANY = words(
    r"customers?'?|clients?'?|users?'?|people'?s?|persons|employees?'?|every ?(?:one|body)(?:'?s)?|others'?"
    r"|all (?:of )?"
    r"(?:the|your|our|their|us)|many|several|hundreds?|thousands?|lakhs?|lacs?|millions?|databases?|db|s3|buckets?"
    r"|spread ?sheets?|csv|excel|backups?|contacts|members|staff|mailing list|customer list|client list|names and"
    r"|patients?|subscribers?|company(?:'?s)? data|your data|your server|log(?:on|o) ka|sab ka|sabka|entire|whole"
    r"|records"
)
MINE = words(r"my|mine|me|mera|meri|mere|i")
LISTS = words(
    r"(?:live|real|actual|our|your) (?:patients?|customers?|clients?|users?|pupils?|employees?)'? ?(?:data|records"
    r"|details|files)",
    r"(?:\d{2,3}|\d[\d,_ ]*\d{3}|dozens|hundreds|thousands|lakhs?|all|every(?:one|body)?'?s?|entire|whole|lists? of"
    r"|full list|spreadsheet|excel|csv|everyone in)"
    r" ?(?:of )?(?:\w+,? ){0,4}?(?:names|phone numbers|numbers|e-?mails|addresses|subscribers|salar\w+"
    r"|salary slips|payslips"
    r"|people|persons|customers|clients|users|patients|pupils|students|employees|guests|members|orders|invoices"
    r"|records"
    r"|rows|entries|cv'?s|resumes|passports|sick notes|files|results|grades|profiles|homes?|bookings|applicants"
    r"|candidates|donors|tenants|residents|reports|photos)",
    r"(?:names|phones?|e-?mails|addresses|salar\w+|orders|invoices),? (?:\w+,? ){0,2}?and (?:\w+ ){0,2}?(?:names"
    r"|phones?"
    r"|numbers|e-?mails|addresses|salar\w+|allergies|values|dates|pan|everything)",
    r"(?:other|different) (?:shops?|firms?|families|schools?|tenants?|patients?|members?|pupils?|guests?|teams?"
    r"|players"
    r"|people|customers?|clients?|users?)'?",
    r"each other'?s?|each (?:child|pupil|member|customer|guest|employee|person)'?s?|every (?:child|pupil|member"
    r"|customer"
    r"|guest|employee|person|user)'?s?",
)
OPENED = words(
    r"(?:any ?(?:one|body)|every ?(?:one|body)|all)\b[^.?!]{0,40}\b(?:can|could|who)\b[^.?!]{0,30}\b(?:see|open"
    r"|read|find"
    r"|download|access|opens)",
    r"(?:i|we|you|users?|visitors?|who) (?:can|could) (?:\w+ )?(?:see|open|read|page|browse|download|view|scroll"
    r"|access|find)",
    r"(?:gave|give|shows?|showed|showing|listed|lists|sent|attached|posted|shared|offered|found|leaked|mailed|got"
    r"|see|saw"
    r"|open|opened|reads?|includes?|included|contains?|contained|downloaded|exported|visible|public|second tab)",
    r"no log ?in|without (?:\w+ )?(?:log ?in|password)|don't need to log",
)
BREACH = words(r"(?:data|security) breach", r"(?:been|was|were|got) breached", r"breach at your\b.*")
OTHERS = words(
    r"(?:an)?other (?:\w+ ){0,2}?(?:people|customers?|clients?|users?|compan(?:y|ies)|persons?|accounts?|invoices?"
    r"|orders?"
    r"|visitors?|names?|details|data|emails?|records|reports?|business\w*|man|woman|party|patients?)'?s?",
    r"(?:some ?one|some ?body) else'?s?",
    r"(?:a |the )?(?:different|wrong) (?:person|customer|client|user|company|recipient|people|name|account|details"
    r"|e-?mail"
    r"|address|man|woman|patient|party)'?s?",
    r"(?:a )?strangers?'?s?",
    r"(?:some )?(?:other|random) (?:guy|people|person|lady|man|woman)'?s?",
    r"kisi (?:aur|or|dusr\w+|doosr\w+) (?:ka|ki|ke)",
    r"(?:dusr|doosr|dusar)\w+ (?:\w+ )?(?:ka|ki|ke|logo\w*)",
    r"not (?:mine|my (?:data|account|invoice|name|order|details))",
    r"(?:belong\w*|meant|addressed|intended) (?:to|for) (?:\w+ ){0,2}?(?:else|another|other|different|someone)",
)
MANY_OTHERS = words(
    r"other (?:\w+ ){0,2}?(?:people|customers|clients|users|companies|persons|accounts|invoices|orders|visitors|names"
    r"|emails|businesses|records|patients)'?s?",
    r"(?:all|every|different|many|several|multiple|various|hundreds of|dozens of|thousands of) (?:of )?(?:the "
    r"|your |other )?"
    r"(?:people|customers?|clients?|users?|companies|accounts|recipients|names|patients|records"
    r"|e-?mail addresses)'?s?",
    r"strangers'?",
    r"(?:dusr|doosr)\w+ (?:logo|log|customers|clients|users)\w*",
    r"(?:cc|cced|cc'd|bcc|to field)\b[^.?!]{0,60}\b(?:every ?one|all|customers|clients|recipients|people|addresses"
    r"|others)",
    r"(?:every ?one|all|customers|clients|recipients|people|addresses)\b[^.?!]{0,60}\b(?:in cc|in the cc|cc"
    r"|to field|bcc)",
    r"everyone'?s (?:\w+ )?(?:data|address\w*|e-?mails?|details|names?|invoices?)",
)
REACHED = words(
    r"e-?mailed|mailed|forwarded|see|saw|seen|seeing|show(?:s|n|ing|ed)?|display\w*|got|received|receiv\w+|get"
    r"|gets|getting|sent|sending"
    r"|opened|open"
    r"|opens|contain\w*|attach\w*|log(?:ged|s)? in|access\w*|download\w*|view\w*|visible|appear\w*|cc\w*|given"
    r"|gave|found"
    r"|under|instead|mixed|include[sd]?|dikh\w*|mila|aa raha|aaya|belong\w*|bcc|deliver\w*|leak\w*|expos\w*|gone to"
    r"|went to|with|load\w*|taken|took|read"
)
_DEVICE = (
    r"(?:laptops?|phones?|mobiles?|devices?|usb(?: \w+)?|pen ?drives?|hard ?(?:disks?|drives?)|tablets?|ipads?"
    r"|iphones?"
    r"|access cards?|id cards?|badges?|keys?|note ?books?|mac ?books?|sim(?: card)?|security keys?|yubikeys?|bag"
    r"|back ?pack|thumb ?drives?|memory (?:stick|card)|sd card|computer|backup (?:tapes?|drives?)|paper ?work|papers"
    r"|documents|folder|diary|chromebook|watch)"
)
LOST = words(
    rf"(?:lost|stolen|stole|left|misplaced|missing|forgot\w*|snatched|robbed|vanished|mugged|gone){NEAR}\b{_DEVICE}",
    rf"{_DEVICE}{NEAR}\b(?:lost|stolen|missing|snatched|chori|kho|gum|gone|misplaced|left (?:in|on|at|behind)"
    rf"|vanished"
    r"|nicked|taken from)",
)
WEAK = words(
    r"vuln\w*",
    r"sql ?injections?|sqli|xss|cross[ -]?site|csrf|idor|ssrf|rce|lfi|click ?jacking|open redirects?",
    r"security (?:hole|bug|issue|flaw|weakness|loophole|gap|problem|researcher|concern|misconfiguration)s?",
    r"exploit\w*|zero[ -]?day|0[ -]?day|cve[ -]?\d*|poc|proof of concept|pen[ -]?test\w*|bug bount(?:y|ies)|bounty",
    r"(?:responsible|coordinated|responsibly|vulnerability) disclos\w+|responsible disclosure",
    r"directory listing|rate limit\w*|brute[ -]?forc\w*|bypass\w*|sub-?domain take ?over",
    r"out ?dated (?:\w+ )?(?:version|plugin|tls|ssl|wordpress|software|library|server|php|jquery)",
    r"(?:chang\w+|increment\w*|modif\w+|edit\w*|guess\w*) (?:the |a |an |one )?(?:\w+ )?(?:id|number|digit|url"
    r"|parameter)s?",
    r"(?:admin|login|staging|debug|phpmyadmin|swagger|jenkins|test) (?:panel|page|area|site|portal|endpoint|mode"
    r"|console)?"
    r" ?(?:is |was |are )?(?:open|public\w*|accessible|exposed|reachable|without)",
    r"(?:former|ex|old|previous|departed)[ -](?:employees?|staff|contractors?|colleagues?|developers?|interns?)",
    r"still (?:has|have|had|got|can|able to) (?:\w+ )?(?:access|log ?in|see|open|get in)",
)
SMALL = words(
    r"(?:missing|no|weak|without|lacks?) (?:an? )?(?:spf|dmarc|dkim|csp|hsts|https|ssl|tls|encryption"
    r"|security headers?)",
    r"(?:ssl|tls|https|certificate)\b[^.?!]{0,30}\b(?:expired|invalid|not valid|broken|warning)",
    r"(?:expired|invalid|self-signed) (?:ssl|tls|certificate|cert)",
    r"padlock|green lock|captcha|quarantin\w*|junk (?:entries|mails?)|sender could not be verified|not secure"
    r"|failed (?:sign|log)[ -]?ins|none (?:of them )?(?:got|came) (?:in|through)|spf|dmarc|dkim|virus scanner"
    r"|anti-?virus"
    r"|nothing bad|might be nothing|perhaps nothing|not dangerous|tidy (?:that|it) up|hygiene",
)
HABITS = words(
    r"re-?us\w+|(?:weak|old|same|strong) passwords?|2fa|two[ -]factor|mfa|best practice|unencrypted|password manager"
    r"|change (?:my|our) passwords?|auto-?fill|shared (?:log ?in|account|password)"
)
