"""The picture's own words, in both languages, and a picture told in words."""

from __future__ import annotations

from collections.abc import Mapping

from ecograph.view.picture import Form, Group, Picture

WORDS: Mapping[str, Mapping[str, str]] = {
    "around": {"en": "{n} neighbours by {r} relations", "zh": "{n} 个相邻事物，{r} 种关系"},
    "around_one": {"en": "{n} by one relation", "zh": "{n} 项，一种关系"},
    "among": {
        "en": "{n} statements among the neighbours are not drawn",
        "zh": "相邻事物之间的 {n} 条陈述未画出",
    },
    "among_one": {
        "en": "one statement among the neighbours is not drawn",
        "zh": "相邻事物之间的 1 条陈述未画出",
    },
    "steps": {
        "en": "{n} steps; an arrow leads from subject to object",
        "zh": "{n} 步；箭头由主体指向客体",
    },
    "steps_one": {"en": "one step", "zh": "1 步"},
    "ways": {
        "en": "{n} ways, the first one thick; an arrow leads from subject to object",
        "zh": "{n} 条路径，第一条加粗；箭头由主体指向客体",
    },
    "reached": {"en": "{n} things reached", "zh": "到达 {n} 个事物"},
    "reached_one": {"en": "one thing reached", "zh": "到达 1 个事物"},
    "things": {"en": "{n} things, {s} statements", "zh": "{n} 个事物，{s} 条陈述"},
    "entries": {"en": "{n} entries", "zh": "{n} 项"},
    "entries_one": {"en": "one entry", "zh": "1 项"},
    "parts": {"en": "{g} categories, {n} entries", "zh": "{g} 个类别，{n} 项"},
    "from_to": {"en": "From {a} to {b}", "zh": "从 {a} 到 {b}"},
    "more": {"en": "{n} more", "zh": "另有 {n} 项"},
    "folded": {
        "en": "{n} of {all} are folded: +n in a box says how many",
        "zh": "{all} 个中有 {n} 个已折叠，框中 +n 为其数量",
    },
    "cut": {"en": "{n} of {all} shown", "zh": "共 {all} 项，显示 {n} 项"},
    "truncated": {"en": "there are more", "zh": "还有更多"},
    "users": {"en": "Who works with it", "zh": "与它配合的事物"},
    "users_BREAKS": {"en": "breaks", "zh": "会受损"},
    "users_GOES_ON": {"en": "goes on", "zh": "可继续"},
    "users_BY_INTERFACE": {"en": "may go on, by an interface", "zh": "或可经由接口继续"},
    "users_NOT_RECORDED": {"en": "not recorded", "zh": "没有记录"},
    "interfaces": {"en": "Interfaces", "zh": "接口"},
    "interfaces_KEPT": {"en": "kept", "zh": "保留"},
    "interfaces_LOST": {"en": "lost", "zh": "失去"},
    "interfaces_GAINED": {"en": "gained", "zh": "新增"},
    "interfaces_MAYBE_LOST": {"en": "lost, as far as recorded", "zh": "就记录而言失去"},
    "interfaces_OTHER_SIDE": {
        "en": "one provides it, the other only works over it",
        "zh": "一方提供它，另一方只是使用它",
    },
    "interfaces_MAYBE_GAINED": {"en": "gained, as far as recorded", "zh": "就记录而言新增"},
    "swap": {"en": "{a} gives way to {b}", "zh": "以 {b} 替换 {a}"},
    "swapped": {"en": "{n} things concerned", "zh": "涉及 {n} 个事物"},
    "swapped_one": {"en": "one thing concerned", "zh": "涉及 1 个事物"},
    "sources": {"en": "Sources: ", "zh": "出处："},
    "and_more": {"en": "and {n} more", "zh": "等另外 {n} 个"},
    "dataset": {
        "en": "Dataset {version}, as of {day}, {license}",
        "zh": "数据集 {version}，截至 {day}，{license}",
    },
    "since": {"en": "since {day}", "zh": "{day} 起"},
    "until": {"en": "until {day}", "zh": "至 {day}"},
    "period": {"en": "{since} to {until}", "zh": "{since} 至 {until}"},
    "not": {"en": "not: {what}", "zh": "并非：{what}"},
    "denied": {"en": "It is not so that {what}", "zh": "并非如此：{what}"},
    "nothing": {"en": "Nothing is known that answers this.", "zh": "没有已知的答案。"},
    "no_picture": {"en": "There is no picture here.", "zh": "此处没有图形。"},
    "others": {"en": "without a line here", "zh": "此处无连线"},
    "list": {"en": "The same as a list", "zh": "以列表显示"},
    "data": {"en": "Data", "zh": "数据"},
    "the_sources": {"en": "Sources", "zh": "出处"},
    "comma": {"en": "; ", "zh": "；"},
}  # fmt: skip


def word(key: str, language: str, **parts: object) -> str:
    """A phrase in a language, filled; in the singular where it has one and `n` is 1."""
    if parts.get("n") == 1 and f"{key}_one" in WORDS:
        key = f"{key}_one"
    return WORDS[key][language].format(**parts)


NAMED = 12
"""The most things of a group that a description names."""


def describe(picture: Picture) -> str:
    """A picture for those who do not see it: what was asked, and what is drawn, in sentences."""
    chinese = picture.language == "zh"
    dot = "。" if chinese else "."
    told = [picture.question.rstrip("?？。.") + ("？" if chinese else "?")]
    if picture.subtitle:
        told.append(picture.subtitle + dot)
    if picture.form is Form.TREE:
        groups = (group for top in picture.groups for group in top.every())
        told += [_name(picture, group) + dot for group in groups if group.nodes]
    told += [sentence + dot for sentence in picture.told]
    return "".join(told) if chinese else " ".join(told)


def _name(picture: Picture, group: Group) -> str:
    comma, colon = ("、", "：") if picture.language == "zh" else (", ", ": ")
    names = [picture.nodes[id_].label for id_ in group.nodes[:NAMED]]
    more = group.more + max(0, len(group.nodes) - NAMED)
    if more:
        names.append(word("more", picture.language, n=more))
    listed = comma.join(names)
    return f"{group.label}{colon}{listed}" if group.label else listed
