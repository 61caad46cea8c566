"""SVG pictures: what is in them, that nothing overlaps, and that no label is markup."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pytest

from ecograph.view.fold import MOST
from ecograph.view.picture import Form, Picture
from ecograph.view.style import THEMES
from ecograph.view.svg import to_svg
from tests.drawing import (
    HOSTILE,
    OPERATIONS,
    SVG,
    among,
    ask_over,
    classes,
    drawn,
    hostile_world,
    labels,
    overlap,
    picture,
    rectangles,
    values,
)
from tests.test_view_compose import UNDRAWN
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says

DRAWN = sorted(OPERATIONS.keys() - UNDRAWN)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [300, 960])
def test_no_two_boxes_and_no_two_cards_overlap(name: str, width: int) -> None:
    root = drawn(picture(name), width=width)
    boxes = rectangles(root, "eg-box")
    assert boxes
    for a, b in itertools.combinations(boxes, 2):
        assert not overlap(a, b), (a, b)
    left, top, right, bottom = (float(n) for n in (root.get("viewBox") or "").split())
    assert all(b[0] >= left and b[1] >= top and b[2] <= right and b[3] <= bottom for b in boxes)


@pytest.mark.parametrize("name", DRAWN)
def test_every_node_and_every_statement_has_its_hook(name: str) -> None:
    told = picture(name)
    root = drawn(told)
    assert set(values(among(root, "eg-node"), "data-id")) == set(told.nodes)
    assert set(values(among(root, "eg-node"), "data-kind")) == set(told.kinds)
    edges = among(root, "eg-edge")
    assert set(values(edges, "data-statement")) == {e.statement for e in told.edges}
    for edge in edges:
        assert (edge.findtext(f"{SVG}title") or "").strip()


def test_the_root_says_what_was_asked_of_which_dataset() -> None:
    root = drawn(picture("Path"))
    assert (root.get("class") or "").split()[0] == "eg"
    assert root.get("data-version") == "0123456789abcdef"
    assert root.get("data-question") == "Path"
    assert json.loads(root.get("data-variables") or "") == {
        "from": "Docker Engine", "to": "runtime-spec",
    }  # fmt: skip
    assert len(among(root, "eg-content")) == 1


def test_title_and_description_tell_the_picture_in_words() -> None:
    root = drawn(picture("Path"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "From Docker Engine to OCI Runtime Specification"
    assert (root.get("aria-labelledby") or "").split() == [title.get("id"), description.get("id")]
    assert description.text == (
        "How does one thing come to another, by the shortest way? "
        "3 steps; an arrow leads from subject to object. Docker Engine uses containerd. "
        "containerd uses runc. runc implements OCI Runtime Specification."
    )


def test_a_picture_with_links_is_a_group_so_that_readers_reach_them() -> None:
    linked = drawn(picture("Path", link=lambda id_: f"/e/{id_}"))
    assert linked.get("role") == "group"
    assert drawn(picture("Path")).get("role") == "img"
    hrefs = [a.get("href") for a in linked.iter(f"{SVG}a") if a.find(f"{SVG}g") is not None]
    assert hrefs == ["/e/docker-engine", "/e/containerd", "/e/runc", "/e/oci-runtime-spec"]


def test_the_same_picture_has_the_same_bytes() -> None:
    for name in DRAWN:
        assert to_svg(picture(name)).text == to_svg(picture(name)).text


def test_pictures_on_one_page_share_no_id() -> None:
    shown = [
        drawn(picture("Path")),
        drawn(picture("Path"), theme="dark"),
        drawn(picture("Path", language="zh")),
        drawn(picture("Paths")),
        drawn(picture("Path"), width=500),
    ]
    ids = [e.get("id") for root in shown for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for root in shown:
        [prefix] = [c for c in (root.get("class") or "").split() if re.fullmatch(r"eg-\w{8}", c)]
        style = root.findtext(f"{SVG}style") or ""
        for selector in re.findall(r"[{};]([^{};@]+)\{", style):
            assert all(one.startswith(f".{prefix}") for one in selector.split(",")), selector


def test_every_class_that_is_used_has_a_rule_or_is_a_hook() -> None:
    hooks = {"eg", "eg-content", "eg-node", "eg-edge", "eg-group", "eg-bundle", "eg-foot", "eg-box"}
    for name in DRAWN:
        root = drawn(picture(name))
        style = root.findtext(f"{SVG}style") or ""
        for one in classes(root) - hooks:
            assert f".{one}" in style, one


def test_themes_set_flat_colours_and_variables() -> None:
    flat = {theme: drawn(picture("Path"), theme=theme) for theme in THEMES}
    fills = {theme: among(root, "eg-bg")[0].get("fill") for theme, root in flat.items()}
    assert fills == {"auto": "#ffffff", "light": "#ffffff", "dark": "#0d1117"}
    styles = {theme: root.findtext(f"{SVG}style") or "" for theme, root in flat.items()}
    assert "prefers-color-scheme:dark" in styles["auto"]
    assert "prefers-color-scheme" not in styles["light"] + styles["dark"]
    assert all("[data-theme=dark]" in style for style in styles.values())


def test_sources_are_credited_and_link_to_where_they_are() -> None:
    [foot] = among(drawn(picture("Path")), "eg-foot")
    assert labels(foot) == [
        "Sources: List of implementations",
        "Dataset 0123456789abcdef, as of 2026-11-24, CC-BY-4.0",
    ]
    [link] = list(foot.iter(f"{SVG}a"))
    assert link.get("href") == "https://example.org/list"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "variables"),
    [("Implementers", {"spec": "spec"}), ("Neighborhood", {"of": "spec"}),
     ("CategoryTree", {"name": "top"}), ("Path", {"from": "t1", "to": "t2"}),
     ("ConformanceLevels", {"spec": "spec"})],
)  # fmt: skip
def test_a_hostile_label_stays_a_label(name: str, variables: dict[str, str], language: str) -> None:
    told = ask_over(hostile_world(), name, variables, language, link=lambda id_: f'/e/{id_}"<>')
    text = to_svg(told).text
    root = drawn(told)
    elements = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert elements <= {
        "svg", "title", "desc", "style", "defs", "path", "marker", "rect", "g", "a", "use", "text",
    }  # fmt: skip
    for e in root.iter():
        assert not [a for a in e.attrib if a.startswith("on")]
        href = e.get("href") or "/"
        assert href.startswith(("/", "#", "https://")), href
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "<script" not in text


def test_hostile_labels_are_shown_as_they_are() -> None:
    told = ask_over(hostile_world(), "Neighborhood", {"of": "t0"})
    assert told.nodes["t0"].label == HOSTILE[0]
    assert HOSTILE[0] in labels(drawn(told))


def test_a_long_card_shows_seven_and_says_how_many_more() -> None:
    tools = [entity(f"t{n:02}", "Tool", f"Tool {n}") for n in range(30)]
    said = [says(f"t{n:02} implements cri") for n in range(30)]
    graph = make_graph([*ENTITIES, *tools], [*STATEMENTS, *said])
    root = drawn(ask_over(graph, "Neighborhood", {"of": "cri"}))
    [group] = [g for g in among(root, "eg-group") if g.get("data-group") == "^implements"]
    assert group.get("data-more") == "25"
    assert len(among(group, "eg-node")) == 7
    assert "25 more" in labels(group)


def test_three_hundred_things_are_drawn_one_by_one_and_more_are_folded() -> None:
    whole = picture("Path")
    node, edge = whole.nodes["runc"], whole.edges[1]

    def of(count: int) -> Picture:
        nodes = {f"n{n}": replace(node, id=f"n{n}", label=f"Thing {n}") for n in range(count)}
        edges = tuple(
            replace(edge, statement=f"s{n}", source=f"n{n}", target=f"n{n // 2}", main=False)
            for n in range(1, count)
        )
        return replace(whole, form=Form.LAYERS, nodes=nodes, edges=edges)

    root = drawn(of(MOST))
    assert (
        len(among(root, "eg-node"))
        + sum(int(g.get("data-more") or 0) for g in among(root, "eg-group"))
        == MOST
    )
    root = drawn(of(MOST + 1))
    assert len(among(root, "eg-node")) == 70
    assert sum(int(g.get("data-more") or 0) for g in among(root, "eg-group")) == MOST + 1 - 70
    assert any("231 of 301 are folded" in text for text in labels(root))
