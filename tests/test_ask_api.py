"""Plain questions through GraphQL, over HTTP and on the command line."""

from __future__ import annotations

import asyncio
import json
import time
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest

from ecograph.api.asked import PlainQuestions
from ecograph.api.limits import Limits
from ecograph.errors import InnerError
from ecograph.service import Service
from ecograph.store.base import Budget
from ecograph.web.app import make_app
from tests.asgi import Answer, ask
from tests.commands import call
from tests.world import world

FIELDS = "outcome lang sentence nearest readings { understood operation variables totalCount ids }"


@cache
def service() -> Service:
    return Service(world())


def asked(text: str, fields: str = FIELDS, **more: Any) -> Any:
    document = f"query($t: String!, $l: Language) {{ ask(text: $t, lang: $l) {{ {fields} }} }}"
    response = service().query(document, {"t": text, **more})
    assert "errors" not in response
    return response["data"]["ask"]


def get(query: str, *headers: tuple[bytes, bytes], method: str = "GET") -> Answer:
    app = make_app(service())
    return asyncio.run(ask(app, method, "/ask", query=query.encode(), headers=headers))


def test_a_named_operation_is_told_by_its_name() -> None:
    assert asked("what implements CRI") == {
        "outcome": "CLEAR",
        "lang": "EN",
        "sentence": "2: containerd and cri-dockerd.",
        "nearest": [],
        "readings": [
            {
                "understood": "What implements Container Runtime Interface?",
                "operation": "Implementers",
                "variables": {"spec": "cri"},
                "totalCount": 2,
                "ids": ["containerd", "cri-dockerd"],
            }
        ],
    }


def test_a_chinese_question_has_a_chinese_answer() -> None:
    told = asked("谁拥有 Docker 引擎")
    assert (told["lang"], told["sentence"]) == ("ZH", "Docker 公司。")
    assert told["readings"][0]["understood"] == "Docker 引擎归哪些事物所有？"


def test_the_query_of_a_reading_runs_as_it_stands() -> None:
    one = asked("what uses containerd", "readings { query variables data }")["readings"][0]
    assert service().query(one["query"], one["variables"]) == {"data": one["data"]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("does containerd implement CRI", "Yes: containerd implements Container Runtime"
        " Interface."),
        ("does Docker implement CRI",
         "No: it is not so that Docker Engine implements Container Runtime Interface."),
        ("does quay.io implement image-spec",
         "It is disputed whether Quay.io implements OCI Image Format Specification."),
        ("does crun implement CRI",
         "The data does not say whether crun implements Container Runtime Interface."),
        ("since when does containerd implement CRI",
         "Since 2017-12: containerd implements Container Runtime Interface."),
        ("is rkt still maintained", "No: rkt has ended (2020-02-24)."),
        ("is rkt dead", "Yes: rkt has ended (2020-02-24)."),
        ("is rkt archived",
         "Yes: rkt is archived (2019-08-16 archived by the CNCF); it has ended (2020-02-24)."),
        ("was rkt active", "Yes: rkt was active (2014-12-01 begun); it has ended (2020-02-24)."),
        ("was rkt ever graduated",
         "The data does not say that rkt ever had graduated; "
         "it is archived (2019-08-16 archived by the CNCF)."),
        ("is rkt deprecated", "No: rkt has ended (2020-02-24)."),
        ("was rkt deprecated",
         "The data does not say that rkt ever was deprecated; it has ended (2020-02-24)."),
        ("is LXD archived", "The data gives no status of LXD."),
        ("is LXD maintained", "The data gives no status of LXD."),
        ("when did containerd graduate", "containerd: 2019-02-28 graduated in the CNCF."),
        ("when was crun archived", "The data has no date of crun for: archived."),
        ("when was rkt archived", "rkt: 2019-08-16 archived by the CNCF."),
        ("what happened to rkt since 2020", "rkt: 2020-02-24 ended."),
        ("licence of LXD", "The licence of LXD is AGPL-3.0-only."),
        ("licence of Calico", "The data gives no licence of Calico."),
        ("how does Docker Engine come to runc",
         "In 2 steps: Docker Engine uses containerd; containerd uses runc."),
        ("how does Calico come to runc", "There is no such way."),
        ("who owns Docker", "Docker, Inc."),
        ("what replaced runc", "Nothing in the data."),
        ("Docker 引擎怎样到 runc", "2 步：Docker 引擎 使用 containerd；containerd 使用 runc。"),
        ("rkt 还在维护吗", "不是，rkt：已终止（2020-02-24 终止）。"),
    ],
)  # fmt: skip
def test_answers_are_sentences(text: str, sentence: str) -> None:
    assert asked(text)["sentence"] == sentence


def test_what_lies_beside_an_empty_answer_is_told_as_a_question_of_its_own() -> None:
    told = asked("what replaced LXD")
    assert told["sentence"] == "Nothing in the data. What is a fork of LXD? Incus."
    assert told["nearest"] == ["What is a fork of LXD?"]
    assert [one["ids"] for one in told["readings"]] == [[]]


def test_a_claim_that_nothing_backs_is_told_with_what_is_near_it() -> None:
    told = asked("does containerd support CRI", "sentence readings { understood sentence }")
    assert told["readings"][0]["sentence"] == (
        "Yes: containerd implements Container Runtime Interface."
    )
    told = asked("is containerd compatible with CRI", "sentence")
    assert told["sentence"] == (
        "The data does not say whether containerd supports Container Runtime Interface. "
        "Is it so that containerd implements Container Runtime Interface? "
        "Yes: containerd implements Container Runtime Interface."
    )


def test_an_empty_answer_offers_what_the_data_can_say_of_the_thing() -> None:
    assert asked("does crun implement CRI", "nearest")["nearest"] == [
        "What is the status of crun?", "What does crun implement?", "What is crun?",
        "What implements Container Runtime Interface?",
    ]  # fmt: skip


def test_what_a_category_holds_for_a_thing_is_refused_and_not_told_to_be_nothing() -> None:
    told = asked("which monitoring tools does containerd use")
    assert (told["outcome"], told["readings"]) == ("REFUSED", [])
    assert told["sentence"].startswith("Nothing in that category is recorded for this question")
    assert told["nearest"]


def test_only_questions_that_have_an_answer_are_offered() -> None:
    assert asked("is LXD tasty", "nearest")["nearest"] == ["What is LXD?"]
    assert asked("CRI 好吃吗", "nearest")["nearest"] == [
        "哪些事物实现了容器运行时接口？", "容器运行时接口是什么？"
    ]  # fmt: skip


def test_a_passive_relation_is_asked_in_the_active() -> None:
    told = asked("who owns Calico", "readings { understood }")["readings"]
    assert told == [{"understood": "Who owns Calico?"}]


def test_an_ambiguous_question_has_several_readings() -> None:
    told = asked("what is Docker")
    assert told["outcome"] == "SEVERAL"
    assert [one["ids"] for one in told["readings"]] == [["docker-engine"], ["docker-inc"]]


def test_a_refused_question_is_no_error() -> None:
    told = asked("who owns Foobarium")
    assert (told["outcome"], told["readings"]) == ("REFUSED", [])
    assert told["sentence"] == "The data knows nothing by the name of “foobarium”."
    assert told["nearest"]


def test_the_language_of_the_answer_may_be_said() -> None:
    assert asked("what uses containerd", "lang sentence", l="ZH") == {
        "lang": "ZH", "sentence": "Docker 引擎。"
    }  # fmt: skip


def test_a_plain_question_stands_beside_others_under_aliases_and_with_introspection() -> None:
    told = service().query(
        '{ a: ask(text: "what uses runc") { ...F } b: ask(text: "what uses crun") { sentence } '
        '__schema { queryType { name } } tool(name: "runc") { id } } '
        "fragment F on Answer { __typename kind: outcome readings { __typename data variables } }"
    )["data"]
    assert told["a"]["__typename"] == "Answer"
    assert told["a"]["kind"] == "CLEAR"
    assert told["a"]["readings"][0]["variables"] == {"tool": "runc"}
    assert told["a"]["readings"][0]["data"]["tool"]["usedBy"]["totalCount"] == 1
    assert told["b"] == {"sentence": "Nothing in the data."}
    assert told["__schema"] == {"queryType": {"name": "Query"}}
    assert told["tool"] == {"id": "runc"}


def test_a_plain_question_counts_towards_the_limits() -> None:
    limited = Service(world())
    limited.api.limits = Limits(objects=10)
    many = " ".join(f'q{n}: ask(text: "what uses runc") {{ readings {{ ids }} }}' for n in range(4))
    codes = [e["extensions"]["code"] for e in limited.query(f"{{ {many} }}")["errors"]]
    assert codes == ["LIMIT_EXCEEDED"]


def test_json_over_http() -> None:
    reply = get(f"q={quote('什么实现了 CRI')}")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert reply.json["sentence"] == "共 2 项：containerd、cri-dockerd。"
    tag = reply.headers["etag"].encode()
    again = get(f"q={quote('什么实现了 CRI')}", (b"if-none-match", tag))
    assert (again.status, again.body) == (304, b"")
    assert get("q=who+owns+Foobarium").json["outcome"] == "REFUSED"
    assert get("q=what+uses+runc&lang=zh").json["lang"] == "ZH"


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("", 400, "q: the question is missing; for example /ask?q=what+replaced+Heapster"),
        ("q=what+uses+runc&lang=fr", 400, "lang: 'fr' is no language; write en or zh"),
        ("q=%ff", 400, "the query string is not UTF-8, percent-encoded, of at most 8 parts"),
    ],
)
def test_a_wrong_request_says_what_would_be_right(query: str, status: int, message: str) -> None:
    reply = get(query)
    assert (reply.status, reply.json["errors"][0]["message"]) == (status, message)


def test_only_get_and_head_are_answered() -> None:
    assert get("q=what+uses+runc", method="POST").status == 405
    assert get("q=what+uses+runc", method="HEAD").body == b""


def test_a_page_for_who_asks_for_html() -> None:
    html = (b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")
    page = get("q=what+implements+CRI", html).body.decode()
    assert "2: containerd and cri-dockerd." in page
    assert "What implements Container Runtime Interface?" in page
    assert 'href="e/containerd"' in page
    refused = get("q=who+owns+Foobarium", html).body.decode()
    assert "The data knows nothing by the name of “foobarium”." in refused
    assert 'href="ask?q=' in refused
    hostile = get(f"q={quote('<script>alert(1)</script>')}", html).body.decode()
    assert "<script>alert" not in hostile
    assert get("", html).status == 200


def test_the_command_prints_json_or_a_table_or_refuses() -> None:
    done = call("ask", "what", "implements", "CRI", service=service())
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["sentence"] == "2: containerd and cri-dockerd."
    table = call("ask", "什么实现了 CRI", "--format", "table", service=service())
    assert table.stdout.startswith(
        "哪些事物实现了容器运行时接口？\n共 2 项：containerd、cri-dockerd。\n"
    )
    csv = call("ask", "what implements CRI", "--format", "csv", service=service())
    assert csv.stdout.splitlines()[1].endswith(",cri-dockerd,") or "containerd" in csv.stdout
    refused = call("ask", "who owns Foobarium", "--format", "table", service=service())
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(
        "ecograph: The data knows nothing by the name of “foobarium”.\n"
    )


def test_a_question_within_that_fails_is_an_error_and_no_empty_answer() -> None:
    api = service().api
    with pytest.raises(InnerError, match="nobody") as raised:
        api.answer_data(Budget(None), '{ entity(name: "nobody") { id } }', {})
    assert raised.value.code == "UNKNOWN_NAME"
    # Found while nothing is left of the time: neither told as nothing, nor kept as that.
    late = Service(world(), deadline=0.0)
    document = '{ ask(text: "what implements cri") { sentence } }'
    told = late.query(document)
    assert [e["extensions"]["code"] for e in told.get("errors", ())] in ([], ["TIMEOUT"])
    if "errors" not in told:
        assert "Nothing" not in told["data"]["ask"]["sentence"]


def test_gathering_words_takes_no_time_of_the_first_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gathered_slowly(*given: Any) -> PlainQuestions:
        time.sleep(deadline)
        return PlainQuestions(*given)

    deadline = 2.0
    monkeypatch.setattr("ecograph.api.run.PlainQuestions", gathered_slowly)
    first = Service(world(), deadline=deadline)
    told = first.query('{ ask(text: "what implements cri") { outcome readings { data } } }')
    assert told["data"]["ask"]["outcome"] == "CLEAR"
