"""The words that answers are made of, as data: what affirms, what takes back, what says nothing either way.

English as people type it, Hindi in Latin letters, and the yes of some other languages. Knows no rule.
"""

import re

# A yes by itself: with one at its edge an answer is a yes, as long as nothing in it speaks against that.
_STRONG_WORDS = (
    "absolutely affirmative agreed aye bilkul certainly claro confirm confirmed confirming confirms da "
    "definitely evet genau haa haan haan-ji haanji hai-ji han hanjee hanji hmm-yes indeed ja jawohl jee ji oui "
    "pakka si sim tak yaas yas yass ye yea yeah yeap yee yeh yep yepp yes yess yessir yesss yh yip yup yupp yus "
    "zaroor zarur"
)
STRONG_YES = frozenset(_STRONG_WORDS.split())
# What agrees where nothing else is said.
_AGREEING_WORDS = (
    "accept accepted accurate accurately affirm affirming agree agrees allright alright alrighty amen approve "
    "approved approving awesome badhiya bang-on barabar begin bet bien bingo both brilliant bueno certo chalega "
    "chalo check checks comfortable completely content continue cool copy-that corect correct correctly "
    "d'accord daccord dakor deal done exact exactly excellent execute fab fair fairly fantastic file fine "
    "forward go goahead gogogo good grand granted great gucci gut happy ho hoon hooray ideal jaldi-karo k karde "
    "kardein kardijiye kardo kareye kay kijie kijiye kk klar launch legit lovely mast nice ok okay okdok oke "
    "okey okeydokey oki okidoki okie okk parfait passt perfect perfectly perfetto pleased precisely procced "
    "proceed process proper properly ready register richtig right righto rite roger sahi sahih satisfied sehi "
    "shi solid sound splendid spot-on start stimmt submit super superb sure surely teek ten-four theek theekhai "
    "thik thikhai tick ticked totally true truth vale valid verified wonderful word y ya yah yay yolo"
)
YES = STRONG_YES | frozenset(_AGREEING_WORDS.split())
# Says nothing either way: courtesy, people addressed, small words, and what the request itself is called.
_NEUTRAL_WORDS = (
    "& a aap aapne ab abhi about above accha account acha achha actually address addresses again ah ahead ahh "
    "all along already already! also am an and answer anyway anyways apki apna are as as-well asap ask asked "
    "asking at at-last aur away back bas be been behalf being believe below bhai bhaiya bhi bit bless boss both "
    "bro bruh buddy bueno by can case checked cheers clear clearly could course create created d damn darling "
    "data day de dear describe described detail details did didi dijie dijiye do does doing doke dokey dokie "
    "done dude duh e-mail each ekdum email emails enough every everything far fast feel feels finally five "
    "folks for four friend from get get's give given god goes going got gotten guess guys h ha had haha hahaha "
    "hai hain happen happens has have having hehe hell hello here hereby herewith hey hi hiya hm hmm hmmm ho "
    "honestly honey how hu hun hurry i i'm id im immediately imo in info information inko is isko it it's item "
    "items itna its jaldi ji jo job just kar kare karen karna karo karwa keep kind kindly know kuch kya-baat "
    "let let's lets letsgo lijiye like liked likes list listed ll lmao lo lodge lol look looked looking looks "
    "lot love m ma'am maam madam made mail mailbox mailed main maine make makes man many mate may me mean means "
    "meant mera mere meri mhm mhmm might mine mm mmm more much mujhe must my n na naa nah-na name need needed "
    "needs nicely note noted nothing-else now number obviously of of-course off oh omg on once one ones only "
    "ooh open opened opening order our out over own pal part parts personally phew pl please plis pls plss plz "
    "point points poora pretty pura put quick quickly quite raise re read reads really reckon record records "
    "regards reply request requests right-away right-ones s saab sab sabhi sahab said same saw say saying says "
    "see seem seems seen send sending sense shall should simply sir so soon sound sounds state stated states "
    "still straight stuff such summarised summary suppose sure-thing t ta take takes tbh team tha thank "
    "thank-you thanks that that's thats the theek-se their them then there these they thi thing things think "
    "this thnx those thought three through thx ticket tickets time to today toh too truly tum two ty typed tysm "
    "u uh uhm um umm under undersigned understand understood up ur us use used using usko ve very wahi want "
    "wanted wants was way we well well-done welp what whatever which who will wish wished with wo woh wohi work "
    "working works would wow write written wrote ya'll yaar yahi ye yeh yehi you your yours yourself"
)
NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
# With one of these nothing is affirmed.
_AGAINST_WORDS = (
    "abort add almost another aren't arent badal badlo band but can't cancel cannot cant change changed changes "
    "chhodo chodo complain complaint confused didn't didnt different doesn't doesnt don't dont drop error "
    "except false forget forgot galat galti hack hacked half hold however huh human if incorrect instead isn't "
    "isnt later lekin magar mat maybe minus missing misspelled misspelt mistake mistakes mostly naa nah nahi "
    "nahin nai nearly never nhi no nope not old operator other outdated par partly pehle perhaps person "
    "phishing plus question quit radd rad rahne rather rehne remove replace retract revoke ruk ruko scam scrap "
    "shouldn't shouldnt sirf-nahi stop till typo unclear undo unless unsure until update wait wapas wasn't wasnt "
    "withdraw without won't wont wouldn't wouldnt wrong"
)
AGAINST = frozenset(_AGAINST_WORDS.split())
# Of those, what may stand in a yes that has already been said: "yes, stop them", "yes, remove".
_MAY_BE_WISHED = "stop remove drop forget cancel withdraw revoke band"
MAY_BE_WISHED = frozenset(_MAY_BE_WISHED.split())

_N = r"(?:no|not any|n't any|dont see any|don't see any|cant see any|can't see any|see no|found no|zero|without)"
_FAULTS = (
    r"(?:mistakes?|errors?|problems?|problemo|probs?|changes?|corrections?|worries|issues?|doubts?|doubt about it|"
    r"objections?|complaints|typos?|question|questions|edits?|amendments?|modifications?|faults?|need to change"
    r"(?: (?:anything|it|that))?|more changes|further changes|changes needed|notes|remarks)"
)
# What sounds like a no, or is several words long, and means that all is well: read as one yes.
IDIOMS = re.compile(
    r"\b(?:"
    rf"{_N} (?:more |other |further |big |real )*{_FAULTS}(?: (?:there|here|at all|needed|required|from me"
    rf"|from my side"
    r"|on my side|with that|with it|to make|to report|whatsoever|found|anymore|any more))*"
    r"|nothing (?:to (?:change|add|correct|fix|amend|edit)|wrong|is wrong|missing|is missing|else|more|needs? "
    r"(?:changing|to change|correcting|fixing|to be changed))(?: (?:there|here|with (?:it|that|this)|to add|at all"
    r"|from"
    r" (?:me|my side)))*"
    r"|(?:do not|don't|dont|no need to|needn't|you needn't) (?:need to )?(?:change|touch|alter|correct|fix)"
    r" (?:a thing|anything|it|a word|nothing|a single thing)"
    r"|(?:not|nothing|isn't|isnt|aint|ain't) (?:wrong|incorrect|bad|mistaken)(?: (?:there|here|with (?:it|that"
    r"|this)))?"
    r"|can(?:'t|not|t) (?:complain|fault (?:it|that)|argue(?: with that)?|wait)"
    r"|could(?:n't|nt| not) (?:be better|be more right|agree more|have (?:said|put) it better(?: myself)?)"
    r"|(?:i )?(?:do not|don't|dont) mind|why (?:ever )?not|not a problem|no doubt|i have no objection"
    r"|(?:kuch|koi|koyi) ?(?:bhi )?(?:galat|galti|dikkat|problem|change|badlaav|badlav|gadbad"
    r"|issue) ?(?:bhi )?(?:nahi|"
    r"nahin|nhi|nai)(?: (?:hai|he|h|karna))?|galat (?:nahi|nahin|nhi) (?:hai|he|h)"
    r"|(?:looks?|seems?|sounds?|is|are|was) (?:all )?(?:fine|good|right|ok|okay|correct|great|well|in order)"
    r"|in order|as (?:it|that|they) (?:is|should be|stands?|are|was)|(?:as|like) (?:i )?(?:said|wrote|asked"
    r"|written|stated"
    r"|listed|described|above|shown|summari[sz]ed|you (?:say|said|wrote|have it|put it|summari[sz]ed|wrote it))"
    r"|(?:that|this|it|thats|that's|its|it's|that'll|that will)(?: is| be|'s)? (?:it|the one|the ones|me|mine|my one"
    r"|what i (?:want|wanted|need|needed|mean|meant|asked|asked for|said|wish|wished|wish for|am asking|am asking for"
    r"|would like|had in mind)|how i (?:mean|meant|want|wanted|wish|like) it|the (?:right|correct|proper) (?:one"
    r"|ones|thing"
    r"|address|email|mail|request|list)|my (?:address|email|mail|e-mail|request|wish)|all(?: i (?:want|need|wanted"
    r"|asked)"
    r"(?: for)?)?|about right|everything|do|does it|works|the gist|the idea|the plan)"
    r"|(?:you(?:'ve| have|ve)?|u) (?:got|have|understood|read|heard|wrote|put|took) (?:it|that|me|this|everything|all"
    r"|them|my \w+)(?: (?:all|quite|exactly|perfectly|just))*(?: (?:right|correct|correctly|fine|well|down|spot on))*"
    r"|(?:makes?|making) sense|so be it|be it so|spot[ -]on|bang[ -]on|dead[ -]on|on the (?:nose|money|dot)"
    r"|hit the nail|nailed it|good to go|ready to go|all (?:good|set|fine|right|clear|ok|okay|correct|well|yes|yours)"
    r"|go (?:ahead|on|for it|right ahead|forth|go|head)|lets? (?:go|do (?:it|this|that|so))|let's (?:go|do (?:it|this"
    r"|that|so)|get (?:it|this) done|proceed)|let us (?:do (?:it|this|so)|proceed|go)"
    r"|(?:please |pls |kindly |just |now )*do (?:it|so|that|this|the needful|both|all|them|proceed|go|please|register"
    r"|confirm|continue)(?: (?:already|now|please|pls|then))*|needful|make it (?:so|happen)|get (?:it|this"
    r"|on with it)"
    r"(?: (?:done|going|over with|started|on))?|crack on|carry on|fire away|press on|move (?:on|ahead|forward)"
    r"|ship it"
    r"|send (?:it|it off|it through|it in|it over|the code|me the code|code|them)|by all means|you (?:may"
    r"|can) (?:proceed"
    r"|go ahead|go on|continue|start|register|do (?:it|so|that)|open it|send it)|be my guest|works? for me"
    r"|fine (?:by|with)"
    r" me|ok(?:ay)? (?:by|with) me|i(?:'m| am|m) (?:fine|happy|ok|okay|good|in|sure|certain|positive|content"
    r"|satisfied"
    r"|on board)(?: with (?:that|it|this|all))?|count me in|(?:no|not any) problem|sounds? like a plan|sign me up"
    r"|i (?:do|would|think so|guess so|suppose so|believe so|reckon so|hope so|stand by (?:it|that))|of course"
    r"|for sure"
    r"|you bet|yessir|copy that|10-4|100 ?%|1000 ?%|hundred percent|percent|\+1|as requested|true that"
    r"|kar (?:do|dijiye|dijie|den|dein|de|lo)|karwa do|ho jaye|ho jaaye|chalega|theek hai|thik hai|theek h|thik h"
    r"|sahi hai"
    r"|sahi h|sab (?:sahi|theek|thik|badhiya)|bilkul sahi|aage badho|aage badhiye|aage badhao|haan ji|han ji|ji haan"
    r"|as (?:you|u) (?:wish|like|please|say)|with pleasure|gladly|thumbs up|tick the box|done deal|check(?:s|ed)? out"
    r"|no (?:need|reason) to (?:wait|ask)|you're right|youre right|u r right|ur right|you are (?:right|correct)"
    r")(?!\w)"
)
# A wish of its own, though the words are mild: with these a yes-like word is none.
ELSE = re.compile(
    r"\b(?:(?:my|the|an?) (?:new|second|other|work|private|old) |should (?:be|read|say)|must be|to go\b(?! ahead)"
    r"|go (?:away"
    r"|to|back|home|there)|good (?:bye|night|luck|morning|evening|afternoon|question)|right (?:of|to)\b|rights\b"
    r"|right (?:is|are)\b|a right\b|not sure|get"
    r" back|call me|call back|send again|how much|how long|tell me|do nothing|which right|good question"
    r"|right now i|fine print|\bcorrect (?:the|my|it|this|that)\b|fix (?:the|my|it)"
    r"|all wrong|far from)"
)
YES_SIGNS = "👍✅✔👌☑💯🆗🙆✓☺🤝"
NO_SIGNS = "👎❌🚫✋🛑⛔"
