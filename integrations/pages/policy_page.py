"""The policy to read: every clause as published under its own anchor, and what changed between versions."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from urllib.parse import quote

from integrations.api.facade import Change
from integrations.pages.layout import dated
from integrations.pages.markup import Content, Html, element, join
from knowledge.clause import Clause, PolicyVersion, Section

NOT_STATED = "not stated"
_CHANGED = {"added": "Added", "removed": "Removed", "changed": "Changed", "moved": "Moved"}


def policy_content(shown: PolicyVersion, versions: Sequence[PolicyVersion]) -> Html:
    sections = [_section(section) for section in shown.sections]
    pickers = _pickers(shown, versions, is_open=False)
    head = element("div", element("h1", shown.title), _printing(), class_="title")
    article = element("article", head, _facts(shown), pickers, *sections, id="content")
    return element("main", _contents(shown), article, class_="columns")


def comparison_content(
    old: PolicyVersion, new: PolicyVersion, changes: Sequence[Change], versions: Sequence[PolicyVersion]
) -> Html:
    heading = element("h1", f"From version {old.label} to version {new.label}")
    facts = dated(("From", _named(old)), ("To", _named(new)))
    entries = [_change(change) for change in changes if change.kind in _CHANGED]
    shown = element("ol", *entries, class_="changes") if entries else element("p", "Not one sentence differs.")
    pickers = _pickers(new, versions, is_open=True)
    article = element("article", heading, facts, pickers, _summary(changes), shown, id="content")
    return element("main", article, class_="columns")


def _printing() -> Html:
    """Shown by the script, which it needs."""
    return element("button", "Print", type="button", class_="print", hidden=True)


def _contents(version: PolicyVersion) -> Html:
    entries = [
        element("li", element("a", section.title, href=f"#section-{section.number}"))
        for section in version.sections
        if section.number
    ]
    return element("nav", element("h2", "Contents"), element("ol", *entries), class_="contents", aria_label="Contents")


def _facts(version: PolicyVersion) -> Html:
    return dated(
        ("Version", version.label),
        ("Effective", _day(version.effective)),
        ("Retrieved", _day(version.retrieved)),
        ("SHA-256", element("code", version.sha256)),
    )


def _section(section: Section) -> Html:
    name = f"section-{section.number}"
    heading = (
        element("div", element("h2", section.title, id=name), _ask_about(section), class_="section-head")
        if section.number
        else ""
    )
    paragraphs = [element("p", *(_clause(clause) for clause in paragraph)) for paragraph in section.paragraphs]
    return element("section", heading, *paragraphs, aria_labelledby=name if section.number else None)


def _ask_about(section: Section) -> Html:
    """Opens the chat with the section named in its box; the visitor writes the question."""
    draft = f"About “{section.title}”: "
    label = f"Ask about this: {section.title}"
    return element(
        "a", "Ask about this", href=f"/widget/?draft={quote(draft)}", data_ask=draft, aria_label=label, class_="ask"
    )


def _clause(clause: Clause) -> Html:
    """The number stands outside the anchored text, so that what is quoted is nothing but the clause."""
    number = element("a", clause.id, href=f"#{clause.id}", class_="mark", aria_label=f"Link to clause {clause.id}")
    return join(element("span", clause.text, id=clause.id, class_="clause"), number, " ")


def _summary(changes: Sequence[Change]) -> Content:
    """How much changed, before what."""
    counts = Counter(change.kind for change in changes)
    words = [f"{counts[kind]} {word.lower()}" for kind, word in _CHANGED.items() if counts[kind]]
    return element("p", ", ".join(words), ".", class_="summary") if words else ""


def _change(change: Change) -> Html:
    clause = change.new or change.old
    places = " → ".join(dict.fromkeys(side.id for side in (change.old, change.new) if side))
    title = element("h2", _CHANGED.get(change.kind, change.kind), " ", element("small", places))
    section = element("p", clause.section_title, class_="where") if clause else ""
    return element("li", title, section, *_texts(change), class_=change.kind)


def _texts(change: Change) -> tuple[Content, ...]:
    if change.old and change.new and change.old.text != change.new.text:
        return (element("p", *_words(change.old.text, change.new.text)),)
    if change.old and change.new:
        return (element("p", change.new.text),)
    if change.old:
        return (element("p", element("del", change.old.text)),)
    return (element("p", element("ins", change.new.text)),) if change.new else ()


def _words(old: str, new: str) -> list[Content]:
    """The new sentence with what went struck out and what came underlined, word by word."""
    before, after = old.split(" "), new.split(" ")
    shown: list[Content] = []
    for _, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = " ".join(before[start:end]), " ".join(after[new_start:new_end])
        if gone == come:
            shown += [come, " "]
            continue
        shown += [element("del", gone), " "] if gone else []
        shown += [element("ins", come), " "] if come else []
    return shown


def _pickers(shown: PolicyVersion, versions: Sequence[PolicyVersion], *, is_open: bool) -> Content:
    if len(versions) < 2:  # noqa: PLR2004 - nothing to pick from one
        return ""
    previous = versions[max(0, [version.sha256 for version in versions].index(shown.sha256) - 1)]
    read = element("form", _select("version", "Version", versions, shown), _button("Show"), action="/policy")
    compare = element(
        "form",
        _select("compare", "From", versions, previous),
        _select("version", "To", versions, shown),
        _button("Compare"),
        action="/policy",
    )
    return element("details", element("summary", "Other versions"), read, compare, class_="pickers", open=is_open)


def _select(name: str, label: str, versions: Sequence[PolicyVersion], chosen: PolicyVersion) -> Html:
    options = [
        element("option", _named(version), value=version.label, selected=version.sha256 == chosen.sha256)
        for version in versions
    ]
    return element("label", element("span", label), element("select", *options, name=name))


def _button(label: str) -> Html:
    return element("button", label, type="submit")


def _named(version: PolicyVersion) -> str:
    return f"Version {version.label}" + (f", effective {_day(version.effective)}" if version.effective else "")


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else NOT_STATED
