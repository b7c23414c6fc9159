"""The words that answers are made of, as data: what affirms, what takes back, what says nothing either way.

English as people type it, Hindi in Latin letters, and the yes of some other languages. Knows no rule.
"""

import re

# A yes by itself: whatever else stands beside one at the edge of an answer, it is a yes while nothing speaks against it.
STRONG_YES = frozenset(
    (
        "yes yess yee ye yep yeah yea yup yip yas yaas yass yus aye yh yeh yess yessir yesss yupp yepp yeap yeh haan han "
        "haa haanji hanji hanjee jee ji bilkul confirm confirmed confirming confirms affirmative absolutely definitely "
        "certainly indeed agreed zaroor zarur pakka oui si ja jawohl da genau claro tak evet sim hai-ji haan-ji hmm-yes"
    ).split()
)
# What agrees where nothing else is said.
YES = STRONG_YES | frozenset(
    (
        "y ya yah ok okay okey okie okk oki okdok okidoki okeydokey oke k kk kay sure surely right rite correct corect "
        "correctly agree agrees accept accepted approve approved approving affirm perfect perfectly true truth fine exact "
        "exactly precisely accurate accurately great good grand lovely brilliant excellent super superb awesome "
        "wonderful fantastic fab cool nice ideal splendid sound spot-on bang-on alright allright alrighty righto roger "
        "copy-that ten-four amen deal done granted totally completely proceed procced continue go goahead gogogo forward "
        "submit register file launch process begin start execute sahi sahih theek thik teek thikhai theekhai shi barabar "
        "kardo kardijiye kijiye kijie karde kardein kareye ho hoon chalo chalega badhiya mast sehi jaldi-karo "
        "bingo yolo yay hooray legit valid verified solid gut gucci bet word proper properly fair fairly satisfied "
        "happy content pleased comfortable both ready tick check checks ticked affirming vale bueno bien parfait "
        "dakor daccord d'accord certo perfetto klar stimmt richtig passt"
    ).split()
)
# Says nothing either way: courtesy, people addressed, small words, and what the request itself is called.
NEUTRAL = frozenset(
    (
        "please pls plz plss plis pl kindly thanks thank thx thnx ty tysm ta cheers you u ya'll your ur yours yourself me "
        "my mine i im i'm we us our it its it's that thats that's this these those they them their there here the a an "
        "and n & so then now just only simply really very quite pretty well all everything every each one ones two three "
        "four five both lot bit of in on at to for with by as from about is are was be been being am do does did done "
        "doing have has had having will would should shall can could may might must got get gotten get's let lets let's "
        "letsgo ve ll s d t re m what which how who mean meant means said say says saying state states stated write "
        "wrote written typed put described describe summary summarised list listed details detail info information data "
        "record records name address addresses email emails e-mail mail mailbox id account request requests ticket "
        "tickets point points item items thing things part parts stuff right-ones number order above below asked ask "
        "asking want wanted wants wish wished need needed needs like liked likes know see saw seen read reads checked "
        "looked look looks looking seems seem sounds sound feels feel works work working way case today already already! "
        "still finally at-last asap quick quickly fast soon immediately right-away straight away once hurry too also "
        "as-well same again sir madam maam ma'am dear love mate bro bruh dude man buddy boss friend hun honey darling pal "
        "team folks guys bhai bhaiya yaar didi ji sahab saab hi hello hey hiya ah ahh oh ooh um umm uh uhm hm hmm hmmm mm "
        "mmm mhm mhmm lol haha hahaha hehe lmao omg wow phew welp anyway anyways honestly actually truly sure-thing of-"
        "course such make makes made sense take takes thought think guess suppose believe reckon imo tbh far bueno job "
        "well-done nicely clear clearly understood understand bless god cheers kind regards much many more ahead along "
        "through up off out over back course hai h ha hain hu hun tha thi the ho hi to toh na naa nah-na yeh ye woh wo "
        "wohi wahi yahi yehi isko usko inko mera meri mere mujhe main maine aap tum apna apki aapne jo kya-baat sab sabhi "
        "kuch bas abhi ab aur kar karo karna karen kare karwa do dijiye dijie de lo lijiye jaldi bhi poora pura itna "
        "theek-se ekdum achha accha acha thank-you goes send mailed sending open opened opening create created raise "
        "lodge nothing-else note noted give given keep going happen happens time day enough damn hell duh obviously whatever dokey dokie doke "
        "use used using under behalf own personally hereby herewith undersigned answer reply"
    ).split()
)
# Letters' other uses of words that affirm: with these nothing is affirmed.
_AGAINST_WORDS = (
    "but except however instead rather change changes changed wrong incorrect false not no nope never dont don't doesnt "
    "doesn't didnt didn't isnt isn't arent aren't wasnt wasn't cant can't cannot wont won't shouldnt shouldn't wouldnt "
    "wouldn't without different other another wait hold almost nearly mostly partly half unless until till later if maybe "
    "perhaps unsure question old typo mistake mistakes missing forgot misspelt misspelled error outdated add remove plus "
    "minus update replace lekin magar par nahi nahin nai nhi naa mat galat sirf-nahi badlo badal galti pehle ruko ruk "
    "cancel stop abort quit drop forget scrap withdraw undo revoke retract rehne rahne wapas chhodo chodo hack hacked "
    "phishing scam complain complaint human operator person nope nah confused unclear huh"
)
AGAINST = frozenset(_AGAINST_WORDS.split())
# Of those, what may stand in a yes that has already been said: "yes, stop them", "yes, remove".
_MAY_BE_WISHED = "stop remove drop forget cancel withdraw revoke"
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
    + rf"{_N} (?:more |other |further |big |real )*{_FAULTS}(?: (?:there|here|at all|needed|required|from me|from my side"
    r"|on my side|with that|with it|to make|to report|whatsoever|found|anymore|any more))*"
    r"|nothing (?:to (?:change|add|correct|fix|amend|edit)|wrong|is wrong|missing|is missing|else|more|needs? "
    r"(?:changing|to change|correcting|fixing|to be changed))(?: (?:there|here|with (?:it|that|this)|to add|at all|from"
    r" (?:me|my side)))*"
    r"|(?:do not|don't|dont|no need to|needn't|you needn't) (?:need to )?(?:change|touch|alter|correct|fix)"
    r" (?:a thing|anything|it|a word|nothing|a single thing)"
    r"|(?:not|nothing|isn't|isnt|aint|ain't) (?:wrong|incorrect|bad|mistaken)(?: (?:there|here|with (?:it|that|this)))?"
    r"|can(?:'t|not|t) (?:complain|fault (?:it|that)|argue(?: with that)?|wait)"
    r"|could(?:n't|nt| not) (?:be better|be more right|agree more|have (?:said|put) it better(?: myself)?)"
    r"|(?:i )?(?:do not|don't|dont) mind|why (?:ever )?not|not a problem|no doubt|i have no objection"
    r"|(?:kuch|koi|koyi) ?(?:bhi )?(?:galat|galti|dikkat|problem|change|badlaav|badlav|gadbad|issue) ?(?:bhi )?(?:nahi|"
    r"nahin|nhi|nai)(?: (?:hai|he|h|karna))?|galat (?:nahi|nahin|nhi) (?:hai|he|h)"
    r"|(?:looks?|seems?|sounds?|is|are|was) (?:all )?(?:fine|good|right|ok|okay|correct|great|well|in order)"
    r"|in order|as (?:it|that|they) (?:is|should be|stands?|are|was)|(?:as|like) (?:i )?(?:said|wrote|asked|written|stated"
    r"|listed|described|above|shown|summari[sz]ed|you (?:say|said|wrote|have it|put it|summari[sz]ed|wrote it))"
    r"|(?:that|this|it|thats|that's|its|it's|that'll|that will)(?: is| be|'s)? (?:it|the one|the ones|me|mine|my one"
    r"|what i (?:want|wanted|need|needed|mean|meant|asked|asked for|said|wish|wished|wish for|am asking|am asking for"
    r"|would like|had in mind)|how i (?:mean|meant|want|wanted|wish|like) it|the (?:right|correct|proper) (?:one|ones|thing"
    r"|address|email|mail|request|list)|my (?:address|email|mail|e-mail|request|wish)|all(?: i (?:want|need|wanted|asked)"
    r"(?: for)?)?|about right|everything|do|does it|works|the gist|the idea|the plan)"
    r"|(?:you(?:'ve| have|ve)?|u) (?:got|have|understood|read|heard|wrote|put|took) (?:it|that|me|this|everything|all"
    r"|them|my \w+)(?: (?:all|quite|exactly|perfectly|just))*(?: (?:right|correct|correctly|fine|well|down|spot on))*"
    r"|(?:makes?|making) sense|so be it|be it so|spot[ -]on|bang[ -]on|dead[ -]on|on the (?:nose|money|dot)"
    r"|hit the nail|nailed it|good to go|ready to go|all (?:good|set|fine|right|clear|ok|okay|correct|well|yes|yours)"
    r"|go (?:ahead|on|for it|right ahead|forth|go|head)|lets? (?:go|do (?:it|this|that|so))|let's (?:go|do (?:it|this"
    r"|that|so)|get (?:it|this) done|proceed)|let us (?:do (?:it|this|so)|proceed|go)"
    r"|(?:please |pls |kindly |just |now )*do (?:it|so|that|this|the needful|both|all|them|proceed|go|please|register"
    r"|confirm|continue)(?: (?:already|now|please|pls|then))*|needful|make it (?:so|happen)|get (?:it|this|on with it)"
    r"(?: (?:done|going|over with|started|on))?|crack on|carry on|fire away|press on|move (?:on|ahead|forward)|ship it"
    r"|send (?:it|it off|it through|it in|it over|the code|me the code|code|them)|by all means|you (?:may|can) (?:proceed"
    r"|go ahead|go on|continue|start|register|do (?:it|so|that)|open it|send it)|be my guest|works? for me|fine (?:by|with)"
    r" me|ok(?:ay)? (?:by|with) me|i(?:'m| am|m) (?:fine|happy|ok|okay|good|in|sure|certain|positive|content|satisfied"
    r"|on board)(?: with (?:that|it|this|all))?|count me in|(?:no|not any) problem|sounds? like a plan|sign me up"
    r"|i (?:do|would|think so|guess so|suppose so|believe so|reckon so|hope so|stand by (?:it|that))|of course|for sure"
    r"|you bet|yessir|copy that|10-4|100 ?%|1000 ?%|hundred percent|percent|\+1|as requested|true that"
    r"|kar (?:do|dijiye|dijie|den|dein|de|lo)|karwa do|ho jaye|ho jaaye|chalega|theek hai|thik hai|theek h|thik h|sahi hai"
    r"|sahi h|sab (?:sahi|theek|thik|badhiya)|bilkul sahi|aage badho|aage badhiye|aage badhao|haan ji|han ji|ji haan"
    r"|as (?:you|u) (?:wish|like|please|say)|with pleasure|gladly|thumbs up|tick the box|done deal|check(?:s|ed)? out"
    r"|no (?:need|reason) to (?:wait|ask)|you're right|youre right|u r right|ur right|you are (?:right|correct)"
    r")(?!\w)"
)
# A wish of its own, though the words are mild: with these a yes-like word is none.
ELSE = re.compile(
    r"\b(?:(?:my|the|an?) (?:new|second|other|work|private|old) |should (?:be|read|say)|must be|to go\b(?! ahead)|go (?:away"
    r"|to|back|home|there)|good (?:bye|night|luck|morning|evening|afternoon|question)|right (?:of|to)\b|rights\b|right (?:is|are)\b|a right\b|not sure|get"
    r" back|call me|call back|send again|how much|how long|tell me|do nothing|which right|good question|right now i|fine print|\bcorrect (?:the|my|it|this|that)\b|fix (?:the|my|it)"
    r"|all wrong|far from)"
)
YES_SIGNS = "👍✅✔👌☑💯🆗🙆✓☺🤝"
NO_SIGNS = "👎❌🚫✋🛑⛔"
