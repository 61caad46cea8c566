"""The words by which questions name each relation, as a list for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecograph.model.ontology import Ontology, Relation


def list_words(ontology: Ontology) -> str:
    """Each relation with its words, from either side, in both languages: a list in Markdown."""
    lines: list[str] = []
    for name, relation in ontology.relations.items():
        lines.append(f"- **{name}**: {_english(relation)}.")
        lines.append(f"  {_chinese(relation)}。")
    return "\n".join(lines) + "\n"


def _english(relation: Relation) -> str:
    asked = relation.asked
    sentence = re.fullmatch(r"\{subject\} (.+) \{object\}", relation.sentence.en)
    said = [relation.label.en, *([sentence[1]] if sentence else []), *asked.verbs.en]
    inverse = [] if relation.symmetric else [relation.inverse_label.en, *asked.inverse_verbs.en]
    parts = [_joined(said, ", "), _joined(inverse, ", ")]
    parts += [f"{_joined(asked.nouns.en, ', ')} (of)"] if asked.nouns.en else []
    parts += [f"{_joined(asked.inverse_nouns.en, ', ')} (of)"] if asked.inverse_nouns.en else []
    return "; ".join(part for part in parts if part)


def _chinese(relation: Relation) -> str:
    asked = relation.asked
    sentence = re.fullmatch(r"\{subject\}(.+)", relation.sentence.zh.replace(" ", ""))
    said = [sentence[1].replace("{object}", "…")] if sentence else []
    said += [_gap(text) for text in asked.verbs.zh]
    inverse = [] if relation.symmetric else [relation.inverse_label.zh]
    inverse += [_gap(text) for text in asked.inverse_verbs.zh]
    nouns = [f"…的{text}" for text in (*asked.nouns.zh, *asked.inverse_nouns.zh)]
    return "；".join(
        part for part in (_joined(said, "、"), _joined(inverse, "、"), _joined(nouns, "、")) if part
    )


def _gap(text: str) -> str:
    return text.replace("{}", "…")


def _joined(words: Iterable[str], mark: str) -> str:
    return mark.join(dict.fromkeys(words))
