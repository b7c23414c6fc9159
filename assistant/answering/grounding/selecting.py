"""Whether a sentence is a selection from one clause: its noun groups, who does what to what, and all that narrows it.

The most tolerant way to pass. The clause is read whole; of the sentence, only what stands beside each verb and link.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.deeds import (
    LETS,
    above,
    asked,
    below,
    confined,
    doers,
    flat,
    let,
    occasion_moved,
    parties_act,
)  # fmt: skip
from assistant.answering.grounding.frames import WHO, Frame, Item
from assistant.answering.grounding.groups import OWNERS, Group, groups, verb_class
from assistant.answering.grounding.tagging import Tag, Token, family, participle
from assistant.answering.grounding.words import head, heads

_PERSONS = frozenset(map(family, heads(lex.OTHER_PERSONS | para.PERSONS)))
_PARTIES = _PERSONS | {lex.ORG, lex.YOU}
_MODALS = frozenset(lex.MODALS)
_STRONG = frozenset({"unless", "subject", "subject-to", "except", "until", "when", "without", "with", "within", "where",
                     "after", "before", "only", "upon", "during", "provided", "while"})  # fmt: skip
_SHARED = _STRONG - {"with", "within", "upon"}
_GLUE = frozenset({"with", "upon", "in", "of", "by"})
_HOSTED = frozenset({"for", "in", "of", "to", "with", lex.ABOUT})
_LINKS = tuple(
    (frozenset(verb_class(family(head(verb))) for verb in verbs), frozenset(links), parties)
    for verbs, links, parties in para.LINKS
)
_PERSONAL = frozenset(map(family, heads(lex.OWN_NOUNS | {"right", "consent", "choice", "data", "device", "browser"})))
_ALIKE = tuple(frozenset(map(head, pair)) for pair in para.LINKS_ALIKE)
_PRONOUNS = frozenset({"it", "them", "they"})


def selects(clause: Sequence[Frame], known: Sequence[Token], said: Sequence[Token], *, owned: frozenset[str]) -> bool:
    """`clause` as frames and as tokens; `said` the tokens of the sentence; `owned` nouns may be called the reader's."""
    return _Selection(list(below(clause)), known, said, owned).holds()


class _Selection:
    def __init__(
        self, frames: list[Frame], known: Sequence[Token], said: Sequence[Token], owned: frozenset[str] = frozenset()
    ) -> None:
        self._owned = owned
        self._addressed = all(f.subject.items == [(lex.YOU,)] for f in frames if f.parent is None)
        nominal = {t.lemma for t in known if t.tag is Tag.NOUN}
        nominal |= {word for frame in frames for _, n in frame.adjuncts for item in n.items for word in flat(item)}
        self._nominal = frozenset(nominal) & frozenset(t.lemma for t in said if t.tag is Tag.ADVERB)
        self._deeds = {verb_class(verb) for frame in frames for verb in frame.verbs}
        self._frames = frames
        self._known = known
        self._said = said
        self._words = frozenset(token.lemma for token in said)
        self._classes = frozenset(verb_class(token.lemma) for token in said if token.tag is Tag.VERB)
        self._touched = [frame for frame in frames if {verb_class(v) for v in frame.verbs} & self._classes]

    def holds(self) -> bool:
        if not self._touched or self._twofold() or not self._single():
            return False
        if not parties_act(self._said, self._frames) or occasion_moved(self._frames, self._touched, self._words):
            return False
        return self._heard() and self._manner() and self._joined() and self._grouped() and self._kept()

    def _twofold(self) -> bool:
        """Two runs of examples, two numbers or two verbs of one meaning could be taken for one another."""
        numbers = [t for t in self._known if any(mark.isdigit() for mark in t.lemma)]
        verbs = [verb for frame in self._frames for verb in frame.verbs]
        forms = Counter(t.form for t in self._known if verb_class(t.lemma) in self._classes)
        if any(count > 1 for count in forms.values()):
            return True
        lists = sum(token.lemma == lex.SUCH_AS for token in self._known)
        return lists > 1 or len(numbers) > 1 or len(verbs) > len({verb_class(verb) for verb in verbs})

    def _single(self) -> bool:
        """No deed and no party told twice, nothing denied in passing, no `it` that acts."""
        known = Counter(verb_class(token.lemma) for token in self._known)
        known.update({lex.ORG: 1, lex.YOU: 1})
        ours = Counter(verb_class(t.lemma) for t in self._said if t.tag in {Tag.VERB, Tag.NOUN})
        if [word for word in ours - known if word not in OWNERS | _PRONOUNS]:
            return False
        for at, token in enumerate(self._said):
            following = self._said[at + 1].tag if at + 1 < len(self._said) else Tag.JOINT
            if token.tag is Tag.NOT and following not in {Tag.VERB, Tag.BE, Tag.ADVERB}:
                return False
            passive = following is Tag.BE and any(participle(t.form) for t in self._said[at + 2 : at + 3])
            if (
                token.lemma in _PRONOUNS
                and not passive
                and following in {Tag.VERB, Tag.BE, Tag.MODAL, Tag.ADVERB, Tag.NOT}
            ):
                return False
        return True

    def _heard(self) -> bool:
        """Whether each word is the clause's."""
        known = {verb_class(token.lemma) for token in self._known} | OWNERS | _PRONOUNS | {lex.ORG, lex.YOU}
        links = {token.lemma for token in self._known} | {"to", "by", "through", "for"}
        pairs = zip(self._said, self._said[1:], strict=False)
        if any(one.tag is Tag.LINK and two.tag is Tag.VERB and one.lemma not in links for one, two in pairs):
            return False
        contrasts = para.CONTRAST - {"while"}
        if any(t.lemma in contrasts for t in self._said) and not any(t.lemma in para.CONTRAST for t in self._known):
            return False
        turning = _STRONG - {"when", "where", "with", "upon", "while"}
        if any(token.lemma in turning and token.lemma not in links for token in self._said):
            return False
        free = {Tag.LINK, Tag.SUBORDINATOR, Tag.JOINT, Tag.BE, Tag.RELATIVE}
        return all(
            verb_class(token.lemma) in known or token.form in lex.PRAISE
            for token in self._said
            if token.tag not in free and not (token.lemma == "can" and self._lets())
        )

    def _lets(self) -> bool:
        return any(let(frame) is not None for frame in self._touched)

    def _manner(self) -> bool:
        """Negation, modality and manner: those of the deeds told, each as often, and no others."""
        ours = sorted(t.lemma for t in self._said if self._mannered(t) and t.lemma not in self._nominal)
        if any(
            (one.flags ^ frame.flags) & (_MODALS | {lex.NOT})
            for frame in self._touched
            for one in frame.siblings
            if one in self._touched
        ):
            return False
        if not all(self._adverb_placed(at) for at in range(len(self._said))):
            return False
        theirs = sorted({(id(f.siblings or f), flag) for f in self._touched for flag in f.flags - {lex.BE}})
        wanted = sorted(flag for _, flag in theirs)
        if sorted(set(ours)) == sorted(set(wanted)):
            return True
        return self._lets() and set(ours) == {*wanted, "can"}

    def _joined(self) -> bool:
        """Whether `and` and `or` join what they join in the clause."""
        return all(self._joint_found(at) for at, token in enumerate(self._said) if token.lemma in {"and", "or"})

    def _joint_found(self, at: int) -> bool:
        content = {Tag.NOUN, Tag.VERB}
        before = next((verb_class(t.lemma) for t in reversed(self._said[:at]) if t.tag in content), "")
        after = next((verb_class(t.lemma) for t in self._said[at + 1 :] if t.tag in content), "")
        words = [verb_class(t.lemma) for t in self._known]
        starts, ends = ([i for i, word in enumerate(words) if word == one] for one in (before, after))
        joints = {next((w for w in words[min(i, j) :] if w in {"and", "or"}), "") for i in starts for j in ends}
        return joints == {self._said[at].lemma}

    def _adverb_placed(self, at: int) -> bool:
        """An adverb right before a verb is that verb's in the clause; one after it, that of the verb before."""
        token = self._said[at]
        if token.tag is not Tag.ADVERB or token.lemma in self._nominal or token.form in lex.PRAISE:
            return True
        after = next((t for t in self._said[at + 1 : at + 2] if t.tag is Tag.VERB), None)
        verb = after or next((t for t in reversed(self._said[:at]) if t.tag is Tag.VERB), None)
        return verb is not None and any(
            token.lemma in frame.flags and verb_class(verb.lemma) in map(verb_class, frame.verbs)
            for frame in self._frames
        )

    @staticmethod
    def _mannered(token: Token) -> bool:
        if token.form in lex.PRAISE:
            return False
        return token.tag in {Tag.MODAL, Tag.NOT, Tag.ADVERB}

    def _grouped(self) -> bool:
        found = list(groups(self._said))
        at = 0
        while at < len(found):
            group = found[at]
            if at + 1 < len(found) and found[at + 1].start == group.end + 1 and self._one(group, found[at + 1]):
                at += 2
            elif self._group_found(group):
                at += 1
            else:
                return False
        return True

    def _one(self, first: Group, second: Group) -> bool:
        """`relationships with clients` for `client relationships`, `keys for staff` among examples."""
        if first.words & {lex.ORG, lex.YOU} or second.words & {lex.ORG, lex.YOU} or not second.link:
            return False
        both = replace(first, words=first.words | second.words, owners=first.owners | second.owners, right=second.right)
        inner = f"{second.link}:"
        for frame in self._frames:
            items = [*frame.object.items, *frame.subject.items, *(i for _, n in frame.adjuncts for i in n.items)]
            for item in items:
                held = any(word.startswith(inner) for word in item) or any(word == inner for word in item)
                plain = second.link in _GLUE and not any(":" in word for word in item)
                if (held or plain) and both.words == flat(item) and self._told_of(both, frame):
                    return True
        return False

    def _group_found(self, group: Group) -> bool:
        if not group.words or group.words <= _PRONOUNS:
            return True
        return any(self._told_of(group, frame) or self._deed_of(group, frame) for frame in self._frames)

    def _deed_of(self, group: Group, frame: Frame) -> bool:
        """`that data be deleted` for `deletion of data`; `where courts require it` for `where required by courts`."""
        deed = group.right if group.right_passive else group.left
        items = [*frame.object.items, *(item for _, nouns in frame.adjuncts for item in nouns.items)]
        if (
            deed
            and not group.link
            and any(
                group.words | {deed} == flat(item) and deed not in group.words and self._owned_alike(group.owners, item)
                for item in items
            )
        ):
            return True
        told = any(
            link in {"when", "where"} and group.right in flat(item) for link, n in frame.adjuncts for item in n.items
        )
        agent = any(link == "by" and self._among(group, nouns.items) for link, nouns in frame.adjuncts)
        return told and agent and not group.link and not group.right_passive

    def _told_of(self, group: Group, frame: Frame) -> bool:
        """Whether the clause says of this group, in this frame, what the sentence says of it."""
        verbs = {verb_class(verb) for verb in frame.verbs}
        left, right = group.left in verbs, group.right in verbs
        if not group.link:
            subject = right and not group.right_passive
            thing = (left and not group.left_passive) or (right and group.right_passive)
            return (subject and self._among(group, doers(frame))) or (
                thing and self._among(group, [*frame.object.items, *self._examples(frame)])
            )
        holder = let(frame)
        means = holder is not None and not holder.flags and group.link in {"through", "with"}
        if means and holder is not None and (left or right) and self._among(group, holder.subject.items):
            return True
        if group.link == "by" and left and self._among(group, frame.subject.items):
            return True
        if group.words & _PARTIES and group.words & {lex.ORG, lex.YOU}:
            return left and any(one == group.link and self._among(group, n.items) for one, n in frame.adjuncts)
        placed = group.link in _SHARED | {"upon", "within"} and bool({group.left, group.right} & self._deeds)
        near = left or right or not (placed or self._strict(group.link))
        return near and any(self._alike(group, one, verbs) and self._among(group, n.items) for one, n in frame.adjuncts)

    @staticmethod
    def _alike(group: Group, link: str, verbs: set[str]) -> bool:
        if link == group.link:
            return True
        parties = bool(group.words & _PERSONS)
        pair = {link, group.link}
        return (not parties and pair in _ALIKE) or any(
            pair <= links and bool(verbs & of) and parties == persons for of, links, persons in _LINKS
        )

    def _strict(self, link: str) -> bool:
        return sum(one == link for frame in self._frames for one, _ in frame.adjuncts) > 1

    @staticmethod
    def _examples(frame: Frame) -> list[Item]:
        """What is named as an example of the one thing that a deed is done to."""
        if len(frame.object.items) != 1:
            return []
        return [item for link, nouns in frame.adjuncts for item in nouns.items if link == lex.SUCH_AS]

    def _among(self, group: Group, items: Sequence[Item]) -> bool:
        return any(self._names(group, flat(item)) and self._owned_alike(group.owners, item) for item in items)

    def _names(self, group: Group, words: frozenset[str]) -> bool:
        """`reviews are conducted annually` names the annual reviews."""
        return group.words == words or (group.words < words and group.words | self._nominal == words)

    def _owned_alike(self, owners: frozenset[str], item: Item) -> bool:
        theirs = {owner for owner in OWNERS if any(owner in word.split("+") for word in item)}
        if theirs or not owners:
            return owners <= theirs or (owners == {"its"} and theirs == {lex.ORGS})
        if owners == {lex.YOUR}:
            return not flat(item) & _PERSONS and (self._addressed or bool(flat(item) & self._owned))
        mine = owners <= {lex.ORGS, "its"}
        return mine and bool(self._owned) and not self._addressed and not flat(item) & _PERSONAL

    def _kept(self) -> bool:
        return all(self._frame_kept(frame) for frame in self._touched)

    def _frame_kept(self, frame: Frame) -> bool:
        for holder in (frame, *above(frame)):
            if holder is not frame and asked(holder):
                continue
            if holder.parent is None and holder in self._touched and self._introduced(holder):
                return False
            if holder not in self._touched and not self._means_for(holder):
                return False
            if not all(self._adjunct_kept(at, holder) for at in range(len(holder.adjuncts))):
                return False
            if not all(self._child_kept(child, holder) for child in holder.children):
                return False
        return self._closed(frame) and self._whole(frame)

    def _means_for(self, holder: Frame) -> bool:
        """`X helps us to ...`, told as done by means of X."""
        lets = bool({verb_class(verb) for verb in holder.verbs} & LETS)
        return lets and not holder.flags and any(map(self._told, holder.subject.items))

    def _told(self, item: Item) -> bool:
        return flat(item) <= self._words

    def _adjunct_kept(self, at: int, holder: Frame) -> bool:
        link, nouns = holder.adjuncts[at]
        told = [self._told(item) and self._linked(link) for item in nouns.items]
        either = bool(holder.flags & {"may", "can", lex.NOT}) and link not in _STRONG
        cut = nouns.joint == "or" and (either or link in {"when", "for", "in", "by", lex.SUCH_AS})
        cut = cut or (nouns.joint == "and" and link == "with" and not confined(holder))
        if all(told) or (any(told) and (cut or (nouns.joint == "and" and link not in _STRONG))):
            return True
        if link == lex.SUCH_AS or (link in _HOSTED and self._host_gone(at, holder)):
            return True
        numbered = any(mark.isdigit() for item in nouns.items for word in item for mark in word)
        if lex.NOT in holder.flags or numbered:
            return False
        if link == "through":
            return nouns.joint != "or"
        if link == "in" and holder.link == WHO:
            return True
        return link == lex.COMPLY and not confined(holder)

    def _linked(self, link: str) -> bool:
        return (
            any(
                token.tag in {Tag.LINK, Tag.SUBORDINATOR, Tag.JOINT}
                and (token.lemma == link or {token.lemma, link} in _ALIKE)
                for token in self._said
            )
            or link not in _STRONG
        )

    def _host_gone(self, at: int, holder: Frame) -> bool:
        """`A, B and C for members`: where what it is said of is left out, it may be as well."""
        link = holder.adjuncts[at][0]
        while at and holder.adjuncts[at - 1][0] == lex.SUCH_AS:
            at -= 1
        host = holder.adjuncts[at - 1][1] if at else holder.object
        if (
            (holder.bound and holder.parent is None)
            or len(host.items) <= 1
            or (confined(holder) and not at)
            or (link == "with" and host.joint != "or")
        ):
            return False
        return any(map(self._told, host.items)) and not self._told(host.items[-1])

    def _child_kept(self, child: Frame, holder: Frame) -> bool:
        if child in self._touched:
            return child.link not in _STRONG or (self._linked(child.link) and self._introduced(child))
        if asked(child):
            return True
        if any(one in self._touched for one in child.siblings):
            return child.joint == ("or" if child.link in _STRONG else "and")
        if child.link == "to":
            return bool(holder.object.items) and not confined(holder) and lex.NOT not in holder.flags
        if child.link == WHO:
            hosts = [*holder.object.items, *(item for _, nouns in holder.adjuncts for item in nouns.items)]
            return len(hosts) > 1 and not self._told(hosts[-1])
        return False

    def _introduced(self, frame: Frame) -> bool:
        """Whether a word such as `when` leads to the verb of this frame before any other verb."""
        verbs = {verb_class(verb) for verb in frame.verbs}
        opened = False
        for token in self._said:
            if token.tag is Tag.SUBORDINATOR or token.lemma in {"without", "while"}:
                opened = True
            elif token.lemma == ",":
                opened = False
            elif token.tag is Tag.VERB:
                if opened and verb_class(token.lemma) in verbs:
                    return True
                opened = False
        return False

    def _closed(self, frame: Frame) -> bool:
        """A condition that closes a run of deeds is said of each of them."""
        last = frame.siblings[-1] if frame.siblings else frame
        if frame.joint == "or" and not frame.flags & {"may", "can", lex.NOT} and frame.link not in {"when", "where"}:
            return all(one in self._touched for one in frame.siblings)
        if last is frame or last in self._touched:
            return True
        return not ({link for link, _ in last.adjuncts} | {child.link for child in last.children}) & _SHARED

    def _whole(self, frame: Frame) -> bool:
        """What is set against another statement goes with it."""
        root = next(reversed([frame, *above(frame)]))
        if any(one.fronted is not None and one not in self._touched for one in root.siblings):
            return False
        others = [one for one in self._frames if one.parent is None and one not in root.siblings]
        return not root.bound or all(one is root or one in self._touched for one in others)
