"""The page of gaps: which are told, how they are chosen, and where they lead."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ecograph.curate.gaps import GROUPS
from ecograph.curate.mends import Way
from ecograph.errors import SettingsError
from ecograph.service import Service, open_service
from ecograph.settings import Settings
from ecograph.web.app import make_app
from ecograph.web.gaps_page import NAMES
from ecograph.web.lacks import Lack, Repository, read_repository
from tests.asgi import Answer, ask
from tests.data_cases.changed import change_small

HOME = "https://github.com/owner/name"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small dataset, with an entity of which nothing is said."""
    data = change_small(tmp_path_factory.mktemp("gaps"))
    (data / "entities" / "alone.yaml").write_text(
        "- id: alone\n  kind: Tool\n  label: {en: <b>alone</b>, zh: 孤立}\n"
        "  evidence: [handbook]\n", "utf-8",
    )  # fmt: skip
    return data


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[Service]:
    opened = open_service(data, cache=False)
    yield opened
    opened.close()


def get(service: Service, data: Path, query: str = "", repository: str = HOME) -> Answer:
    app = make_app(service, Settings(data=(data,), repository=repository))
    return asyncio.run(ask(app, "GET", "/gaps", query=query.encode()))


def messages(answer: Answer) -> list[str]:
    assert answer.status == 200
    found = re.findall(r"<h2[^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</h2>", answer.body.decode())
    return [unescape(one) for one in found]


def links(answer: Answer, text: str) -> list[str]:
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', answer.body.decode())
    return [unescape(address) for address, told in found if told == text]


def test_every_gap_is_told_and_chosen_by_sort_group_and_kind(service: Service, data: Path) -> None:
    every = messages(get(service, data))
    assert "nothing is stated of alone" in every
    assert messages(get(service, data, "gap=alone")) == ["nothing is stated of alone"]
    assert "nothing is stated of alone" in messages(get(service, data, "gap=one-sided&kind=Tool"))
    assert "nothing is stated of alone" not in messages(get(service, data, "gap=missing"))
    assert messages(get(service, data, "gap=alone&kind=Source")) == []


def test_a_gap_has_its_snippet_and_its_place_within_the_repository(
    service: Service, data: Path
) -> None:
    body = get(service, data, "gap=alone").body.decode()
    assert f"<code>{data.name}/entities/alone.yaml:1</code>" in body
    assert "- id: alone\n  classifiedIn:\n    - {object: &lt;category&gt;" in body
    assert str(data.parent) not in get(service, data).body.decode()


def test_a_gap_leads_to_an_edit_and_to_a_prefilled_issue(service: Service, data: Path) -> None:
    told = get(service, data, "gap=alone")
    [edit] = links(told, "Edit the file")
    assert edit == f"{HOME}/edit/main/{data.name}/entities/alone.yaml#L1"
    [issue] = links(told, "Propose it in an issue")
    asked = parse_qs(urlsplit(issue).query)
    assert asked["title"] == ["nothing is stated of alone"]
    assert "```\n- id: alone\n  classifiedIn:\n" in asked["body"][0]


def test_without_a_repository_nothing_leads_away(service: Service, data: Path) -> None:
    told = get(service, data, "gap=alone", repository="")
    assert messages(told) == ["nothing is stated of alone"]
    assert "github.com" not in told.body.decode()


def test_a_new_file_is_prefilled_and_what_is_too_long_for_an_address_is_left_out() -> None:
    lack = Lack(
        "alone", "a", "Tool", "a", "nothing is stated of a", Way.END,
        "data/entities/additions.yaml", 0, "- id: a\n  note: ```\n", fresh=True,
    )  # fmt: skip
    repository = read_repository(f"{HOME}/tree/dev/")
    assert repository == Repository(HOME, "dev")
    there = urlsplit(repository.edit(lack))
    assert there.path == "/owner/name/new/dev"
    assert parse_qs(there.query) == {
        "filename": ["data/entities/additions.yaml"], "value": ["- id: a\n  note: ```\n"],
    }  # fmt: skip
    assert "%60%60%60%60%0A" in repository.propose(lack)
    long = Lack(
        "license", "a", "Tool", "a", "the licence of a is unknown", Way.COLUMN, "data/lists/a.csv",
        4, "容" * 2_000, fresh=False,
    )  # fmt: skip
    assert repository.propose(long) == (
        f"{HOME}/issues/new?title=the%20licence%20of%20a%20is%20unknown"
    )


def test_the_page_is_in_chinese_too_and_any_number_of_a_page_is_one(
    service: Service, data: Path
) -> None:
    told = get(service, data, "lang=zh&page=99&gap=none&kind=None")
    assert "<h1>缺少什么</h1>" in told.body.decode()
    assert messages(told)
    assert messages(get(service, data, "page=-1"))


def test_every_sort_and_group_has_a_name() -> None:
    assert NAMES.keys() == GROUPS.keys() | {gap.value for gaps in GROUPS.values() for gap in gaps}


def test_files_with_faults_are_told_so(service: Service, tmp_path: Path) -> None:
    broken = change_small(tmp_path)
    (broken / "entities" / "broken.yaml").write_text("- id: [", "utf-8")
    told = get(service, broken)
    assert told.status == 503
    assert "the files have faults; ecograph check names them" in told.body.decode()
    app = make_app(service, Settings(data=(broken,), watch=True))
    watched = asyncio.run(ask(app, "GET", "/gaps")).body.decode()
    assert f"the files have faults: {broken}/entities/broken.yaml:2:1: not YAML" in watched


@pytest.mark.parametrize("address", ["github.com/a/b", "https://x", "javascript:alert(1)//a/b"])
def test_a_setting_that_is_no_repository_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match=r"write one like https://github\.com/owner/name"):
        Settings(repository=address)
