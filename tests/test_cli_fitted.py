"""Tables as a terminal has room for them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from ecograph.api.tables import Table
from ecograph.cli.fitted import Fitted, fit
from ecograph.service import Service
from tests.commands import call
from tests.named import larger_world

IDS = ("docker-engine", "containerd", "oci-runtime-spec")


@pytest.fixture(scope="module")
def service() -> Service:
    return Service(larger_world())


def table(headers: str, *rows: str) -> Table:
    return Table(tuple(headers.split()), tuple(tuple(row.split("|")) for row in rows))


def width_of(fitted: Fitted) -> int:
    return sum(fitted.widths) + 2 * (len(fitted.widths) - 1)


def test_a_path_is_a_line_and_its_sentences(service: Service) -> None:
    done = call(
        "path", "docker-engine", "oci-runtime-spec", "--format", "table",
        service=service, COLUMNS="80",
    )  # fmt: skip
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[2] == (
        "docker-engine -USES-> containerd -USES-> runc -IMPLEMENTS-> oci-runtime-spec"
    )
    assert lines[4].split("  ")[0] == "in words"
    assert lines[6].startswith("Docker Engine uses containerd  ")
    assert lines[8].startswith("runc implements OCI Runtime Specification  2015-07")


def test_an_arrow_leads_from_the_subject_to_the_object() -> None:
    hops = table(
        "forward statement.relation statement.subject.id statement.object.id",
        "false|USES|b|a", "true|USES|b|c",
    )  # fmt: skip
    assert fit(hops, 80).way == "a <-USES- b -USES-> c"
    assert fit(hops, 80).headers == ()


def test_hops_of_several_ways_are_no_line() -> None:
    hops = table(
        "forward statement.relation statement.subject.id statement.object.id",
        "true|USES|a|b", "true|USES|x|y",
    )  # fmt: skip
    assert fit(hops, 80).way == ""


@pytest.mark.parametrize("room", [20, 40, 60, 80, 120])
def test_no_id_is_broken_and_no_room_exceeded(room: int) -> None:
    rows = [f"{id_}|TOOL|A name of {id_}|https://{id_}.example/at/length|[1] [2]" for id_ in IDS]
    fitted = fit(table("id status name homepage evidence", *rows), room)
    assert width_of(fitted) <= room
    place = fitted.headers.index("id")
    assert fitted.widths[place] >= max(map(len, IDS))


def test_what_says_least_gives_way_first_and_is_named() -> None:
    rows = [f"{id_}|ACTIVE|https://{id_}.example/at/length|{id_}" for id_ in IDS]
    fitted = fit(table("node.id node.status node.homepage node.name", *rows), 60)
    assert fitted.headers == ("id", "status", "name")
    assert fitted.left_out == ("homepage",)


def test_a_word_that_takes_half_the_room_goes_before_the_last_column() -> None:
    rows = [f"{id_}|{'x' * 60}|ACTIVE|{id_}" for id_ in IDS]
    assert fit(table("id digest status name", *rows), 80).headers == ("id", "status", "name")


def test_columns_have_plain_names_that_differ() -> None:
    told = table("path.hops.statement.evidence path.rank rank length a.id b.id", "[1]|1|2|3|x|y")
    assert fit(told, 80).headers == ("evidence", "path rank", "rank", "steps", "a", "b")


def test_what_all_rows_share_or_another_column_says_is_not_shown() -> None:
    told = table("id kind label labelZh note", "a|TOOL|x|y|", "b|TOOL|x|y|")
    assert fit(told, 80).headers == ("id", "label")


def test_long_texts_are_folded_between_words_and_chinese_anywhere() -> None:
    told = table("id description", "runc|" + "a long text " * 20, "crun|" + "容器运行时" * 20)
    fitted = fit(told, 80)
    assert width_of(fitted) == 80
    assert fitted.widths[1] < cell_len("容器运行时" * 20)


def test_every_column_is_in_csv(service: Service) -> None:
    asked = ("implementers", "cri")
    shown = call(*asked, "--format", "table", service=service, COLUMNS="40").stdout
    assert "Left out: " in shown
    assert "--format csv has every column" in " ".join(shown.split())
    header = call(*asked, "--format", "csv", service=service, COLUMNS="40").stdout.splitlines()[0]
    assert "node.homepage" in header
