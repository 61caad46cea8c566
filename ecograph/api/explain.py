"""Explanations: a path or a claim in sentences, with its sources numbered below them.

The plan tells the parts; templates put them together, so that both stores say the same. No text of
the data is taken for markup. May import: model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape as escape_html
from typing import Any, Literal

import orjson

from ecograph.api.written import escape, safe_address
from ecograph.model.ontology import Ontology
from ecograph.plan.encode import scalar
from ecograph.plan.steps import Each, Get, Ref, Shape, Value

Lang = Literal["en", "zh"]
Form = Literal["PLAIN", "MARKDOWN", "HTML"]
Raw = Mapping[str, Any]
Places = tuple[str, ...]
"""The response keys from the root down to a value; lists on the way are gone through."""

EXPLAINED = frozenset({"Path", "Claim", "ReachEdge"})
"""The types that have an explanation."""
WORDS: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "same": "Both ends are the same; there is nothing between them.",
        "KNOWN": "It is recorded that it is so.",
        "DENIED": "It is recorded that it is not so.",
        "DISPUTED": "It is disputed: one statement says so, and another that it is not so.",
        "UNKNOWN": "Nothing recorded that holds says whether {}; that is no denial.",
        "since": "since {}", "until": "until {}", "and": ", ", "period": " ({})",
        "stop": ".", "space": " ", "sources": "Sources:", "bare": "no source is named",
        "at": "{}, at {}", "read": "{}, read on {}",
    },
    "zh": {
        "same": "两端是同一事物，其间没有任何陈述。",
        "KNOWN": "有记录表明如此。",
        "DENIED": "有记录表明并非如此。",
        "DISPUTED": "存在争议：一条陈述说如此，另一条说并非如此。",
        "UNKNOWN": "没有仍然成立的记录表明“{}”是否成立；这并不是否定。",
        "since": "自 {} 起", "until": "至 {}", "and": "，", "period": "（{}）",
        "stop": "。", "space": "", "sources": "来源：", "bare": "未注明来源",
        "at": "{}，见 {}", "read": "{}，读于 {}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explanation that a document asks for: of what, and how it is to be written."""

    of: str
    lang: Lang
    form: Form

    def values(self, key: str) -> list[tuple[str, Value]]:
        """What a plan tells under a key; of a claim, under others beside it too.

        No response key has a space in it.
        """
        if self.of == "Claim":
            label = Shape((("name", Get("name")), ("label", Get("label", self.lang))))
            return [
                (key, Each("statements", self.statement())),
                (f"{key} verdict", Get("verdict")),
                (f"{key} relation", Get("relation")),
                (f"{key} subject", Ref("subject", label)),
                (f"{key} object", Ref("object", label)),
            ]
        hops = Each("hops", Shape((("statement", Ref("statement", self.statement())),)))
        return [(key, hops if self.of == "Path" else Ref("path", Shape((("hops", hops),))))]

    def statement(self) -> Shape:
        """What is told of each statement."""
        source = Shape((("title", Get("title")), ("url", Get("url"))))
        evidence = (
            ("source", Ref("source", source)), ("locator", Get("locator")),
            ("readOn", Get("readOn")),
        )  # fmt: skip
        return Shape((
            ("sentence", Get("sentence", self.lang)), ("since", Get("since")),
            ("until", Get("until")), ("evidence", Each("evidence", Shape(evidence))),
        ))  # fmt: skip

    def write(self, record: dict[str, Any], key: str, ontology: Ontology) -> str:
        """The text, of what the plan told in a record under a key."""
        words, text = WORDS[self.lang], _Text(self.form, self.lang)
        told = record[key]
        if self.of == "Claim":
            verdict = record.pop(f"{key} verdict")
            relation = ontology.by_enum_value[record.pop(f"{key} relation")]
            ends = {end: _label(record.pop(f"{key} {end}")) for end in ("subject", "object")}
            template = ontology.relations[relation].sentence.in_language(self.lang)
            text.say(words[verdict].format(template.format(**ends)))
            statements: Iterable[Raw] = told
        else:
            hops = told["hops"] if self.of == "ReachEdge" else told
            statements = [hop["statement"] for hop in hops]
            if not hops:
                text.say(words["same"])
        for statement in statements:
            text.cite(statement)
        return text.end()


def explain(
    values: Sequence[bytes], places: Mapping[Places, Explanation], ontology: Ontology
) -> bytes:
    """The value of a root, with texts in the place of what was told for them."""
    [value] = values
    told = orjson.loads(value)
    for (*way, key), explanation in places.items():
        for record in _records(told, way):
            record[key] = explanation.write(record, key, ontology)
    return scalar(told)


def _records(value: Any, way: Sequence[str]) -> list[dict[str, Any]]:
    """The records at a place, through lists and without nulls."""
    if isinstance(value, list):
        return [record for one in value for record in _records(one, way)]
    if value is None:
        return []
    return _records(value[way[0]], way[1:]) if way else [value]


def _label(raw: Raw) -> str:
    return str(raw["label"] or raw["name"])


@dataclass(slots=True)
class _Text:
    """A text under way: sentences with the numbers of their sources, then the sources."""

    form: Form
    lang: Lang
    sentences: list[str] = field(default_factory=list)
    sources: dict[tuple[str, str], int] = field(default_factory=dict)
    """(address, what is said of the source) -> its number."""
    titles: dict[str, str] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        """A sentence that needs no source."""
        self.sentences.append(self._escaped(sentence))

    def cite(self, statement: Raw) -> None:
        """A statement: its sentence, its period, and who says so."""
        words = WORDS[self.lang]
        told = [words[part].format(statement[part]) for part in ("since", "until")
                if statement[part]]  # fmt: skip
        sentence = statement["sentence"]
        sentence += words["period"].format(words["and"].join(told)) if told else ""
        marks = dict.fromkeys(map(self._number, statement["evidence"]))
        cited = "".join(f"[{n}]" for n in marks) or words["period"].format(words["bare"]).strip()
        cited = self._escaped(cited) if self.form == "MARKDOWN" else cited
        self.sentences.append(f"{self._escaped(sentence)} {cited}{words['stop']}")

    def _number(self, evidence: Raw) -> int:
        """The number of a source and a place in it."""
        words, source = WORDS[self.lang], evidence["source"]
        beside = source["title"]
        if evidence["locator"]:
            beside = words["at"].format(beside, evidence["locator"])
        if evidence["readOn"]:
            beside = words["read"].format(beside, evidence["readOn"])
        return self.sources.setdefault((source["url"], beside), len(self.sources) + 1)

    def end(self) -> str:
        """The whole text."""
        words = WORDS[self.lang]
        told = words["space"].join(self.sentences)
        sources = [_LINES[self.form](n, *source) for source, n in self.sources.items()]
        if self.form == "HTML":
            listed = f"<p>{words['sources']}</p><ol>{''.join(sources)}</ol>" if sources else ""
            return f"<p>{told}</p>{listed}"
        if not sources:
            return f"{told}\n"
        gap = "\n\n" if self.form == "MARKDOWN" else "\n"
        return f"{told}{gap}{words['sources']}{gap}" + "".join(f"{line}\n" for line in sources)

    def _escaped(self, text: str) -> str:
        return _ESCAPES[self.form](text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _html(text: str) -> str:
    return escape_html(_plain(text))


_ESCAPES: Mapping[Form, Callable[[str], str]] = {
    "PLAIN": _plain, "MARKDOWN": escape, "HTML": _html,
}  # fmt: skip
_LINES: Mapping[Form, Callable[[int, str, str], str]] = {
    "PLAIN": lambda n, url, told: f"[{n}] {_plain(told)}: {url}",
    "MARKDOWN": lambda n, url, told: f"{n}. [{escape(told)}](<{safe_address(url)}>)",
    "HTML": lambda _, url, told: (
        f'<li><a href="{escape_html(safe_address(url))}">{_html(told)}</a></li>'
    ),
}
