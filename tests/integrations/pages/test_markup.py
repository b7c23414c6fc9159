import pytest

from integrations.pages.markup import Html, UnsafeLink, document, element, join

HOSTILE = "<script>alert(\"1\")</script> & 'more'"


def test_text_is_escaped_in_content_and_attributes() -> None:
    shown = element("p", HOSTILE, title=HOSTILE).source
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 2
    assert '"' not in shown.removeprefix('<p title="').replace('">', "", 1).replace("&quot;", "")


def test_markup_is_kept_and_only_element_makes_it() -> None:
    assert element("p", element("b", "a & b"), " c < d") == Html("<p><b>a &amp; b</b> c &lt; d</p>")
    assert join("a", element("br"), "<") == Html("a<br>&lt;")


def test_attributes_are_named_by_keyword_and_left_out_when_there_is_nothing() -> None:
    shown = element("input", name="a", aria_label="b", class_="c", for_="d", required=True, hidden=False, value=None)
    assert shown.source == '<input name="a" aria-label="b" class="c" for="d" required>'


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JAVASCRIPT:x", " /x", "data:text/html,x", "//evil.example", ""]
)
@pytest.mark.parametrize("attribute", ["href", "src", "action"])
def test_a_link_leads_to_a_page_a_mailbox_or_a_telephone(link: str, attribute: str) -> None:
    with pytest.raises(UnsafeLink):
        element("a", "x", **{attribute: link})


@pytest.mark.parametrize(
    "link", ["/policy#7.1.3", "#7.1.3", "https://example.com", "mailto:a@example.com", "tel:+4930"]
)
def test_a_harmless_link_stands_as_it_is(link: str) -> None:
    assert element("a", "x", href=link).source == f'<a href="{link}">x</a>'


def test_a_document_says_its_language() -> None:
    assert document("en", element("body")) == b'<!doctype html>\n<html lang="en"><body></body></html>\n'
