"""How people say to stop, to take back, to leave everything as it is: patterns of single clauses, as data."""

import re

# What may stand before the point of a clause, and says nothing.
LEAD = (
    r"(?:(?:ok|okay|oh|nvm|no|noo|nah|nope|please|pls|plz|actually|sorry|well|hm|hmm|hmmm|um|umm|uh|so|then|nahi"
    r"|nahin|na|and|yes|yeah|hi|"
    r"hello|hey|wait|arre|arey|are|abe|yaar|bhai|bhaiya|ji|sir|but|just|kindly|oops|ah|ugh|aww?|hang on|hold on|"
    r"on (?:reflection|second thoughts?)|second thoughts|you know what|thinking (?:about|of) it|come to think of it"
    r"|i think|i guess|maybe|perhaps|better|let's|lets|let us|ruko|ruk|ab|to|toh|in that case"
    r"|now|therefore|hence|anyway|honestly|tbh|my mistake|my bad|can we|can i|can you|could you|could we|could i"
    r"|would you"
    r"|will you|you can|you may|you could|u can|you should|may i|i (?:want|would like|'d like|wish|need|have"
    r"|prefer) to"
    r"|i'd (?:like|rather|prefer to|prefer)|i would rather|i'd better|i have decided to|i decided to|i've decided to"
    r"|i want (?:you|u) to|i'd like (?:you|u) to|we (?:should|can|could)|you need to|do one thing|for now|if you can"
    r"|if possible|is it possible to|quickly|immediately|at once|all of it)(?:[ ,]+|$))*"
)
_VERB = (
    r"(?:cancel|cancell|cancle|stop|abort|quit|exit|drop|forget|scrap|withdraw|withdrawing|end|discard|undo|revoke"
    r"|retract"
    r"|halt|bin|ditch|scratch|reverse|rescind|recall|kill|shelve|terminate|annul|void|nix|dismiss|pause|park|delay)"
)
_DET = r"(?:my|the|this|that|these|those|our|all|any|all my|all the|both|whole|entire|last|earlier|previous)"
_THING = (
    r"(?:privacy |data |deletion |erasure |access |opt-?out |correction |whole |entire |above |said |earlier |last )*"
    r"(?:requests?|req|reqs|tickets?|applications?|process|procedure|dialogue|form|order|thing|query|submission"
    r"|chat|lot"
    r"|conversation|operation|business|case|matter|bit)"
)
_IT = (
    r"(?:it|this|that|them|those|these|everything|anything|all|both|here|there|now|me out|all of (?:it|this|that"
    r"|them))"
)
OBJECT = rf"(?:(?:about |with )?(?:{_IT}|(?:{_DET} )*{_THING}))"
TAIL = (
    r"(?:[ ,]+(?:please|pls|plz|now|then|thanks|thank you|thx|sorry|for (?:now|today|the moment|the time being|me"
    r"|good)"
    r"|instead|today|yaar|bhai|bhaiya|ji|abhi|ab|all|everything|completely|entirely|altogether|immediately|asap"
    r"|at once"
    r"|right (?:now|here|there)|here|there|any ?more|any longer|after all|yet|it|this|that|again|ok|okay|sir|madam"
    r"|mate"
    r"|as well|too|off|back|out|be|alone|quickly|at all|na|do|hi|jaldi|pls|before it's too late|already|both|a bit))*"
)
_NOT = r"(?:do not|don't|dont|do nt|never|no need to|not to|shouldn't|should not|no point (?:in|to)|better not)"
_PROCEED = (
    r"(?:do|doing|send|sending|register|registering|open|file|submit|proceed|continue|go on|go ahead|go through"
    r"|go further"
    r"|bother|process|start|begin|act|worry|carry on|make|execute|move ahead|move on|keep going|run|complete)"
)
# A clause that says to stop, whatever was asked for.
STOPS = re.compile(
    LEAD
    + r"(?:"
    + rf"(?:i (?:hereby |now |do |just )?)?{_VERB}(?: {OBJECT}){{0,2}}"
    + rf"|(?:i (?:hereby )?)?(?:call|take|pull|roll) (?:{OBJECT} ){{0,2}}(?:off|back|out)(?: {OBJECT})?"
    + rf"|(?:delete|remove|close|clear|erase|throw away|tear up|ignore|disregard) (?:my|the|this|that|these"
    rf"|both)(?: my| the)?"
    rf" {_THING}"
    + rf"|(?:ignore|disregard)(?: {OBJECT})?(?: (?:what i (?:said|wrote|asked)))?"
    + r"|(?:never ?mind|nvm|nm)(?: (?:that|it|this|me|about it|all that))?|forget (?:about )?(?:(?:it|this"
    r"|that) )?(?:it|this|that|i (?:asked|said|wrote)"
    r"(?: anything)?|what i (?:said|asked|wrote))"
    r"|(?:leave|let) (?:it|this|that|things|everything|all|me|them)(?: (?:be|alone|as (?:it|they|that) (?:is|are"
    r"|was|were)"
    r"|at that|there|here|go|rest|stand|for now|like (?:it is|that|this)|how it is|the way it is|so|out))*"
    r"|(?:keep|leave) (?:everything|things|it all|all|it|that|this)(?: (?:as|like|how|the way) (?:it|they|things"
    r"|that)?"
    r" ?(?:is|are|was|were))?(?: now)?"
    r"|(?:i(?: have|'ve|ve| just)* )?chang(?:ed|ing|e) (?:my|our) minds?(?: (?:about|on|over) (?:it|this|that"
    r"|everything|the whole thing|all of (?:it|this)))?|(?:i(?:'ve| have)? )?had second thoughts"
    r"|(?:i(?:'m| am|m)? )?having second thoughts|(?:i(?:'m| am|m) )?not (?:interested|ready"
    r"|so sure)(?: (?:any ?more|yet))?"
    r"|(?:it(?:'s| is) )?(?:no longer|not) (?:needed|wanted|necessary|required)(?: any ?more)?"
    r"|(?:i )?no longer (?:need|want|require|wish)(?: (?:it|this|that|them|any of it|to (?:do|continue"
    r"|proceed)(?: (?:it|this|"
    r"that|so|with it))?))?"
    + rf"|(?:i |we )?(?:do not|don't|dont|never|didn't|didnt) (?:want|need|require|wish|care)(?: (?:to (?:do"
    rf"|continue|go on|"
    rf"go ahead|go through|proceed|submit|register|open|file)(?: with)?|for))?(?: {OBJECT})?"
    + rf"|{_NOT} {_PROCEED}(?: (?:with|to|about|any of))?(?: {OBJECT})?"
    + r"|(?:just )?(?:don't|dont|do not)|no don't|no thanks|no thank you|thanks but no(?: thanks)?|no thx"
    r"|maybe (?:later|not)"
    r"|(?:some )?other time|another (?:time|day)|not (?:now|today|yet|anymore|any more|after all)|later maybe"
    r"|abort mission"
    r"|i(?:'m| am|m) (?:out|done(?: here)?|good(?: as is)?)|i give up|i quit|i back out|i(?:'ll| will) (?:pass"
    r"|skip|leave it"
    r"(?: be| there)?|let it go|drop it|leave it at that|stay|keep it)|i(?:'d| would)? (?:rather|prefer) (?:not"
    r"|to not)(?: to"
    r")?(?: do (?:it|this|that))?|pass on (?:it|that|this)|too (?:much|complicated|long)(?: for me)?"
    r"|(?:i (?:want|would like|'d like|wish|prefer) to |i'd (?:like to|rather|prefer to) |let me |i will "
    r"|i'll )?(?:stay|"
    r"remain)(?: (?:in|with you|with u|a member|subscribed|a customer|a client|put|here|on the list|on your list))*"
    r"|rehne (?:do|dijiye|de|dein)|rahne (?:do|dijiye|de|dein)|rehndo|rehnedo|mat (?:karo|kariye|kijiye|kro|karna"
    r"|bhejo"
    r"|krna)|chhodo|chodo|chhoro|chod (?:do|dijiye)|chhod (?:do|dijiye)|chhor do|jaane do|jane do|band (?:karo"
    r"|kar do)|radd|(?:(?:ise|isko|ye|yeh|sab|sab kuch) )?(?:cancel|radd?|band)"
    r" (?:karo|kar do|kardo|kar dijiye|kijiye|kariye|krdo|karna hai|krna hai|kr do|karwa do"
    r"|karwana hai)"
    r"|(?:ab )?nahi (?:chahiye|karna"
    r"(?: hai)?|karwana(?: hai)?|chahie|krna(?: hai)?|karvana(?: hai)?)|nahin chahiye|rok (?:do|dijiye|lo)|roko"
    r"|ruk jao|ruk"
    r" jaiye|(?:(?:meri|mera|apni|yeh|ye|wo|woh) )?(?:request|ticket|application|isko|ise|usko)? ?(?:ko )?(?:wapas"
    r"|vapas|wapis)"
    r" (?:le ?lo|lena hai|le lijiye|le leta hu|lelo|leni hai|le rah[ai] hu[n]?|karo|kar do)|(?:mann?"
    r"|irada) badal gaya"
    r"|jaise hai waisa (?:hi )?(?:rehne do|rakho|chhod do|rahne do)|jaisa hai waisa (?:hi )?(?:rehne do|rakho"
    r"|chhod do)"
    r"|kuch mat karo|kuch nahi karna|phir kabhi|baad mein (?:dekhenge|dekhte hai|karenge)"
    r")" + TAIL
)
# Whoever keeps or enjoys what the request would end wishes for nothing new.
KEEPS = re.compile(
    LEAD + r"(?:(?:i |we )?(?:rather |really |actually |do |still |just )*(?:enjoy|like|love|want to keep|wanna keep"
    r"|keep|would like to keep"
    r"|prefer to keep|will keep|want to stay|want to remain|need to keep) (?:getting |receiving |reading |having "
    r"|with |in )?(?:the|them|it|my"
    r"|this|your|that|those|in|you|a|on)?(?: [\w-]+){0,4})" + TAIL
)
CLAUSES = re.compile(
    r"\s*[,.;:!…\n()–—]+\s*|\s-+\s|(?= (?:can|could|would|will) (?:you|u|we) )|(?= (?:because|cause|coz|cuz|bcoz"
    r"|bcz|as|since|kyunki|kyonki)\b)"
)
# Where a reason begins without a sign or a conjunction.
REASON_BEGINS = re.compile(
    r" (?=(?:i|we) (?:clicked|pressed|typed|was|did|made|found|have|am|just|got|already|misread|meant|hit|thought"
    r"|will|'ll|only|can)\b"
    r"|(?:i'm|i'll|i've|im|it's|its|that was|it was|wrong (?:button|company|site|window)|by mistake|by accident)\b)"
)
# A wish for something else: beside one a stop is no stop.
WISHES = re.compile(
    r"\?|\b(?:want|wish|need|like|prefer|chahiye|chahie)\b(?! (?:to|it|this|that|more)\b)"
    r"|\b(?:want|wish|need|like|prefer) to (?!keep|stay|remain|think|wait|leave|cancel|stop|withdraw|hold|be left"
    r"|talk it"
    r"|sleep|ask my|check)"
    r"|^(?:and |but |so |please |pls |just |only |instead |also |then |rather )*(?:send|give|make|change|use|write"
    r"|correct"
    r"|fix|delete|erase|remove|wipe|export|transfer|restrict|block|freeze|limit|show|tell|put|take me|unsubscribe"
    r"|register"
    r"|bhejo|bhej)\b"
    r"|\b(?:instead|rather|except)\b(?! (?:of|not)\b)|^(?:but |just |only |sirf )+(?!.*\b(?:if|because|cause)\b)"
    r"|\b(?:newsletters?|sms|whatsapp|ads?|offers|promo\w*|spam)\b"
)
# What somebody does for themselves, or feels, wishes nothing of us.
OWN_DOING = re.compile(
    LEAD + r"(?:i(?:'ll| will|'m going to|m going to| am going to| can| could|'d rather| might)|let me|we'll|we will"
    r"|main|mai"
    r"|hum|my (?:wife|husband|son|daughter|mum|mom|dad|friend|lawyer|boss|brother|sister|colleague))\b(?!.*\?)"
)
# Whoever says so wants a human being.
PERSON = re.compile(
    r"\b(?:human|real person|a person|actual person|someone (?:real|human|from)|somebody (?:real|from)|operator"
    r"|live agent"
    r"|real people|an? agent|representative|staff member|some(?:one|body) (?:to )?(?:call|ring|phone|contact|talk"
    r"|speak|help)"
    r"|(?:speak|talk|chat) (?:to|with) (?!you\b|u\b|my\b|the bank)|insaan|insan|aadmi se|kisi se baat"
    r"|(?:have|can) (?:some(?:one|body)) (?:call|ring|contact))"
)
# The answer will come later: nothing is refused, and nothing is wrong.
LATER = re.compile(
    LEAD + r"(?:.{0,60}\b(?:can't|cant|cannot|can not|unable to|not able to|couldn't) (?:open|access|get (?:to|into|at)"
    r"|check|reach|see|read|look at|log ?in(?:to)?|use) (?:my |the |that |into |to |in )*(?:private |personal "
    r"|work |other "
    r"|old )*(?:e-?mails?|mails?|inbox|mailbox|gmail|outlook|it|that|code)\b.{0,60}\b(?:now|right now|rn|today"
    r"|tonight|tomorrow|later|at work|at the moment|till|until|evening|morning|yet|home)\b.{0,60}"
    r"|(?:.{0,80}[ ,])?(?:i(?:'ll| will|'m going to| am going to)|will|gonna|shall) (?:do|check|type|enter|send"
    r"|look|give|post"
    r"|paste|get|come back|be back|see|read|open|try|finish|complete|bring|tell)\b(?: \w+){0,6} (?:later|tonight"
    r"|tomorrow|soon"
    r"|afterwards|in (?:(?:a|an|one|the|few|some|couple|of|\d+) )+(?:sec|min|hour|day|moment|bit|while|evening"
    r"|morning|afternoon)\w*|when i\b.{0,60}|once i\b.{0,60}|after\b.{0,40}|at (?:home|lunch)"
    r"|this evening|next week|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:.{0,40})"
    r"|(?:later|not now|in a (?:bit|minute|moment|sec|second|while)|one (?:sec|second|moment|minute|min)|1 (?:sec"
    r"|min)|a"
    r" (?:moment|minute|second|sec)|just a (?:moment|minute|second|sec|min)|give me (?:a|one|two|five|some|\d)"
    r" ?(?:sec|second|minutes?|mins?|moment|time)s?|gimme a (?:sec|minute|min|moment)|hold on|hang on|wait|brb|bbl"
    r"|let me"
    r" (?:check|look|see|find(?: it)?|open(?: it)?|get(?: it)?)(?: (?:my|the) (?:mail|email|inbox|code))?"
    r"|checking(?: (?:now|it|my"
    r" mail))?|looking(?: for it)?|still (?:waiting|looking)|be right back|ek (?:min|minute|second|sec)|ruko|rukiye"
    r"|thodi der (?:mein|me|baad)|baad (?:mein|me)(?: (?:bata|de|daal|dalta|karta|karti)\w*(?: \w+){0,2})?"
    r"|abhi nahi(?: (?:khol|dekh) (?:sakta|sakti))?(?: baad (?:mein|me))?|(?:shaam|raat|kal) (?:ko |tak )?(?:bata"
    r"|de|daal|dekh"
    r"|kar)\w*(?: \w+){0,2})" + TAIL + r")"
)
# Nothing of this kind can wait.
ALARMS = re.compile(
    r"\b(?:hack\w*|some(?:one|body)|password|stolen|stole|lost|leak\w*|phish\w*|scam\w*|fraud\w*|locked|breach\w*"
    r"|virus"
    r"|changed|logged|login|strange|suspicious)\b"
)
# The address that this conversation knows already.
SAME_ADDRESS = re.compile(
    r"\b(?:(?:the |this |my |that |under the |to the )?(?:very |exact )?same (?:e-?mail|mail|address|addr|id"
    r"|mailbox|inbox|one"
    r"|account|mail id|e-?mail address|e-?mail id|as (?:before|above|earlier|last time|previously|the first"
    r"|i (?:gave|said))"
    r"|place)|(?:the )?(?:address|e-?mail|mail|one|mail id) (?:that |which )?(?:i (?:gave|used|typed|wrote|sent"
    r"|told|mentioned"
    r"|confirmed|just (?:gave|used|confirmed))|from (?:before|above|earlier|just now)|you (?:just )?(?:used"
    r"|wrote to|have"
    r" (?:from )?(?:above|before)|mailed|sent (?:the|that|my) code to)|above|as before)"
    r"|same email|same again|as (?:before|above)|previous (?:e-?mail|address|one)|(?:e-?mail|address|mail"
    r"|id) (?:is |stays "
    r"|remains )?(?:the )?(?:same|unchanged)|(?:wahi|wohi|same|usi|vahi) (?:e-?mail|mail|address|wala|wali|pe|par"
    r"|hai|id)\w*"
    r"|upar wala|already (?:gave|given|told|typed|confirmed) (?:it|you|that|u)(?: above)?)\b|\Asame\W*\Z"
)
# A question about the question itself.
HUH = re.compile(
    LEAD
    + r"(?:huh|eh|wha+t|come again|pardon|what (?:do|did) (?:you|u) mean\b.*|meaning|matlab|kya matlab|what is that"
    r"|what(?:'s| is) (?:this|that)|which (?:one|address|email|mail|right|code)|what (?:address|e-?mail|mail|code"
    r"|right|else)"
    r"|i (?:do not|don't|dont) (?:understand|get it|get that|follow|know(?: what (?:you|u) mean)?)|no idea|idk|dunno"
    r"|samajh nahi aaya|samjha nahi|samjhi nahi|kaunsa|kaun sa)[ ?.!]*"
)
