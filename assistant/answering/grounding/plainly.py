"""Wordings and what they say, as data: a pattern of plain lower-case text and its meaning. Knows no policy.

A rule may stand here only if the left side never says more, or anything else, than the right side. `ALWAYS` are applied
in turn to every sentence; of `PERHAPS` each gives one more wording beside those there are.
"""

ALWAYS: tuple[tuple[str, str], ...] = (
    # what only opens or pads
    (r"^(?:however|in addition|in particular|please note that|note that|in short|overall|generally speaking), ", ""),
    (r"^(?:and|also|but) ", ""),
    (r"^(?:according to|under) (?:the|our|this) (?:privacy )?policy, ", ""),
    (r",? however,", ""),
    (r",? but (?:this|that|it) is subject to\b", ", subject to"),
    (r"\bfor (?:things|purposes) (?:like|such as) ", "for "),
    (r",? among other (?:purposes|uses|reasons),? such as ", " and "),
    (r"\bbefore (?:it is|they are) integrated\b|\bbefore integrating (?:them|it)\b", "before integration"),
    (r"^(?:typically|often), yes[,:] (?=.*\b(?:typically|often)\b)", ""),
    (r"^(.+?) (?:is|are) one of the things that (.+?), along with (.+)$", r"\2 \1 and \3"),
    (r"\b(?:is|are) included in (the [^,]+? (?:we|you) )", r"are among \1"),
    (r"^among other (?:things|purposes|uses|reasons), ", ""),
    (r",? among (?:other (?:things|purposes|uses|reasons|data|information)|others)\b(?! such),?", ""),
    (r"^(we|they|it|you) may(?: do so)?: (?=.*\bmay\b)", ""),
    (r"; (?:please )?note that ", ", but "),
    (r",? (?:with|and) (?:that|it) includes?\b|, among (?:it|them)\b", ", including"),
    (r",? (?:for example|for instance),", ","),
    (r"\bin order to\b", "to"),
    (r"\b(?:so that|so) we (?:can|may|are able to)\b", "to"),
    (r",? (?:with the (?:aim|goal|purpose|intention) of|for the purposes? of|with a view to) (\w+ing)\b", r" to \1"),
    (r"\bfor the purposes? of\b", "for"),
    # the speaker
    (r"\bthe company's\b|\bthe company is\b(?= policy)", "our"),
    (r"\bthe company\b", "we"),
    (r"\bour team\b(?! of)", "we"),
    (r"\bdon't\b", "do not"),
    (r"\bdoesn't\b", "does not"),
    # what can be done
    (r"\b(?:are|is) able to\b", "can"),
    (r"\b(make|makes|making) it possible (?:for us )?to\b", r"allow us to"),
    (r"\b(make|makes|making) possible\b", "enable"),
    (r"\b(?:has|have) (?:made )?a commitment to\b|\bcommits? (?:itself |ourselves )?to\b", "is committed to"),
    # verbs said with a noun
    (r"\b(?:carry|carries|carrying) out (?:an |the )?analysis of\b", "analyse"),
    (r"\bmak(?:e|es|ing) use of\b", "use"),
    (r"\bmak(?:e|es|ing) (?:a )?requests? for\b", "request"),
    (r"\bask(?:s|ing)? for\b", "request"),
    (r"\bin an? encrypted form\b", "encrypted"),
    (r"\blets? you know\b", "notify you"),
    (r"\bon a regular basis\b", "regularly"),
    (
        r"\b(?:once|after) (?:the |your )?(\w+) (?:is|has been) (?:complete|completed|finished)\b",
        r"after \1 completion",
    ),
    (r"\bno longer needed\b", "no longer necessary"),
    (
        r"\b(request|ask) that (?:they|it) be (?:deleted|erased|removed) (?:sooner|earlier)\b",
        "request earlier deletion",
    ),
    (r"\bask us to delete (?:them|it) (?:sooner|earlier)\b", "request earlier deletion"),
    (r"\b(?:that|which) (?:are|is) based on\b", "based on"),
    (r"\beach of (?:the|our) ", "each "),
    (r"\bha(?:s|ve) an? ([^,]+?) of (?:its|their) own\b", r"has its \1"),
    (r"\bwith the help of\b|\bby means of\b|\bby way of\b|\bthanks to\b|\bby using\b", "through"),
    (r"\bwith regard to\b|\bin relation to\b|\bwith respect to\b", "regarding"),
    (r"\bthe european union\b|\bthe eu\b", "european union"),
)

PERHAPS: tuple[tuple[str, str], ...] = (
    (r"\bmak(?:e|es|ing) (our [^,]+?|the [^,]+?|[^,]+?) better\b", r"improve \1"),
    (r"\bkeep(?:s|ing)? (your [^,]+?) (?:secure|safe)\b", r"protect \1"),
    (r"\bkeep(?:s|ing)? (your [^,]+?) secure\b", r"ensuring the security of \1"),
    (r"\bsecuring (your [^,]+?)$", r"ensuring the security of \1"),
    (r"\bensur(?:e|es|ing) (?:that )?(your [^,]+?) is secure\b", r"ensure the security of \1"),
    (r"\bha(?:s|ve) ([^,]+?) in place\b", r"maintain \1"),
    (r"\bha(?:s|ve)\b", "maintain"),
    (r"\benjoys?\b", "have"),
    (r"\bhow (?:the |our )?(\w+) functions?\b", r"\1 functionality"),
    (r"\brequest that (your .+?) be (?:deleted|erased|removed)\b", r"request deletion of \1"),
    (r"\b(?:if|when) there (?:are|is) (?:an? )?", "for "),
    (r"^(.+?) (?:are|is) in place\b", r"we maintain \1"),
    (r"^(.+?) (?:are|is) in place\b", r"we implement \1"),
    (r"\bcontinuing to use (our \w+)", r"continued use of \1"),
    (r"^if you continue to use (.+?), (?:this|that|it) ", r"continued use of \1 "),
    (r"^by continuing to use (.+?), you ", r"continued use of \1 "),
    (r"\bindicates? (?:that )?you accept\b", "indicates acceptance of"),
    (r"^because of (our commitment [^,]+), ", r"\1 ensures that "),
    (r"^(?:if you are|as) an? (.+?), you may have (.+)$", r"for \1, \2 may apply"),
    (r",? (?:and|but) (?:you )?(?:will |can )?(?:still|continue to) (?:receive|get)\b", " while continuing to receive"),
    # a deed and its noun
    (r"\b(we(?: \w+ly)?) review (.+?) (?:annually|every year|once a year)\b", r"\1 conduct annual reviews of \2"),
    (r"^(.+?) (?:is|are) reviewed (?:annually|every year|once a year)\b", r"we conduct annual reviews of \1"),
    (r", and we review (.+?) (?:annually|every year)$", r", and we conduct annual reviews of \1"),
    (r"^(.*?)the retention period for (.+?) is (.+)$", r"\1 \2 is kept for \3"),
    (r"^(keep|us|collect|stor|retain)ing (.+?) is done to\b", r"we \1 \2 to"),
    (r"^(?:members of )?(.+?) (?:receives?|gets?|(?:is|are) (?:given|offered|provided with)) (.+)$",
     r"we conduct \2 for \1"),
    (r"^(?:members of )?(.+?) (?:receives?|gets?|(?:is|are) (?:given|offered|provided with)) (.+)$",
     r"we provide \2 for \1"),
    (r"\b(?:the )?(\w+(?:ion|age|al)) and (\w+(?:ion|age|al)) of (\w+)\b", r"\3 \1 and \2"),
    (r"\b(\w+ing) and (\w+ing) (data|information)\b", r"\3 \1 and \2"),
    # one thing, told of twice
    (r"\b(\w+) ([^,]+?) and (\w+) (?:them|it)\b", r"\1 and \3 \2"),
    (r"^(.+?), which (?:are|is) (\w+ed), (?:are|is) ", r"\1 are \2 and "),
    (r"^(.+?) (?:are|is) ([^,]+), and (?:they|it) (?:are|is) (?:also )?(\w+ed)$", r"\1 are \3 and \2"),
    # what is not done in doing something
    (r",? and ([^,]+?) (?:are|is) not (?:revealed|disclosed)$", r" without revealing \1"),
    (r",? and (?:it|this|we) do(?:es)? not reveal ([^,]+?)$", r" without revealing \1"),
    # each of several
    (r"^(.+?) each have their (?:own )?", r"each \1 has its "),
    (r", as well as their own\b", " and its"),
    # a part of something larger
    (r"^(.+?), as part of (.+?), (is|are|may)\b", r"\2 such as \1 \3"),
    (r"^(.+?) belongs? to ", r"\1 is part of "),
)  # fmt: skip

# What is named only to be told of: `one of the things we use it for`.
EMPTY = frozenset({"things", "purposes", "reasons", "uses", "ways", "aims"})
