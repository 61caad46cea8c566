"""Who means harm is answered too: at once, with an error that says why, and no trace of us."""

from __future__ import annotations

import asyncio
import json
import time
from functools import cache
from urllib.parse import urlencode

import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import App
from ecograph.web.log import Log
from tests.asgi import Answer, ask, post
from tests.world import world

SECONDS = 1.0
"""Far more than any attack may take, as machines differ."""
NAME = "query ($v: String!) { tool(name: $v) { id } }"
PAGE = "query ($v: Int) { tools(first: $v) { nodes { id } } }"
WHERE = "query ($v: ToolFilter) { tools(where: $v) { totalCount } }"
REACH = 'query ($v: PathExpression!) { reach(from: "runc", along: $v) { totalCount } }'
SEARCH = "query ($v: String!) { search(text: $v) { nodes { id } } }"
LOGGED: list[str] = []


@cache
def app() -> App:
    return make_app(Service(world()), log=Log(LOGGED.append))


def timed(sent: object) -> Answer:
    """The answer to a coroutine, which took no longer than it may and left no failure behind."""
    began = time.perf_counter()
    told: Answer = asyncio.run(sent)  # type: ignore[arg-type]
    assert time.perf_counter() - began < SECONDS
    assert b"Traceback" not in told.body
    assert b'File "' not in told.body
    assert [line for line in LOGGED if '"failure"' in line] == []
    return told


def codes(told: Answer) -> set[str]:
    return {error["extensions"]["code"] for error in told.json.get("errors", [])}


def chain(links: int, last: str) -> str:
    """Fragments of which each spreads the next twice, and the last holds a selection."""
    told = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(links)]
    return " ".join(["{ ...F0 }", *told, f"fragment F{links} on Query {{ {last} }}"])


def nested(opening: str, times: int, inner: str, closing: str) -> str:
    return opening * times + inner + closing * times


DOCUMENTS = {
    "many aliases": ("{" + " ".join(f"a{n}: __typename" for n in range(200)) + "}", "LIMIT"),
    "aliases of heavy fields": (
        "{" + " ".join(f'a{n}: search(text: "a") {{ nodes {{ id }} }}' for n in range(20)) + "}",
        "LIMIT",
    ),
    "a field a thousand times": ("{" + "__typename " * 900 + "}", "LIMIT"),
    "fragments that double": (chain(40, "__typename"), "LIMIT"),
    "a cycle of fragments": ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
                             "INVALID"),
    "a fragment in itself": ("{ ...A } fragment A on Query { ...A }", "INVALID"),
    "fragments that no one uses": (
        "{ __typename }" + "".join(f" fragment F{n} on Query {{ a }}" for n in range(120)),
        "INVALID",
    ),
    "fields within fields": (nested("{ a ", 300, "", "}"), "LIMIT"),
    "lists within lists": ("{ tools(where: " + nested("[", 450, "", "]") + ") { a } }", "LIMIT"),
    "objects within objects": (
        "{ tools(where: " + nested("{ not: ", 200, "{}", "}") + ") { a } }", "LIMIT"
    ),
    "directives in a row": ("{ __typename " + "@skip(if: false) " * 100 + "}", "LIMIT"),
    "directives that are not": ("{ __typename " + "@a " * 300 + "}", "LIMIT"),
    "a long comment": ("#" * 70_000 + "\n{ __typename }", "LIMIT"),
    "a comment a token": ("#\n" * 2_000 + "{ __typename }", "LIMIT"),
    "commas without end": ("," * 65_000 + "{ __typename }", ""),
    "a long name of a field": ("{ " + "a" * 60_000 + " }", "INVALID"),
    "an integer of 4,000 digits": ("{ tools(first: " + "9" * 4_000 + ") { a } }", "INVALID"),
    "an integer of 9,000 digits": ("{ tools(first: " + "9" * 9_000 + ") { a } }", "INVALID"),
    "a number beyond all": ("{ tools(first: 1e400) { totalCount } }", "INVALID"),
    "minus zero": ("{ tools(first: -0) { nodes { id } } }", ""),
    "NUL in the document": ("{ \0 }", "INVALID"),
    "NUL in a text": ('{ tool(name: "\\u0000") { id } }', "UNKNOWN_NAME"),
    "half a character": ('{ tool(name: "\\ud800") { id } }', "INVALID"),
    "beyond Unicode": ('{ tool(name: "\\u{110000}") { id } }', "INVALID"),
    "letters that only look so": ('{ tооl(name: "runc") { id } }', "INVALID"),
    "a mark of byte order": ("\ufeff{ __typename }", ""),
    "an argument twice": ("{ tools(first: 1, first: 2) { totalCount } }", "INVALID"),
    "types instead of a question": ("type A { b: Int } schema { query: A }", "INVALID"),
    "a mutation": ("mutation { drop }", "READ_ONLY"),
    "a subscription": ("subscription { all }", "READ_ONLY"),
    "introspection in circles": (
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "LIMIT",
    ),
    "pages of pages": (
        "{ tools(first: 100) { nodes { uses(first: 100) { nodes { usedBy(first: 100) "
        "{ nodes { id } } } } } } }",
        "LIMIT",
    ),
    "the year zero": ('{ tools(asOf: "0000-00-00") { totalCount } }', "INVALID"),
    "a long cursor": ('{ tools(after: "' + "A" * 60_000 + '") { totalCount } }', "BAD_CURSOR"),
}  # fmt: skip


@pytest.mark.parametrize("attack", DOCUMENTS)
def test_a_hostile_document_is_answered_with_a_code(attack: str) -> None:
    document, code = DOCUMENTS[attack]
    told = timed(post(app(), {"query": document}))
    assert told.status == 200
    assert len(told.body) < 65_536 * 3
    assert all(found.startswith(code) for found in codes(told))
    assert bool(codes(told)) == bool(code)


VALUES = {
    "a name of 200,000 letters": (NAME, "a" * 200_000, "UNKNOWN_NAME"),
    "a letter with 60,000 accents": (NAME, "e" + "\u0301" * 40_000, "UNKNOWN_NAME"),
    "letters that grow eighteenfold": (SEARCH, "\ufdfa" * 40_000, ""),
    "a search of 30,000 words": (SEARCH, "runc " * 30_000, ""),
    "the wrong way round": (NAME, "\u202ecnur", "UNKNOWN_NAME"),
    "nothing but spaces": (NAME, " \t\u3000\u2028", "UNKNOWN_NAME"),
    "a quote and a comment": (NAME, "' OR 1=1 --", "UNKNOWN_NAME"),
    "a list for a text": (NAME, [["runc"]], "BAD_VARIABLES"),
    "an object for a number": (PAGE, {"gt": 0}, "BAD_VARIABLES"),
    "true for a number": (PAGE, True, "BAD_VARIABLES"),
    "a number over 32 bits": (PAGE, 2**31, "BAD_VARIABLES"),
    "a number over 64 bits": (PAGE, 2**64, "BAD_VARIABLES"),
    "a negative page": (PAGE, -1, "BAD_QUERY"),
    "a text for a filter": (WHERE, "runc", "BAD_VARIABLES"),
    "a filter in a filter in a filter": (
        WHERE, json.loads(nested('{"not":', 300, "{}", "}")), "LIMIT"),
    "a filter that is many": (WHERE, {"or": [{}] * 2_000}, "LIMIT"),
    "brackets without end": (REACH, "(" * 5_000, "BAD_PATH_EXPRESSION"),
    "alternatives without end": (REACH, "|".join(["uses"] * 5_000), "BAD_PATH_EXPRESSION"),
    "stars of stars": (REACH, nested("(", 20, "uses", ")*"), ""),
    "a thousand inverses": (REACH, "^" * 900 + "uses", "BAD_PATH_EXPRESSION"),
}  # fmt: skip


@pytest.mark.parametrize("attack", VALUES)
def test_a_hostile_value_is_answered_with_a_code(attack: str) -> None:
    document, value, code = VALUES[attack]
    told = timed(post(app(), {"query": document, "variables": {"v": value}}))
    assert told.status == 200
    assert all(found.startswith(code) for found in codes(told))
    assert bool(codes(told)) == bool(code)


BODIES = {
    "a key twice": (b'{"query": "{ a }", "query": "{ __typename }"}', 200),
    "a number beyond all": (b'{"query": "{ __typename }", "variables": {"v": 1e400}}', 400),
    "not a number": (b'{"query": "{ __typename }", "variables": {"v": NaN}}', 400),
    "minus zero": (b'{"query": "%b", "variables": {"v": -0.0}}' % PAGE.encode(), 200),
    "half a character": (b'{"query": "{ __typename }", "operationName": "\\udfff"}', 400),
    "no UTF-8": (b'{"query": "{ \xff }"}', 400),
    "UTF-16": ('{"query": "{ __typename }"}'.encode("utf-16"), 400),
    "a mark of byte order": (b'\xef\xbb\xbf{"query": "{ __typename }"}', 400),
    "NUL": (b"\0" * 1_000, 400),
    "lists within lists": (b"[" * 200_000, 400),
    "a batch of a thousand": (b"[" + b'{"query": "{ __typename }"},' * 1_000 + b"{}]", 400),
    "too much": (b" " * 262_145, 413),
    "10,000 variables": (
        json.dumps({"query": "{ __typename }", "variables": dict.fromkeys(map(str, range(10_000)))})
        .encode(), 200,
    ),
    "an operation of a long name": (
        json.dumps({"query": "{ __typename }", "operationName": "a" * 200_000}).encode(), 200),
    "deep extensions": (
        b'{"query": "{ __typename }", "extensions": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}", 200),
    "a hash that is none": (b'{"extensions": {"persistedQuery": {"sha256Hash": [1]}}}', 400),
}  # fmt: skip


@pytest.mark.parametrize("attack", BODIES)
def test_a_hostile_body_is_answered_with_its_status(attack: str) -> None:
    body, status = BODIES[attack]
    told = timed(post(app(), body))
    assert told.status == status
    assert told.json
    assert len(told.body) < 1_000


PATHS = [
    "/docs/../pyproject.toml", "/docs/..%2f..%2fpyproject.toml", "/docs/....//errors.py",
    "/docs//etc/passwd", "/docs/\0", "/docs/errors.md\0.txt", "/ide/../../app.py",
    "/ide/..\\..\\app.py", "/ide/", "/graphiql/../app.py", "/pages.css/..", "/q/../../etc/passwd",
    "/q/..", "/q/%00", "/q/Path.json/../../x", "/q/Path.exe", "/q/Path.json\n",
    "/q/" + "a" * 60_000, "//", "/graphql/", "/GRAPHQL", "/\u202e", "/admin/reload",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_nowhere_but_to_what_is_served(path: str) -> None:
    told = timed(ask(app(), "GET", path))
    assert (told.status, codes(told)) == (404, {"NOT_FOUND"})


QUERIES = [
    b"from=%ff&to=b", b"from=\xff&to=b", b"from=%ed%a0%80&to=b", b"a=b&" * 5_000, b"%" * 500,
    b"from=a&from=b&to=c", b"from[]=a", b"=&=", b"__proto__=1", b"from=a",
    b"query=%7B&variables=%7B",
]  # fmt: skip


@pytest.mark.parametrize("path", ["/graphql", "/q/Path.json"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_hostile_query_string_is_a_bad_request(path: str, query: bytes) -> None:
    told = timed(ask(app(), "GET", path, query=query))
    assert told.status in (200, 400)
    assert codes(told) <= {"BAD_REQUEST", "BAD_VARIABLES", "INVALID_DOCUMENT"}
    assert codes(told)


@pytest.mark.parametrize("number", ["2147483648", "18446744073709551616", "1e3", "NaN", "-", "٣x"])
def test_a_number_that_is_none_is_told_so_below_q(number: str) -> None:
    query = urlencode({"first": number}).encode()
    told = timed(ask(app(), "GET", "/q/NewestTools.json", query=query))
    assert (told.status, codes(told)) == (400, {"BAD_VARIABLES"})


HEADERS = [
    (b"accept", b",,;;q=", 406), (b"accept", b"*/*;q=nan", 406), (b"accept", b"*/*;q=-1", 406),
    (b"accept", b"\xff\xfe", 406), (b"accept", b"a/b," * 10_000 + b"*/*", 200),
    (b"accept-encoding", b"br;q=x,gzip;q=nan,*;q=", 200), (b"accept-encoding", b"br," * 9_000, 200),
    (b"if-none-match", b'"' * 60_000, 200), (b"cookie", b"a=b; " * 12_000, 200),
    (b"content-encoding", b"gzip", 200), (b"x-http-method-override", b"DELETE", 200),
    (b"traceparent", b"00-" + b"f" * 9_000, 200), (b"origin", b"null", 200),
    (b"host", b"evil.example", 200), (b"x-forwarded-host", b"evil.example", 200),
    (b"content-type", b"application/json; charset=\xff", 415),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "status"), HEADERS)
def test_a_hostile_header_changes_nothing(name: bytes, value: bytes, status: int) -> None:
    told = timed(post(app(), {"query": "{ __typename }"}, (name, value)))
    assert told.status == status
    assert (told.json == {"data": {"__typename": "Query"}}) == (status == 200)
    assert "evil" not in str(told.headers)


LONG = "Ł" * 40_000
ECHOES = {
    "Accept": ((b"accept", LONG.encode()), b"{}"),
    "Content-Type": ((b"content-type", LONG.encode()), b"{}"),
    "operationName": ((b"x", b""), json.dumps({"query": "{a}", "operationName": [LONG]}).encode()),
    "variables": ((b"x", b""), json.dumps({"query": "{a}", "variables": [LONG]}).encode()),
    "extensions": ((b"x", b""), json.dumps({"query": "{a}", "extensions": [LONG]}).encode()),
    "hash": ((b"x", b""), json.dumps({"extensions": {"persistedQuery": LONG}}).encode()),
}


@pytest.mark.parametrize("part", ECHOES)
def test_a_refusal_repeats_no_more_than_the_beginning_of_what_came(part: str) -> None:
    header, body = ECHOES[part]
    told = timed(post(app(), body, header))
    assert told.status in (400, 406, 415)
    assert len(told.body) < 2_000


@pytest.mark.parametrize("path", ["/" + LONG, "/q/" + LONG, "/q/Path." + LONG])
def test_a_path_that_leads_nowhere_is_repeated_in_part(path: str) -> None:
    assert len(timed(ask(app(), "GET", path)).body) < 2_000


def test_a_query_string_of_many_parts_is_refused() -> None:
    told = timed(ask(app(), "GET", "/graphql", query=b"a=1&" * 100 + b"query={__typename}"))
    assert (told.status, told.json["errors"][0]["message"]) == (
        400, "the query string has more than 100 parts",
    )  # fmt: skip


def test_the_address_of_the_ide_holds_no_control_characters() -> None:
    query, browser = b"query=%7B\r\nSet-Cookie: a=b\xff", ((b"accept", b"text/html"),)
    told = timed(ask(app(), "GET", "/graphql", query=query, headers=browser))
    assert told.headers["location"] == "graphiql?query=%7BSet-Cookie:a=b"


def test_names_that_are_many_and_unknown_are_answered_in_time() -> None:
    fields = " ".join(f"a{n}: entities(names: $v) {{ id }}" for n in range(15))
    names = [f"kubernets runtme {n}" for n in range(100)]
    told = timed(
        post(app(), {"query": f"query ($v: [String!]!) {{ {fields} }}", "variables": {"v": names}})
    )
    assert codes(told) == {"UNKNOWN_NAME"}
    assert len(told.json["errors"]) == 1_500


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "", "get", "A" * 10_000])
def test_other_methods_are_refused_everywhere(method: str) -> None:
    for path in ("/", "/graphql", "/q/Path.json", "/docs/errors.md"):
        assert timed(ask(app(), method, path)).status == 405
