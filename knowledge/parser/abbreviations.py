"""Words whose full stop does not settle the end of a sentence, as data; the deciding is done in `sentences`.

All entries are lower case and without their last full stop. Collected from policies written in British,
Indian, American and European English.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What follows always belongs to the same sentence.
NEVER_LAST = _words(
    """
    e.g eg i.e ie cf viz vs v a.k.a aka w.e.f w.r.t r.w r/w u/s u/r c/o m/s messrs
    mr mrs ms dr prof smt shri sri kum er adv hon rev capt col gen lt sgt st. mt
    pvt pte pty regd govt attn re incl excl esp resp al
    """
)

# A number, a letter or a numeral belongs to them; otherwise their full stop ends the sentence.
BEFORE_A_NUMBER = _words(
    """
    no nos nr num art arts sec secs sect s ss para paras par cl cls reg regs ch chap sch sched rec recs lit
    p pp pg vol ed eds fig figs tab app annex. ext tel ph mob fax approx ca circa max min avg rs inr eur usd
    jan feb mar apr jun jul aug sep sept oct nov dec sun mon tue tues wed thu thur thurs fri sat
    """
)

# They close a name or an address, so the sentence goes on unless the next word is one that opens sentences.
OFTEN_LAST = _words(
    """
    inc ltd co corp llc llp plc bros assn assoc jr sr esq dept div univ inst intl natl
    st rd ave blvd ln bldg ste apt fl hwy sq gmbh ag sa nv bv est
    """
)

# A capital after them opens a new sentence.
MOSTLY_LAST = _words("etc a.m p.m am pm hr hrs min. mins sec. yr yrs mth mths wk wks km kg mb gb")

TIMES = _words("a.m p.m am pm")

# After a time of day these still belong to the time.
AFTER_A_TIME = _words(
    """
    ist utc gmt cet cest eet bst est edt cst cdt mst mdt pst pdt pt et ct mt sgt jst aest aedt
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    indian eastern central mountain pacific greenwich
    """
)

# A letter after one of these is a label ("Annex B."), not the initial of a name.
BEFORE_A_LETTER = _words(
    "annex annexure appendix schedule exhibit part plan section category class clause group table type option vitamin"
)

# Names that are written with an exclamation mark.
EXCLAIMED = _words("yahoo joomla kahoot yum")

# Words that open sentences and hardly ever continue a name.
OPENERS = _words(
    """
    a about according additionally after all also although an and any anyone are as at because before below besides
    both but by can contact could despite did do does during each either every everyone except finally first following
    for from furthermore further generally has have he hence her here his how however i if in instead into is it its
    just last later like many more moreover most must my neither nevertheless no nobody none nor not nothing
    occasionally of on once one only or other others otherwise our ours over people please rather read sales see
    several she should similarly since so some sometimes such that the their then there thereafter therefore these
    they this those though through thus to together under unless until unlike upon us users using usually visitors
    we what when whenever where whether which while who whoever whom why with within without would write yet you your
    """
)
