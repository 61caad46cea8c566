"""Where things stand: nothing is left out, broken or run together for want of room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graphql import GraphQLEnumType

from ecograph.view.around import SEEN, lay_out_around
from ecograph.view.exchange import PARTS
from ecograph.view.layers import MANY, lay_out_layers, place_labels
from ecograph.view.picture import Form, Picture
from ecograph.view.scene import Line, place_box
from ecograph.view.svg import to_svg
from ecograph.view.words import word
from tests.drawing import among, ask_over, drawn, labels, picture, service
from tests.world import ENTITIES, entity, make_graph, says


def test_the_thing_in_the_middle_is_named_in_full() -> None:
    told = picture("OrganizationThings", {"name": "CNCF"})
    [centre] = [n for n in among(drawn(told), "eg-node") if n.get("data-id") == "cncf"]
    assert " ".join(labels(centre)).split() == "Cloud Native Computing Foundation".split()


@pytest.mark.parametrize("count", [8, 9, 10, 40])
def test_a_card_never_says_that_there_is_one_more(count: int) -> None:
    tools = [entity(f"t{n:02}", "Tool", f"Tool {n}") for n in range(count + 20)]
    said = [says(f"t{n:02} uses runc") for n in range(count)]
    said += [says(f"t{n:02} supports runc") for n in range(count, count + 20)]
    graph = make_graph([*ENTITIES, *tools], said)
    for name, given in (("Around", {"name": "runc"}), ("Neighborhood", {"of": "runc"})):
        root = drawn(ask_over(graph, name, given))
        [card] = [g for g in among(root, "eg-group") if g.get("data-group") == "^uses"]
        more = int(card.get("data-more") or 0)
        assert (len(among(card, "eg-node")) + more, more == 1) == (count, False), name


def test_lines_below_each_other_leave_one_spine_and_share_no_other_way() -> None:
    told = picture("Neighborhood", {"of": "containerd"})
    spine, *branches = lay_out_around(told, 320).lines
    assert (spine.relation, spine.head) == ("", "")
    assert len(branches) == len(told.groups) == 3
    assert len({line.points[0][1] for line in branches}) == 3
    assert {line.points[0][0] for line in branches} == {spine.points[0][0]}
    assert spine.points[-1][1] == max(line.points[0][1] for line in branches)


def test_the_thing_in_the_middle_is_seen_before_one_scrolls() -> None:
    tools = [entity(f"t{n:02}", "Tool", f"Tool {n}") for n in range(99)]
    graph = make_graph([*ENTITIES, *tools], [says(f"t{n:02} implements cri") for n in range(99)])
    for width in (700, 960):
        told = ask_over(graph, "Implementers", {"spec": "cri", "first": 99})
        scene = lay_out_around(told, width)
        assert scene.height > 2 * SEEN
        assert scene.boxes[0].y <= SEEN


def star(count: int) -> Picture:
    """So many things that stand in one relation to one, each in another one besides."""
    whole = picture("Path")
    node, edge = whole.nodes["runc"], replace(whole.edges[1], main=False)
    nodes = {f"n{n}": replace(node, id=f"n{n}", label=f"Thing {n}") for n in range(2 * count + 1)}
    edges = [replace(edge, statement=f"s{n}", source=f"n{n}", target="n0")
             for n in range(1, count + 1)]  # fmt: skip
    edges += [replace(edge, statement=f"t{n}", source=f"n{n}", target=f"n{n + count}")
              for n in range(1, count + 1)]  # fmt: skip
    return replace(whole, form=Form.LAYERS, nodes=nodes, edges=tuple(edges))


def test_of_many_lines_with_one_relation_at_one_thing_one_is_named() -> None:
    for count, named in ((MANY, MANY), (MANY + 1, 1)):
        _, scene = lay_out_layers(star(count), 900)
        at_hub = [line for line in scene.lines if line.edges[0].target == "n0"]
        assert len(at_hub) == count
        assert sum(bool(line.label) for line in at_hub) == named


def test_a_narrow_place_has_slimmer_boxes() -> None:
    told = picture("CompareTwo")
    assert to_svg(told, width=320).width < to_svg(told, width=960).width


def test_in_a_narrow_place_a_box_is_as_wide_as_its_longest_word() -> None:
    told = picture("Path")
    for label, lines in (
        ("Kubernetes", ("Kubernetes",)),
        ("OCI Runtime Specification", ("OCI Runtime", "Specification")),
    ):
        node = replace(told.nodes["runc"], label=label, strong=True)
        _, scene = lay_out_layers(replace(told, nodes={**told.nodes, "runc": node}), 320)
        [box] = [box for box in scene.boxes if box.node.id == "runc"]
        assert tuple(line.strip() for line in box.lines) == lines


def test_no_line_runs_between_a_label_and_its_own_line() -> None:
    runc = picture("Path").nodes["runc"]
    beside = place_box(runc, 95, x=45, y=90)
    lines = [
        Line(((0, 0), (0, 200)), "implements", label="implements"),
        Line(((30, 60), (30, 160)), "implements", label="implements"),
    ]
    assert [line.label_at for line in place_labels(lines, [beside])] == [(0, 44), (30, 138)]


def test_a_swap_is_drawn_as_what_becomes_of_each() -> None:
    told = picture("Swap")
    assert told.title == "Docker Engine gives way to containerd"
    assert [(g.label, g.nodes, dict(g.notes)) for g in told.groups[0].every() if g.nodes] == [
        ("breaks", ("cri-dockerd",), {"cri-dockerd": "adapts"}),
        ("gained", ("cri",), {"cri": ""}),
        ("gained, as far as recorded", ("oci-image-spec",), {"oci-image-spec": ""}),
    ]
    assert "以 containerd 替换 Docker 引擎" in labels(drawn(picture("SwapUsers", language="zh")))


def test_every_outcome_of_a_swap_has_words() -> None:
    schema = read_sdl()
    for part, (_, outcomes) in PARTS.items():
        known = schema[{"users": "UserOutcome", "interfaces": "InterfaceOutcome"}[part]]
        assert set(outcomes) == known
        assert all(word(f"{part}_{outcome}", lang) for outcome in outcomes for lang in ("en", "zh"))


def read_sdl() -> dict[str, set[str]]:
    """The enumerations of the schema, with their values."""
    schema = service().api.core
    return {n: set(t.values) for n, t in schema.type_map.items() if isinstance(t, GraphQLEnumType)}
