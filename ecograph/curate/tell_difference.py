"""A difference as text for people, as Markdown for a pull request, as JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ecograph.curate.answers import Answers, ChangedAnswer
from ecograph.curate.differences import Change, Difference, Section, Thing

MOST_CHARACTERS = 60_000
"""Of a Markdown text: a comment on GitHub may have 65,536."""
LONGEST_VALUE = 160
SIGNS = {"added": "+", "removed": "-", "renamed": ">", "changed": "~"}
NOUNS = {
    "entities": ("entity", "entities"),
    "statements": ("statement", "statements"),
    "sources": ("source", "sources"),
    "ontology": ("part of the ontology", "parts of the ontology"),
}
EMPTY = "no difference in what the data says"


@dataclass(frozen=True, slots=True)
class Marks:
    """How a form marks what is told: a line's beginning at a depth, a value, a thing's sign."""

    indent: str
    bullet: str
    quote: bool

    def line(self, depth: int, text: str) -> str:
        return f"{self.indent * depth}{self.bullet}{text}"

    def value(self, text: str | None) -> str:
        shown = _cut(" ".join((text or "").split()))
        return quote_code(shown) if self.quote else shown


PLAIN = Marks("    ", "", False)
MARKDOWN = Marks("  ", "- ", True)


def tell_json(difference: Difference, answers: Answers | None) -> str:
    """All of it: {"old", "new", "about", "entities": {"added": [...], ...}, ..., "answers"}."""
    told: dict[str, Any] = {"old": difference.old, "new": difference.new}
    told["about"] = difference.about
    told.update(difference.sections())
    told["answers"] = answers
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n"


def tell_text(difference: Difference, answers: Answers | None, most: int) -> str:
    """For a terminal; of each list no more than `most`, and how many more there are."""
    lines = [summarize(difference, answers)]
    for title, told in _blocks(difference, answers, most, PLAIN):
        lines += ["", title, *(f"  {line}" for line in told)]
    return "\n".join(lines) + "\n"


def tell_markdown(difference: Difference, answers: Answers | None, most: int) -> str:
    """For a comment; its parts can be folded out, and it is never too long for one."""
    text = f"**{summarize(difference, answers)}**\n"
    for title, told in _blocks(difference, answers, most, MARKDOWN):
        head = f"\n<details><summary>{title}</summary>\n\n"
        foot = "\n</details>\n"
        room = MOST_CHARACTERS - len(text) - len(head) - len(foot) - 100
        kept: list[str] = []
        lines = list(told)
        for line in lines:
            room -= len(line) + 1
            if room < 0:
                kept.append(f"- … and {_count(len(lines) - len(kept), 'line', 'lines')} more")
                break
            kept.append(line)
        text += head + "\n".join(kept) + "\n" + foot
    return text


def summarize(difference: Difference, answers: Answers | None) -> str:
    """How much differs, in one line."""
    parts = []
    for name, section in difference.sections():
        counts = [f"{len(things)} {word}" for word, things in section.parts() if things]
        if counts:
            total = sum(len(things) for _, things in section.parts())
            parts.append(f"{NOUNS[name][total > 1]}: {', '.join(counts)}")
    if difference.about:
        parts.append("what is said of the dataset: changed")
    told = "; ".join(parts) or EMPTY
    if answers is not None:
        asked = _count(answers.asked, "question", "questions")
        told += f"; {len(answers.changed)} of {asked} answered differently"
    return told[0].upper() + told[1:]


def _blocks(
    difference: Difference, answers: Answers | None, most: int, marks: Marks
) -> Iterator[tuple[str, Iterable[str]]]:
    """Title and lines of each part that has anything to tell."""
    if difference.about:
        yield "The dataset", [marks.line(0, _tell_change(c, marks)) for c in difference.about]
    for name, section in difference.sections():
        if section:
            yield name.capitalize(), _tell_section(section, most, marks)
    if answers is not None and answers.changed:
        shown = [line for one in answers.changed for line in _tell_answer(one, most, marks)]
        yield "Answers", shown


def _tell_section(section: Section, most: int, marks: Marks) -> Iterator[str]:
    for word, things in section.parts():
        for thing in things[:most]:
            yield marks.line(0, _tell_thing(thing, word, marks))
            yield from _tell_changes(thing.changes, most, marks)
        yield from _tell_rest(len(things) - most, f"{word}", 0, marks)


def _tell_thing(thing: Thing, word: str, marks: Marks) -> str:
    lead = f"{word} " if marks.quote else f"{SIGNS[word]} "
    if word == "renamed":
        verb = "was merged into" if thing.merged else "is now"
        lead = "" if marks.quote else lead
        return f"{lead}{marks.value(thing.former)} {verb} {marks.value(thing.id)}"
    if thing.name in (thing.sort, thing.id):
        return lead + marks.value(thing.id)
    if "~" in thing.id:
        return lead + marks.value(thing.name)
    return f"{lead}{marks.value(thing.id)}  {thing.sort}: {marks.value(thing.name)}"


def _tell_changes(changes: Sequence[Change], most: int, marks: Marks) -> Iterator[str]:
    for change in changes[:most]:
        yield marks.line(1, _tell_change(change, marks))
    yield from _tell_rest(len(changes) - most, "changes", 1, marks)


def _tell_change(change: Change, marks: Marks) -> str:
    if change.old is None:
        return f"{change.field}: new {marks.value(change.new)}"
    if change.new is None:
        return f"{change.field}: no longer {marks.value(change.old)}"
    arrow = "→" if marks.quote else "->"
    return f"{change.field}: {marks.value(change.old)} {arrow} {marks.value(change.new)}"


def _tell_answer(answer: ChangedAnswer, most: int, marks: Marks) -> Iterator[str]:
    given = ", ".join(f"{name}: {value}" for name, value in answer.variables.items())
    name = f"**{answer.name}**" if marks.quote else answer.name
    yield marks.line(0, f"{name}: {answer.question['en']}" + (
        f" ({marks.value(given)})" if given else ""))  # fmt: skip
    yield from _tell_changes(answer.beside, most, marks)
    for word, rows in (("added", answer.added), ("removed", answer.removed)):
        for row in rows[:most]:
            lead = f"{word} " if marks.quote else f"{SIGNS[word]} "
            yield marks.line(1, lead + marks.value(row))
        yield from _tell_rest(len(rows) - most, f"rows {word}", 1, marks)
    for changed in answer.changed[:most]:
        told = "; ".join(_tell_change(change, marks) for change in changed.changes)
        yield marks.line(1, f"{marks.value(changed.key)}: {told}")
    yield from _tell_rest(len(answer.changed) - most, "rows changed", 1, marks)
    if not (answer.beside or answer.added or answer.removed or answer.changed):
        yield marks.line(1, "in its order, or in what its table does not show")


def _tell_rest(number: int, what: str, depth: int, marks: Marks) -> Iterator[str]:
    if number > 0:
        yield marks.line(depth, f"… and {number:,} more {what}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def quote_code(text: str) -> str:
    """A text as code in Markdown, in which nothing is markup, a mention or a link."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}"
