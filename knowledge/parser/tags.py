"""HTML's elements and the usual names on pages, as data: what is a block, what is chrome, what cannot nest."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}

# Elements that begin a line of their own.
BLOCKS = HEADING_LEVELS.keys() | _words(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form header
    hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul
    """
)

# Elements, roles and names of classes that hold what belongs to the page and not to its text.
CHROME = _words(
    """
    audio button canvas dialog embed footer head iframe input math menu nav noscript object option script select style
    svg template textarea title video
    """
)
CHROME_ROLES = _words("alert banner complementary contentinfo dialog menu menubar navigation search")
CHROME_CLASSES = _words(
    """
    nav navbar navigation menu breadcrumb breadcrumbs footer site-footer page-footer sidebar skip-link skip-to-content
    cookie-banner cookie-consent toc table-of-contents share social sr-only visually-hidden screen-reader-text
    newsletter pagination
    """
)

# Elements that hold nothing, or that end where the next of their kind begins.
NEVER_NESTED = _words(
    """
    area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr track wbr
    """
)
