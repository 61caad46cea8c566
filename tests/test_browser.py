"""The pages in a real browser: they work under their own policy and ask no one else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from threading import Thread
from urllib.parse import urlencode

import pytest
import uvicorn

from ecograph.service import open_service
from ecograph.web.app import make_app
from tests.browser import Browser

QUERY_EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror"
VARIABLES_EDITOR = "document.querySelector('.graphiql-editor-tool .CodeMirror')?.CodeMirror"
ROWS = "document.querySelectorAll('#answer tr').length"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a server of the shipped dataset listens, with a / at its end."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(open_service()), log_level="warning", lifespan="on")
    server = uvicorn.Server(config)
    thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The one browser of this file."""
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(address: str, process: Browser) -> Iterator[Browser]:
    """A new page, which has asked no other host and complained of nothing when a test ends."""
    process.start_anew()
    yield process
    process.evaluate("0")
    assert [u for u in process.requests if not u.startswith((address, "data:"))] == []
    assert process.complaints == []


def test_the_first_answer_is_there_without_script(browser: Browser, address: str) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(address)
    assert browser.evaluate(ROWS) >= 10
    assert "runc" in browser.evaluate("document.getElementById('answer').textContent")
    browser.open(address + "?" + urlencode({"spec": "容器运行时接口"}))
    assert "containerd" in browser.evaluate("document.getElementById('answer').textContent")


def test_the_page_says_how_long_an_answer_takes(browser: Browser, address: str) -> None:
    browser.open(address)
    said = "document.getElementById('state').textContent.trim()"
    browser.wait_until(f"/^\\d+ answers in \\d+ ms$/.test({said})")


def test_any_name_in_either_language_can_be_asked(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.evaluate("document.getElementById('spec').value = '容器运行时接口'")
    browser.evaluate("document.querySelector('#ask button').click()")
    browser.wait_until("document.getElementById('asked').textContent.startsWith('Container Ru')")
    browser.wait_until("document.getElementById('answer').textContent.includes('containerd')")


def test_a_misspelt_name_offers_what_was_meant(browser: Browser, address: str) -> None:
    browser.open(address + "?" + urlencode({"spec": "OCI runtme spec"}))
    browser.wait_until("document.querySelector('#state a')")
    assert "OCI runtme spec" in browser.evaluate("document.getElementById('state').textContent")
    browser.wait_until(f"{ROWS} === 0")
    assert browser.evaluate("document.querySelector('table').checkVisibility()") is False
    browser.evaluate("document.querySelector('#state a').click()")
    browser.wait_until(f"{ROWS} >= 10")
    assert browser.evaluate("document.querySelector('table').checkVisibility()") is True


def test_the_ide_opens_a_named_operation_and_runs_it(browser: Browser, address: str) -> None:
    browser.open(address + "graphiql?operation=Implementers")
    browser.wait_until(f"{QUERY_EDITOR}?.getValue().includes('query Implementers(')")
    assert "OCI runtime spec" in browser.evaluate(f"{VARIABLES_EDITOR}.getValue()")
    browser.evaluate("document.querySelector('.graphiql-execute-button').click()")
    browser.wait_until(
        "document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue()"
        ".includes('oci-runtime-spec')"
    )


def test_the_first_click_in_the_ide_of_the_start_page_is_answered(
    browser: Browser, address: str
) -> None:
    browser.open(address)
    browser.open(browser.evaluate("document.querySelector('header nav a[href$=graphiql]').href"))
    browser.wait_until(f"{QUERY_EDITOR}?.getValue().includes('query Implementers(')")
    assert (
        browser.evaluate(f"{VARIABLES_EDITOR}.getValue()") == '{\n  "spec": "OCI runtime spec"\n}'
    )
    browser.evaluate("document.querySelector('.graphiql-execute-button').click()")
    browser.wait_until(
        "document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue()"
        ".includes('oci-runtime-spec')"
    )


@pytest.mark.parametrize("first", ["graphiql", "graphiql?operation=Path"])
def test_the_ide_keeps_the_question_and_its_variables(
    browser: Browser, address: str, first: str
) -> None:
    browser.open(address + first)
    browser.wait_until(f"{QUERY_EDITOR} && {VARIABLES_EDITOR}?.getValue()")
    query = browser.evaluate(f"{QUERY_EDITOR}.getValue()")
    browser.evaluate(f'{VARIABLES_EDITOR}.setValue(\'{{"spec": "cri"}}\')')
    browser.wait_until("new URLSearchParams(location.search).get('variables')")
    for again in (browser.evaluate("location.href"), address + "graphiql", address + "graphiql"):
        browser.open(again)
        browser.wait_until(f"{QUERY_EDITOR} && {VARIABLES_EDITOR}?.getValue()")
        assert browser.evaluate(f"{QUERY_EDITOR}.getValue()") == query
        assert browser.evaluate(f"JSON.parse({VARIABLES_EDITOR}.getValue())") == {"spec": "cri"}


def test_one_click_puts_an_example_into_the_editors(browser: Browser, address: str) -> None:
    browser.open(address + "graphiql")
    browser.wait_until(f"{QUERY_EDITOR}?.getValue().includes('query Implementers(')")
    browser.evaluate("document.querySelector('[data-operation=Path]').click()")
    assert "query Path(" in browser.evaluate(f"{QUERY_EDITOR}.getValue()")
    assert "docker-engine" in browser.evaluate(f"{VARIABLES_EDITOR}.getValue()")
    assert browser.evaluate("location.search") == "?operation=Path"
    browser.wait_until("document.querySelector('.graphiql-tab').textContent === 'Path'")


def test_the_ide_knows_the_schema(browser: Browser, address: str) -> None:
    browser.open(address + "graphiql")
    browser.wait_until("document.querySelector('.graphiql-sidebar button')")
    browser.evaluate("document.querySelector('.graphiql-sidebar button').click()")
    browser.wait_until("document.querySelector('.graphiql-doc-explorer')")
    browser.wait_until(
        "document.querySelector('.graphiql-doc-explorer').textContent.includes('query: Query')"
    )


def test_graphql_in_a_browser_opens_the_ide_with_the_question(
    browser: Browser, address: str
) -> None:
    asked = {"query": "query Q($id: ID!) { node(id: $id) { id } }", "variables": '{"id":"runc"}'}
    browser.open(address + "graphql?" + urlencode(asked))
    assert browser.evaluate("location.pathname") == "/graphiql"
    browser.wait_until(f"{QUERY_EDITOR}?.getValue() === {asked['query']!r}")
    assert browser.evaluate(f"{VARIABLES_EDITOR}.getValue()") == '{\n  "id": "runc"\n}'
