"""What an answer says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from ecograph.model.ontology import Language

SAID: Mapping[str, tuple[str, str]] = {
    "KNOWN": ("Yes: {told}.", "是的：{told}。"),
    "DENIED": ("No: it is not so that {told}.", "不是：“{told}”不成立。"),
    "DISPUTED": ("It is disputed whether {told}.", "有争议：{told}。"),
    "UNKNOWN": ("The data does not say whether {told}.", "数据没有说明是否如此：{told}。"),
    "since": ("Since {day}: {told}.", "自 {day} 起：{told}。"),
    "since unknown": ("Yes: {told}; since when is not known.", "是的：{told}；起始日期未知。"),
    "none": ("Nothing in the data.", "数据中没有。"),
    "no version": ("No row says that version.", "没有一行写明该版本。"),
    "one": ("{listed}.", "{listed}。"),
    "several": ("{total}: {listed}.", "共 {total} 项：{listed}。"),
    "more": ("{total}: {listed} and {more} more.", "共 {total} 项：{listed} 等。"),
    "value": ("The {label} of {x} is {value}.", "{x} 的{label}是 {value}。"),
    "no value": ("The data gives no {label} of {x}.", "数据没有给出 {x} 的{label}。"),
    "compared": ("What is said of {a} and of {b}, side by side.", "{a} 与 {b} 的陈述并列如下。"),
    "no way": ("There is no such way.", "没有这样的路径。"),
    "way": ("In {steps}: {told}.", "{steps} 步：{told}。"),
    "shortest way": ("The shortest way, in {steps}: {told}.", "最短的路径是 {steps} 步：{told}。"),
    "described": ("{x} ({kind}): {text}", "{x}（{kind}）：{text}"),
    "told of": ("{x} is of the kind {kind}; {count} statements are about it.",
                "{x}：{kind}，有 {count} 条陈述。"),
    "events": ("{x}: {listed}.", "{x}：{listed}。"),
    "no event": ("The data has no date of {x} for: {label}.", "数据没有记录 {x} 的日期：{label}。"),
    "no event but": ("The data has no date of {x} for: {label}; it has: {listed}.",
                     "数据没有记录 {x} 的日期：{label}；有记录的是：{listed}。"),
    "no events": ("The data has no dates of {x}.", "数据没有记录 {x} 的事件。"),
    "nothing since": ("The data has no dates of {x} since"
    " {day}.", "数据没有记录 {x} 自 {day} 以来的事件。"),
    "nothing then": ("The data has no dates of {x} from {day} to {until}.",
                     "数据没有记录 {x} 从 {day} 到 {until} 的事件。"),
    "changes": ("From {day} to now: {listed}.", "自 {day} 至今：{listed}。"),
    "changed": ("{total} changes; the newest: {listed}.", "共 {total} 项变化，最新的：{listed}。"),
    "over": ("ended: {told}", "结束：{told}"),
    "no changes": ("Nothing changed since {day}.", "自 {day} 以来没有变化。"),
    "nothing changed": ("Nothing changed from {day} to {until}.", "从 {day} 到 {until} 没有变化。"),
    "depends": ("Yes, in {steps}: {told}.", "是的，{steps} 步：{told}。"),
    "depends unknown": ("The data does not say whether {a} depends on {b}.",
                        "数据没有说明 {a} 是否依赖 {b}。"),
    "state": ("{label} of {x}: {value}{backed}.", "{x} 的{label}：{value}{backed}。"),
    "is": ("Yes: {x} {is_asked}{now}.", "是的，{x}：{is_asked}{now}。"),
    "was": ("Yes: {x} {was}{now}.", "是的，{x}曾经：{was}{now}。"),
    "no longer": ("No: {x} {is_present}; it {was}.", "不是，{x}：{is_present}；曾经：{was}。"),
    "is not": ("No: {x} {is_present}.", "不是，{x}：{is_present}。"),
    "unsaid": ("The data does not say that {x} ever {asked}; it {is_present}.",
               "数据没有说明 {x} 是否曾经{asked}；现在：{is_present}。"),
    "now": ("; it {is_present}", "；现在：{is_present}"),
    "backed": (" ({event})", "（{event}）"),
    "dataset": ("As of {day}: {entities} entities and {statements} statements.",
                "截至 {day}：{entities} 个实体，{statements} 条陈述。"),
}  # fmt: skip


def say(key: str, lang: Language, **parts: object) -> str:
    """A sentence of SAID."""
    said = SAID[key][lang == "zh"].format(**parts)
    # "CoreOS, Inc." ends a sentence with its own point.
    return said[:-1] if said.endswith("..") else said
