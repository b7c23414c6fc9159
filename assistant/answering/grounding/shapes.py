"""Questions about one frame, or several that are joined: what may be told of them, and what belongs to what."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.deeds import confined, let
from assistant.answering.grounding.frames import MAIN, THAT, WHO, Frame, Item, Nouns
from assistant.answering.grounding.groups import verb_class
from assistant.answering.grounding.tagging import family
from assistant.answering.grounding.words import head, heads

_MOST_JOINED = 5  # statements: of a longer run only the whole is told
MANNER = lex.MODALS | {lex.NOT, lex.BE}
TAKES_ALL = frozenset(
    {"unless", "except", "subject", "subject-to", "with", "without", "until", "while", "though", "although", "but",
     "after", "before", "under", "upon", "within", "during", "provided", "only", "once", lex.COMPLY, "at"}
)  # fmt: skip
_COMPLEMENTS = frozenset({"to", THAT, "how", "whether"})
_LINKS = tuple(
    (frozenset(verb_class(family(head(verb))) for verb in verbs), frozenset(links), persons)
    for verbs, links, persons in para.LINKS
    if "collect" not in verbs
)
PARTIES = frozenset(map(family, heads(lex.OTHER_PERSONS | para.PERSONS))) | {lex.ORG, lex.YOU}


_TAILS = frozenset({"for", "in", "of", "to", "with", lex.ABOUT})


def lets(frame: Frame) -> bool:
    """What something helps to do, or allows: said of less, it still helps with that."""
    return let(frame) is not None


def counted(nouns: Nouns) -> bool:
    return any(mark.isdigit() for item in nouns.items for word in item for mark in word)


def imperative(frame: Frame) -> bool:
    """`please contact us`: what the reader is asked to do, the reader may do."""
    told = frame.link == MAIN and frame.subject.items == [(lex.YOU,)] and not frame.flags
    return told and frame.verbs == [family(head("contact"))]


def parties_in(nouns: Nouns) -> bool:
    return any(set(item) & PARTIES for item in nouns.items)


def linked_alike(link: str, frame: Frame, *, parties: bool) -> set[str]:
    """Links that say the same after the verbs of this frame."""
    verbs = {verb_class(verb) for verb in frame.verbs}
    return {
        other for of, links, persons in _LINKS if link in links and verbs & of and persons == parties for other in links
    }


def complemented(frame: Frame) -> bool:
    return not frame.object.items and not frame.adjuncts and any(child.link in _COMPLEMENTS for child in frame.children)


def families(frame: Frame, *, complement: bool = False) -> list[list[Frame]]:
    """The lower statements that hang on a frame, those joined to one another together."""
    groups: list[list[Frame]] = []
    for child in frame.children:
        if child.link == WHO or (child.link in _COMPLEMENTS and complemented(frame)) != complement:
            continue
        mine = next((group for group in groups if group[0].link == child.link), None)
        if mine is None:
            groups.append([child])
        else:
            mine.append(child)
    return groups


def choices(frames: Sequence[Frame], *, loose: bool) -> list[tuple[Frame, ...]]:
    """Which of joined statements may be told: all, in any of two orders, or some where nothing binds them."""
    whole = tuple(frames)
    if len(frames) == 1:
        return [whole]
    found = [whole, whole[::-1]]
    joint = frames[-1].joint
    if not loose or (joint == "or" and not all(frame.flags & {"may", "can"} for frame in frames)):
        return found
    contrast = any(frame.bound for frame in frames) and not frames[0].siblings
    if contrast:
        return [*found, *((frame,) for frame in frames if not frame.bound)]
    if len(frames) > _MOST_JOINED:
        return found
    for mask in range(1, (1 << len(frames)) - 1):
        chosen = tuple(frame for at, frame in enumerate(frames) if mask >> at & 1)
        if frames[-1] in chosen or not _narrowed(frames[-1]) or not frames[-1].siblings:
            found.extend({chosen: None, chosen[::-1]: None})
    return found


def agent_of_condition(at: int, frame: Frame) -> bool:
    """`when required by courts`: who requires it is said of the condition."""
    if not 0 < at < len(frame.adjuncts) or frame.adjuncts[at][0] != "by":
        return False
    return frame.adjuncts[at - 1][0] in {"when", "where", "unless"}


def _narrowed(frame: Frame) -> bool:
    links = {link for link, _ in frame.adjuncts} | {child.link for child in frame.children}
    return bool(links & (TAKES_ALL | {"when", "where"} - {"with", "within", "upon"}))


def joints_of(roots: Sequence[Frame]) -> frozenset[str]:
    if roots[-1].joint == "or":
        return frozenset({"or"})
    contrast = any(frame.bound for frame in roots) and not roots[0].siblings
    return frozenset({"and"}) | (para.CONTRAST if contrast else frozenset())


def host_item(child: Frame, frame: Frame | None) -> Item:
    if frame is None:
        return ()
    if child.subject.items and _holder(child.subject.items[0], frame):
        return child.subject.items[0]
    nouns = frame.adjuncts[-1][1] if frame.adjuncts else frame.object
    return nouns.items[-1] if nouns.items else ()


def _holder(item: Item, frame: Frame) -> str:
    if any(item in nouns.items for _, nouns in frame.adjuncts):
        return "adjunct"
    if item in frame.object.items:
        return "object"
    return "subject" if item in frame.subject.items else ""


def without_tails(frame: Frame) -> Iterator[Frame]:
    if frame.verb_joint == "and" and all(link in {"in", "to", "for"} for link, _ in frame.adjuncts):
        spare = all(child.link == "to" for child in frame.children) and not confined(frame)
        if spare and not any(map(counted, (nouns for _, nouns in frame.adjuncts))):
            yield replace(frame, verbs=frame.verbs[:-1], adjuncts=[], children=[])
    hosts = [(-1, "", frame.object), *((at, link, nouns) for at, (link, nouns) in enumerate(frame.adjuncts))]
    for at, link, nouns in hosts:
        tail = frame.adjuncts[at + 1][0] if at + 1 < len(frame.adjuncts) else ""
        short = len(nouns.items) > 1 and tail in _TAILS and tail != link and not shared_noun(nouns)
        if not short or link == lex.SUCH_AS or (at < 0 and (nouns.joint != "and" or frame.bound or confined(frame))):
            continue
        fewer = Nouns(nouns.items[:-1], nouns.joint, nouns.spoken)
        adjuncts = [*frame.adjuncts[: max(at, 0)], *([(link, fewer)] if at >= 0 else []), *frame.adjuncts[at + 2 :]]
        yield replace(frame, object=fewer if at < 0 else frame.object, adjuncts=adjuncts)


def hosted(child: Frame, frame: Frame) -> str:
    return _holder(host_item(child, frame), frame)


def shared_noun(nouns: Nouns) -> bool:
    """Modifiers of one noun (`legal and contractual duties`): taking one away would move the others."""
    short = len(nouns.items) > 1 and all(len(item) == 1 for item in nouns.items[:-1]) and len(nouns.items[-1]) > 1
    return short and any(item[0].endswith(lex.ADJECTIVE_ENDINGS) for item in nouns.items[:-1] if item)


def examples_of(frame: Frame, at: int) -> Nouns | None:
    """The examples of what the link there governs, or, at -1, of what the deed is done to.

    Of two things before them they belong to the one that shares a word with them, else to what the deed is done to.
    """
    place, examples = _examples_below(frame)
    if examples is None:
        return None
    near = place - 1
    shares = near >= 0 and _words(frame.adjuncts[near][1]) & _words(examples)
    host = near if shares or not frame.object.items else -1
    return examples if at == host else None


def _examples_below(frame: Frame) -> tuple[int, Nouns | None]:
    """Where the examples stand among the links of a frame; behind them all if they follow a relative."""
    for at, (link, nouns) in enumerate(frame.adjuncts):
        if link == lex.SUCH_AS:
            return at, nouns
    related = [child for child in frame.children if child.link == WHO]
    while related:
        found = next((nouns for link, nouns in related[-1].adjuncts if link == lex.SUCH_AS), None)
        if found is not None:
            return len(frame.adjuncts), found
        related = related[-1].children
    return 0, None


def _words(nouns: Nouns) -> set[str]:
    return {word for item in nouns.items for word in item}
