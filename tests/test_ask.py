"""How plain questions are read: words from an ontology, names, typing errors, refusals."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ecograph.ask.asker import Asker
from ecograph.ask.mentions import is_slip
from ecograph.ask.text import LONGEST, language_of, read_day, spread, tidy
from ecograph.ask.verbs import forms_of
from ecograph.model.ontology import Ontology
from ecograph.service import Service
from tests.readings import told
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, ontology, says, world

MADE_UP: dict[str, Any] = {
    "inverse": "fedBy",
    "label": {"en": "feeds", "zh": "供给"},
    "inverse_label": {"en": "fed by", "zh": "被供给"},
    "description": {"en": "It gives the object what it lives on.", "zh": "主体供养客体。"},
    "domain": ["Tool"],
    "range": ["Tool"],
    "sentence": {"en": "{subject} feeds {object}", "zh": "{subject} 供给 {object}"},
}


@cache
def asker() -> Asker:
    return Service(world()).api.questions.asker


@cache
def service_with_a_made_up_relation() -> Service:
    plain = ontology().model_dump()
    plain["relations"]["feeds"] = MADE_UP
    graph = make_graph(
        ENTITIES, [*STATEMENTS, says("runc feeds crun")], of=Ontology.model_validate(plain)
    )
    return Service(graph)


def meanings(question: str, of: Asker | None = None) -> list[str]:
    return [told(one.meaning) for one in (of or asker()).read(question).readings]


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("what feeds crun", "list feeds=crun"),
        ("Which tools are feeding crun?", "list Tool, feeds=crun"),
        ("what is feeding crun", "list feeds=crun"),
        ("what does runc feed", "list fedBy=runc"),
        ("what is crun fed by", "list feeds=crun"),
        ("does runc feed crun", "whether runc feeds crun"),
        ("what feeds crun and implements OCI runtime spec",
         "list feeds=crun, implements=oci-runtime-spec"),
        ("什么供给 crun", "list feeds=crun"),
        ("runc 供给什么", "list fedBy=runc"),
        ("哪些工具供给了 crun", "list Tool, feeds=crun"),
        ("crun 被什么供给", "list feeds=crun"),
        ("runc 是否供给 crun", "whether runc feeds crun"),
        ("供给 crun 的工具有哪些", "list Tool, feeds=crun"),
    ],
)  # fmt: skip
def test_a_relation_of_the_ontology_brings_its_questions(question: str, reading: str) -> None:
    service = service_with_a_made_up_relation()
    assert meanings(question, service.api.questions.asker) == [reading]
    assert meanings(question) == []


def test_the_questions_of_a_made_up_relation_are_answered() -> None:
    service = service_with_a_made_up_relation()
    told_of = service.query('{ ask(text: "what feeds crun") { sentence readings { ids } } }')
    assert told_of["data"]["ask"] == {"sentence": "runc.", "readings": [{"ids": ["runc"]}]}


def test_a_relation_may_say_more_words_for_itself() -> None:
    plain = ontology().model_dump()
    plain["relations"]["feeds"] = MADE_UP | {
        "asked": {
            "verbs": {"en": ["nourishes"], "zh": ["给{}喂食"]},
            "nouns": {"en": ["feeder"], "zh": ["供养者"]},
        }
    }
    of = Service(make_graph(ENTITIES, STATEMENTS, of=Ontology.model_validate(plain)))
    own = of.api.questions.asker
    assert meanings("what nourishes crun", own) == ["list feeds=crun"]
    assert meanings("feeders of crun", own) == ["list feeds=crun"]
    assert meanings("什么给 crun 喂食", own) == ["list feeds=crun"]
    assert meanings("crun 的供养者有哪些", own) == ["list feeds=crun"]


def test_a_reading_whose_kinds_do_not_fit_is_dropped() -> None:
    assert meanings("what implements CRI") == ["list implements=cri"]
    assert meanings("what implements runc") == []
    assert meanings("which organizations implement CRI") == []
    assert meanings("does CRI implement runc") == []


def test_a_name_with_two_bearers_has_two_readings() -> None:
    understood = asker().read("what is Docker")
    assert [told(one.meaning) for one in understood.readings] == [
        "about docker-engine", "about docker-inc"
    ]  # fmt: skip
    assert [one.understood for one in understood.readings] == [
        "What is Docker Engine?", "What is Docker, Inc.?"
    ]  # fmt: skip


def test_the_kinds_of_a_relation_tell_two_bearers_apart() -> None:
    assert meanings("what does Docker own") == ["list ownedBy=docker-inc"]
    assert meanings("what uses Docker") == ["list uses=docker-engine"]


def test_a_firm_is_named_without_its_legal_form_where_only_a_firm_is_meant() -> None:
    engine = entity("docker-engine", "Tool", "Docker Engine", None, "Docker")
    firm = entity("docker-inc", "Organization", "Docker, Inc.", "Docker 公司")
    of = Service(make_graph([engine, firm], [])).api.questions.asker
    assert meanings("what does Docker own", of) == ["list ownedBy=docker-inc"]
    assert meanings("Docker 拥有什么", of) == ["list ownedBy=docker-inc"]
    assert meanings("what is Docker", of) == ["about docker-engine"]
    assert meanings("who owns Docker", of) == ["list owns=docker-engine"]


@pytest.mark.parametrize(
    "text", ["how many users does Docker have", "Docker 有多少用户", "who runs Linux"]
)
def test_people_are_not_counted_as_tools(text: str) -> None:
    assert meanings(text) == []


def test_words_are_corrected_one_by_one() -> None:
    client = entity("client", "Tool", "Docker client", None, "Docker CLI")
    compose = entity("compose", "Tool", "Docker Compose")
    of = Service(make_graph([client, compose], [])).api.questions.asker
    assert meanings("what uses the Docker API", of) == []
    assert meanings("what uses dcoker compsoe", of) == ["list uses=compose~"]


def test_a_name_may_hold_a_word_of_the_grammar() -> None:
    assert meanings("what is cAdvisor and Heapster") == ["about cadvisor-heapster"]
    assert meanings("parts of cAdvisor and Heapster") == ["list partOf=cadvisor-heapster"]


def test_a_corrected_name_is_told() -> None:
    understood = asker().read("what uses contanerd")
    assert [one.understood for one in understood.readings] == [
        "What uses containerd? (“contanerd” → containerd)"
    ]


@pytest.mark.parametrize(
    ("typed", "name", "slip"),
    [
        ("calcio", "calico", True),
        ("habor", "harbor", True),
        ("flanel", "flannel", True),
        ("kuberntes", "kubernetes", True),
        ("chrome", "chroma", False),
        ("trace", "tracee", False),
        ("cluster", "clusterd", False),
        ("rtk", "rkt", False),
        ("运行时规泛", "运行时规范", True),
        ("运行时规范吗", "运行时规范", False),
        ("containerd", "containerd", False),
    ],
)
def test_typing_errors_are_told_from_other_words(typed: str, name: str, slip: bool) -> None:
    assert is_slip(typed, name) is slip


@pytest.mark.parametrize(
    ("third", "forms"),
    [
        ("uses", ("use", "used", "used", "using")),
        ("runs", ("run", "ran", "run", "running")),
        ("supplies", ("supply", "supplied", "supplied", "supplying")),
        ("passes", ("pass", "passed", "passed", "passing")),
        ("agrees", ("agree", "agreed", "agreed", "agreeing")),
        ("employs", ("employ", "employed", "employed", "employing")),
    ],
)
def test_verbs_have_their_forms(third: str, forms: tuple[str, ...]) -> None:
    assert forms_of(third) == forms


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018-02-03", "2018-02-03", "2018-02-03"),
        ("may 2018", "2018-05-01", "2018-05-31"),
        ("3 may 2018", "2018-05-03", "2018-05-03"),
        ("2018年", "2018-01-01", "2018-12-31"),
        ("2018年12月", "2018-12-01", "2018-12-31"),
        ("2018年2月3日", "2018-02-03", "2018-02-03"),
        ("2018-02-30", None, None),
        ("last year", None, None),
        ("1066", None, None),
    ],
)
def test_days_are_read(text: str, first: str | None, last: str | None) -> None:
    assert (read_day(text, end=False), read_day(text, end=True)) == (first, last)


def test_a_day_to_come_is_no_day_of_the_data() -> None:
    assert meanings("what implemented CRI in 2020") == ["list implements=cri as of 2020-12-31"]
    assert meanings("what implements CRI in 2093") == []


def test_texts_are_tidied() -> None:
    assert tidy("  Ｗｈａｔ uses 「CRI」 ？？ ") == "what uses cri"
    assert spread("what's docker's licence") == "what is docker 's licence"
    assert spread("docker, inc. and k8s.io") == "docker , inc and k8s.io"
    assert (language_of("what uses CRI"), language_of("什么使用 CRI")) == ("en", "zh")
    assert (language_of("what is 监管 today"), language_of("runc 的许可证")) == ("en", "zh")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "There is no question to answer."),
        ("  ?! ", "There is no question to answer."),
        ("。。。", "There is no question to answer."),
        ("what uses " + "x" * LONGEST, "A question may have 300 characters; this one has more."),
        ("什么使用" + "字" * LONGEST, "问题最多 300 个字符，这个问题超出了。"),
        ("{ tools { nodes { id } } }",
         "A question is written in words; this one holds other characters."),
        ("who owns Foobarium", "The data knows nothing by the name of “foobarium”."),
        ("谁拥有福巴", "数据中没有名为“福巴”的事物。"),
        ("who is near Docker",
         "I cannot read this question; it is none that the data answers, or is put in words that "
         "I do not know."),
        ("rkt 有人吃吗", "无法理解这个问题：数据不能回答，或者用了不认识的说法。"),
        ("被 CNCF 吃掉的项目有哪些", "无法理解这个问题：数据不能回答，或者用了不认识的说法。"),
        ("which runtime is best",
         "I cannot read this question; it is none that the data answers, or is put in words that "
         "I do not know."),
        ("\ud800 owns \udfff",
         "A question is written in words; this one holds other characters."),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_what_could_be_asked(text: str, refusal: str) -> None:
    understood = asker().read(text)
    assert understood.readings == ()
    assert understood.refusal == refusal
    assert understood.nearest
    assert all(asker().read(one).readings for one in understood.nearest)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("which tools are not archived", "list Tool, not status:ARCHIVED"),
        ("没有归档的工具有哪些", "list Tool, not status:ARCHIVED"),
        ("tools that implement CRI and are not maintained",
         "list Tool, implements=cri, not status:ACTIVE"),
        ("which tools are not MIT", "list Tool, not license:MIT"),
        ("does Docker Engine depend on runc", "whether docker-engine depends on runc"),
        ("runc 是 CRI 的依赖吗", None),
        ("which tools are forks", "list Tool, some forkOf"),
        ("specs that containerd implements", "list Specification, implementedBy=containerd"),
        ("everything that Docker owns", "list ownedBy=docker-inc"),
        ("what are forks", None),
        ("is containerd not archived", None),
        ("什么是公司", None),
    ],
)  # fmt: skip
def test_states_are_denied_and_verbs_stand_alone(text: str, reading: str | None) -> None:
    assert meanings(text) == ([] if reading is None else [reading])


def test_a_kind_is_no_thing_to_ask_about() -> None:
    assert meanings("tools") == []
    assert not any("Tool" in one for one in asker().read("which tools are tasty").nearest)


def test_what_could_be_asked_is_about_the_things_that_are_named() -> None:
    assert asker().read("is containerd tasty").nearest == (
        "What is the status of containerd?",
        "What does containerd implement?",
        "What does containerd use?",
        "What uses containerd?",
    )


def test_the_answer_may_be_in_another_language_than_the_question() -> None:
    understood = asker().read("what uses containerd", "zh")
    assert (understood.lang, understood.readings[0].understood) == (
        "zh",
        "哪些事物使用 containerd？",
    )
    understood = asker().read("什么使用 containerd", "en")
    assert understood.readings[0].understood == "What uses containerd?"


def test_a_question_has_few_readings_whatever_it_says() -> None:
    for joint in (" and ", " or ", ", ", " but not "):
        text = "what implements " + joint.join(["CRI"] * 40)
        assert len(asker().read(text[:LONGEST]).readings) <= 4
