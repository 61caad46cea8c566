"""Fences: what they say, where they stand, and what is told of faults in them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from markdown import Markdown

from ecograph.errors import FenceError
from ecograph.plugins.fence import Said, read_fence
from ecograph.plugins.figure import Defaults, Figure, Figures
from ecograph.plugins.markdown import EcographExtension, Found, find_fences
from ecograph.service import Service
from tests.drawing import hostile_world
from tests.named import larger_world


@cache
def figures() -> Figures:
    return Figures(service=Service(larger_world()))


def draw(text: str, **options: Any) -> Figure:
    return figures().draw(text, Defaults(**options))


def told(text: str) -> tuple[int, str]:
    """The line and the message of a fence's fault."""
    with pytest.raises(FenceError) as caught:
        draw(text)
    return caught.value.line, caught.value.message


def convert(text: str, *extensions: str) -> str:
    """A document, in which the text of each fence stands between brackets."""

    def show(found: Found, md: Markdown) -> str:
        return f"<figure>[{found.text}]</figure>"

    return Markdown(extensions=[EcographExtension(show), *extensions]).convert(text)


def test_a_fence_is_a_question_and_lines_that_say_more() -> None:
    fence = read_fence("\nPath?from=runc&to=容器\n\n  lang: zh\nfrom: a: b\n")
    assert fence.name == "Path"
    assert fence.said == (
        Said("from", "runc", 2), Said("to", "容器", 2), Said("lang", "zh", 4),
        Said("from", "a: b", 5),
    )  # fmt: skip


def test_a_variable_of_several_values_stands_in_several_lines() -> None:
    figure = draw(
        "CncfProjects\nmaturity: GRADUATED\nmaturity: ARCHIVED", server="https://a.example"
    )
    assert 'question="CncfProjects?maturity=GRADUATED&amp;maturity=ARCHIVED"' in figure.html


def test_a_figure_without_a_server_has_no_links_and_no_script() -> None:
    figure = draw("Implementers?spec=oci-runtime-spec")
    assert "/e/runc" not in figure.html
    assert (figure.script, figure.tag) == ("", "")


def test_things_of_a_live_figure_link_to_the_server() -> None:
    figure = draw("Implementers?spec=oci-runtime-spec", server="https://a.example/x/")
    assert '<a href="https://a.example/x/e/runc">' in figure.html
    assert (
        figure.tag == '<script type="module" src="https://a.example/x/ecograph-view.js"></script>'
    )


def test_a_fence_may_say_that_it_is_not_live() -> None:
    assert "ecograph-view" not in draw("Around?name=runc\nserver:", server="https://a.example").html


def test_the_theme_is_that_of_the_page_unless_a_fence_or_a_site_says_one() -> None:
    assert "light-dark(#ffffff,#0d1117)" in draw("Around?name=runc").html
    assert "light-dark" not in draw("Around?name=runc", theme="dark").html
    dark = draw("Around?name=runc\ntheme: dark", server="https://a.example").html
    assert 'theme="dark">' in dark
    assert '<rect class="eg-bg" fill="#0d1117"' in dark


def test_names_in_small_letters_are_the_variables() -> None:
    assert "as of" in draw("Neighborhood\nof: rkt\nasof: 2018-01-01").html


def test_a_tree_is_told_group_by_group() -> None:
    figure = draw("CategoryTree?name=ecosystem")
    assert figure.told[0].startswith("Container ecosystem")
    assert figure.title in figure.plain


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the fence is empty; write a question, e.g. Neighborhood?of=runc"),
        ("Pth?from=runc", 1, "unknown operation 'Pth'; did you mean: Path, Paths?"),
        ("Path\nfrom=runc", 2, "'from=runc' is not name: value"),
        ("Dataset", 1, "Dataset gives nothing that can be drawn; Path and others do"),
        ("Around\nnme: runc", 2, "unknown variable 'nme'; did you mean: name?; for example "
                                 "Around?name=kubernetes"),
        ("Path\nfrom: runc", 1, "missing: to (String!); for example "
                                "Path?from=docker-engine&to=oci-runtime-spec"),
        ("Path\nto: cri\n\nfrom: rnc", 4, "'rnc' in argument 'from' names no entity; write an id, "
                                        "a label, an alias"),
        ("Implementers\nspec: cri\n\n\nfirst: 500", 5, "first: 500 is too many; the limit is 100"),
        ("Implementers\nspec: crri", 2, "'crri' in argument 'spec' names no Specification; did you "
                                      "mean: cri (Specification)?"),
        ("Around\ncapton: x\nname: runc", 2, "unknown variable 'capton'; did you mean: caption?; "
                                            "for example Around?name=kubernetes"),
        ("Around?name=runc\nthem: dark", 2, "unknown variable 'them'; did you mean: theme?; for "
                                            "example Around?name=kubernetes"),
        ("Around?name=runc\nas_of: 2018-01-01", 2, "unknown variable 'as_of'; did you mean: asOf?; "
                                                   "for example Around?name=kubernetes"),
        ("Around?name=runc\nxyz: 1", 2, "unknown variable 'xyz'; there are: name, each; beside "
                                       "variables: asOf, caption, server, lang, theme, focus, "
                                       "width; for example Around?name=kubernetes"),
        ("Around\nname: runc\nlang: de", 3, "lang: 'de' is none of en, zh"),
        ("Around\nname: runc\nwidth: 12", 3, "width: '12' is not 280 to 1600, in pixels"),
        ("Around\nname: runc\nfocus: nixx", 3, "focus: no entity has the id 'nixx'; the question "
                                             "Search finds ids by names"),
        ("Around\nname: runc\nserver: a.example", 3, "server: 'a.example' is no address; write "
                                                   "https://..."),
        ("Around\nname: runc\nasOf: 2018-13", 3, "Variable '$asOf' has invalid value: '2018-13' is "
                                               "not a day; write YYYY-MM-DD, for example "
                                               "2019-08-16"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(text: str, line: int, message: str) -> None:
    assert told(text) == (line, message)


def test_hostile_labels_are_no_markup() -> None:
    figure = Figures(service=Service(hostile_world())).draw(
        "Neighborhood?of=spec\ncaption: </figure><script>x</script>", Defaults("https://a.example")
    )
    assert "<script" not in figure.html
    assert "<img" not in figure.html
    assert figure.html.count("</figure>") == 1


def test_fences_in_lists_and_quotes_are_found() -> None:
    text = "- one\n\n    ```ecograph\n    A\n    b: c\n    ```\n\n> ~~~ ecograph\n> B\n> ~~~\n"
    page = convert(text)
    assert page.count("<figure>") == 2
    assert "[A\nb: c]" in page
    assert "[B]" in page
    assert "<p><figure>" not in page


@pytest.mark.parametrize("extension", ["fenced_code", "pymdownx.superfences"])
def test_fences_that_are_shown_stay_as_they_are(extension: str) -> None:
    text = "````markdown\n```ecograph\nA\n```\n````\n\nSo:\n\n    ```ecograph\n    A\n    ```\n"
    assert "<figure>" not in convert(text, extension)


def test_a_fence_that_is_not_closed_is_text() -> None:
    assert [*find_fences(["```ecograph", "A"])] == []


def test_other_fences_are_left_to_others() -> None:
    assert [*find_fences(["```ecographic", "A", "```", "```", "```ecograph", "```"])] == []


def test_every_document_of_one_converter_has_its_script_once() -> None:
    fence = "```ecograph\nNeighborhood?of=runc\n```\n"
    converter = Markdown(extensions=[EcographExtension(server="https://graph.example")])
    first = converter.convert(fence + "\n" + fence)
    second = converter.reset().convert(fence)
    assert (first.count("<script"), second.count("<script")) == (1, 1)
