"""The explorer's pages over the shared world, one address for each state worth a look."""

PAGES = (
    "/",
    "/?scheme=seed&category=networking",
    "/?spec=runtme+spec",
    "/e/runc",
    "/e/rkt",
    "/e/networking",
    "/e/docker-engine?asof=2021-01-01",
    "/e/nothing-such",
    "/path",
    "/path?from=docker-engine&to=oci-runtime-spec",
    "/path?from=dokcer&to=oci-runtime-spec",
    "/compare?a=runc&b=crun",
    "/search?text=runtime",
    "/search?text=which+is+best",
    "/embed-builder",
    "/ask?q=what+implements+cri",
    "/ask?q=what+replaced+heapster",
    "/ask?q=which+is+best",
)

GAPS = ("/gaps", "/gaps?gap=alone&kind=Tool")
"""Those of what the dataset lacks: of the text of the bundled one, whatever graph is served."""


def in_language(page: str, lang: str) -> str:
    """The address of a page in a language."""
    return f"{page}{'&' if '?' in page else '?'}lang={lang}"
