"""What a visit asks of every page: a day, a place from which its links lead, a small screen."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest

from ecograph.api.dated import dated
from ecograph.api.operations import read_operations
from ecograph.service import Service
from ecograph.settings import bundled
from ecograph.web.embed_page import PICTURED
from tests.test_web_pages import Page, get, header, page, service
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says, world

# As of a day


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/e/runc", "Around?name=runc"),
        ("/e/networking", "CategoryTree?name=networking&amp;scheme=seed"),
        ("/path?from=docker-engine&to=oci-runtime-spec",
         "Routes?from=docker-engine&amp;to=oci-runtime-spec"),
        ("/embed-builder?question=Neighborhood&of=runc", "Neighborhood?of=runc"),
        ("/", "Implementers?spec=oci-runtime-spec"),
    ],
)  # fmt: skip
def test_the_picture_of_a_page_is_of_its_day(path: str, question: str) -> None:
    assert f'question="{question}"' in page(path)
    then = page(f"{path}{'&' if '?' in path else '?'}asof=2021-01-01")
    assert f'question="{question}&amp;asOf=2021-01-01"' in then


def test_every_question_of_a_picture_on_a_page_takes_a_day() -> None:
    operations = read_operations(bundled("queries"))
    for name in ("Around", "Routes", "CategoryTree", *PICTURED):
        assert dated(service().api.core, operations[name].document), name


def test_a_page_tells_of_every_relation_and_leads_to_the_rest_of_each() -> None:
    tools = [entity(f"t{n}", "Tool", f"T{n}") for n in range(120)]
    said = [
        *(says(f"t{n} uses runc") for n in range(120)),
        says("runc implements oci-runtime-spec"),
    ]
    many = Service(make_graph([*ENTITIES, *tools], said))
    text = get("/e/runc?lang=en", of=many).body.decode()
    assert "What is said of it <small>121</small>" in text
    assert "<h3>used by <small>120</small></h3>" in text
    assert "<h3>implements <small>1</small></h3>" in text
    rest = "e/runc?lang=en&amp;relation=USES&amp;side=OBJECT"
    assert f'<a href="../{rest}#relations">108 more</a>' in text
    page = get("/" + rest.replace("&amp;", "&"), of=many).body.decode()
    assert "<h3>used by</h3>" in page
    assert "implements" not in page[page.index('id="relations"') : page.index('id="facts"')]
    assert page.count('<a href="../e/t') == 100
    assert f'href="../{rest}&amp;after=' in page


def test_a_relation_that_is_none_is_refused() -> None:
    assert get("/e/runc?relation=NONE").status == 400


def test_a_picture_for_small_screens_stands_beside_the_other() -> None:
    assert (
        '<picture><source media="(max-width: 40rem)" '
        'srcset="../q/Around.svg?name=runc&amp;lang=en&amp;width=320">'
    ) in page("/e/runc?lang=en")


@pytest.mark.parametrize("name", ["opencontainers/nixx", "opencontainers%2Fnixx"])
def test_a_page_leads_where_it_should_from_a_name_with_a_slash(name: str) -> None:
    told = Page(page(f"/e/{name}"))
    leads = {urlsplit(urljoin(f"http://h/prefix/e/{name}", link)).path for link in told.loads}
    assert {path.rpartition("/")[0] for path in leads} == {"/prefix"}


@pytest.mark.parametrize("name", ["docker/dockerd", "docker%2Fdockerd"])
def test_a_name_with_a_slash_leads_to_the_page_of_its_id(name: str) -> None:
    dockerd = replace(world().entities["docker-engine"], aliases=("docker/dockerd",))
    graph = make_graph((dockerd if e.id == dockerd.id else e for e in ENTITIES), STATEMENTS)
    there = header(get(f"/e/{name}", of=Service(graph)), "location")
    assert urljoin(f"http://h/prefix/e/{name}", there) == "http://h/prefix/e/docker-engine"


def test_the_day_may_be_written_as_the_api_does() -> None:
    assert 'value="2021-01-01"' in page("/e/runc?asOf=2021-01-01")
    assert get("/e/runc?asOf=zz").status == 400
