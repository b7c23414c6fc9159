import pytest

from knowledge.parser.html import reading_text


def body(markup: str) -> str:
    return reading_text(f"<body><h1>Privacy Policy</h1>{markup}</body>").removeprefix("# Privacy Policy\n\n")


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav>Home</nav>",
        "<footer>Home</footer>",
        "<aside>Home</aside>",
        "<script>home()</script>",
        "<style>p { color: red }</style>",
        "<noscript>Home</noscript>",
        "<template><p>Home</p></template>",
        "<button>Home</button>",
        "<p hidden>Home</p>",
        "<p aria-hidden='true'>Home</p>",
        "<p style='color: red; display : none'>Home</p>",
        "<div role='navigation'>Home</div>",
        "<div class='wide Breadcrumbs'>Home</div>",
        "<div id='cookie-banner'>Home</div>",
        "<p><a href='#top'>Home</a></p>",
        "<ul><li><a href='#data'>Home</a></li></ul>",
        "<!-- Home -->",
    ],
)
def test_chrome_is_left_out(chrome: str) -> None:
    assert body(f"<p>We keep it.</p>{chrome}<p>We guard it.</p>") == "We keep it.\n\nWe guard it.\n"


def test_what_stands_around_the_main_part_is_left_out() -> None:
    page = "<p>Before.</p><main><h1>Privacy Notice</h1><p>We keep it.</p></main><div><h2>Offers</h2><p>Buy.</p></div>"
    assert reading_text(page) == "# Privacy Notice\n\nWe keep it.\n"


def test_a_title_outside_the_main_part_keeps_the_whole_page() -> None:
    page = "<header><h1>Privacy Notice</h1></header><main><p>We keep it.</p></main>"
    assert reading_text(page) == "# Privacy Notice\n\nWe keep it.\n"


def test_a_notice_about_cookies_on_the_way_in_is_not_the_title() -> None:
    banner = "<div class='cookie-banner'><h2>Cookie notice</h2></div>"
    page = "<article><h1>Privacy policy</h1><p>We keep it.</p></article>"
    assert reading_text(banner + page) == "# Privacy policy\n\nWe keep it.\n"


def test_space_is_collapsed_and_no_break_space_is_kept() -> None:
    assert (
        body("<p>We\n   keep\tit&nbsp;<b>for</b> 90&nbsp;days, soft&shy;ly.</p>")
        == "We keep it\u00a0for 90\u00a0days, softly.\n"
    )


def test_items_keep_their_depth_and_their_later_paragraphs() -> None:
    markup = "<ul><li>One<ol><li>Two</li></ol></li><li><p>Three.</p><p>Four.</p></li></ul><p>Five.</p>"
    assert body(markup) == "- One\n\n  - Two\n\n- Three.\n\n  Four.\n\nFive.\n"


def test_a_heading_in_a_list_item_opens_a_section() -> None:
    assert body("<ol><li><h2>Data</h2><p>We keep it.</p></li></ol>") == "## Data\n\nWe keep it.\n"


def test_a_bold_line_is_a_heading_and_a_bold_sentence_is_not() -> None:
    markup = "<p><b>Our data</b></p><p><strong>Logs</strong><br>Kept a week.</p><p><b>We never sell it.</b></p>"
    assert body(markup) == "## Our data\n\n## Logs\n\nKept a week.\n\nWe never sell it.\n"


def test_a_bold_item_is_an_item() -> None:
    assert body("<ul><li><b>Our data</b></li></ul>") == "- Our data\n"


def test_two_line_breaks_divide_paragraphs_and_one_does_not() -> None:
    assert body("<div>Acme<br>1 Main Road<br><br>We answer.</div>") == "Acme\n1 Main Road\n\nWe answer.\n"


def test_preformatted_lines_stay_lines() -> None:
    assert body("<pre>We keep\nit.\n\nWe guard it.</pre>") == "We keep\nit.\n\nWe guard it.\n"


def test_a_row_of_facts_is_one_line() -> None:
    markup = "<table><tr><th>Name</th><th>Use</th></tr><tr><td><p>a</p></td><td>Login.<br>Needed.</td></tr></table>"
    assert body(markup) == "| Name | Use |\n\n| a | Login. Needed. |\n"


def test_a_table_that_lays_out_the_page_is_no_table_of_facts() -> None:
    markup = "<table><tr><td><h2>Data</h2><p>We keep it.</p></td><td><p>We guard it.</p></td></tr></table>"
    assert body(markup) == "## Data\n\nWe keep it.\n\nWe guard it.\n"


def test_a_page_without_text_has_no_reading_text() -> None:
    assert reading_text("<html><body><nav>Home</nav></body></html>") == ""
