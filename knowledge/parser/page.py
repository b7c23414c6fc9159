"""Which part of an HTML page is the policy and which is the page's chrome. Writes no text."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.parser import forms
from knowledge.parser.tags import CHROME, CHROME_CLASSES, CHROME_ROLES, HEADING_LEVELS, NEVER_NESTED

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})")
_DEEPEST = 300
_LAYOUT = "h1, h2, h3, h4, h5, h6, td table, td p + p, td ul, td ol"


def is_nested_too_deeply(source: str) -> bool:
    """Whether more elements stand in each other than any page needs: the time to read such a page has no bound."""
    opened: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(source):
        name = match["name"].lower()
        if name in NEVER_NESTED:
            continue
        if not match["slash"]:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


def policy_root(tree: LexborHTMLParser) -> LexborNode | None:
    """The outermost <main> or <article> around the heading that names the document, else the whole body."""
    for heading in tree.css(", ".join(HEADING_LEVELS)):
        around = tuple(_ancestors(heading))
        if forms.names_document(heading.text()) and not any(is_chrome(node) for node in around):
            return next((node for node in reversed(around) if is_main(node)), tree.body)
    return tree.css_first("main, [role=main]") or tree.body


def children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def is_main(node: LexborNode) -> bool:
    return node.tag in {"main", "article"} or node.attributes.get("role") == "main"


def is_chrome(node: LexborNode) -> bool:
    """Whether the element belongs to the page rather than to the policy, by its tag, role, style or class."""
    if node.tag in CHROME:
        return True
    attributes = node.attributes
    if not attributes or node.tag in {"html", "body"} or is_main(node):
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in CHROME_ROLES:
        return True
    if _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return not CHROME_CLASSES.isdisjoint(names) and node.css_first("h1") is None


def is_data_table(table: LexborNode) -> bool:
    """A table of facts, each row of which is read as one; a table that only lays out the page holds more than text."""
    return table.css_first(_LAYOUT) is None


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.is_element_node:
        yield parent
        parent = parent.parent
