"""The words in which people name days and months, in English and Hindi; data only."""

import re

MONTHS: dict[str, int] = {
    **{
        name: number
        for number, names in enumerate(
            (
                ("january", "jan", "जनवरी", "janvari"),
                ("february", "feb", "febuary", "फरवरी", "farvari"),
                ("march", "mar", "मार्च"),
                ("april", "apr", "अप्रैल", "aprail"),
                ("may", "मई"),
                ("june", "jun", "जून"),
                ("july", "jul", "जुलाई", "julai"),
                ("august", "aug", "अगस्त", "agast"),
                ("september", "sept", "sep", "सितंबर", "सितम्बर"),
                ("october", "oct", "अक्टूबर", "aktubar"),
                ("november", "nov", "नवंबर", "नवम्बर"),
                ("december", "dec", "दिसंबर", "दिसम्बर"),
            ),
            1,
        )
        for name in names
    },
}

# Words that are far more often something else: "may I", "mar the record", "march on".
HOMONYMS = frozenset({"may", "mar", "march", "jan", "jun", "june", "april", "august", "sep", "dec"})

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon", "somvar", "सोमवार"),
            ("tuesday", "tues", "tue", "mangalvar", "मंगलवार"),
            ("wednesday", "wed", "budhvar", "बुधवार"),
            ("thursday", "thurs", "thur", "thu", "guruvar", "गुरुवार"),
            ("friday", "fri", "shukravar", "शुक्रवार"),
            ("saturday", "sat", "shanivar", "शनिवार"),
            ("sunday", "sun", "ravivar", "रविवार"),
        )
    )
    for name in names
}

# Days that move, or that people name without a year; the day is asked for.
FEASTS = (
    "diwali|deepavali|holi|dussehra|navratri|pongal|onam|eid|ramadan|ramzan|raksha bandhan|christmas|xmas|easter"
    "|thanksgiving|new year(?:'s(?: eve| day)?)?|ganesh chaturthi|दिवाली|होली|ईद"
)

# \b fails beside the vowel signs of Devanagari, which are no word characters.
EDGE_LEFT = r"(?<![\w\u0900-\u097f])"
EDGE_RIGHT = r"(?![\w\u0900-\u097f])"


def any_of(names: dict[str, int]) -> str:
    """The names as one alternation, the longest first."""
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
