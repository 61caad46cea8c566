"""What a statement says of itself in short, beside the thing that it is of."""

from __future__ import annotations

from ecograph.model.graph import Statement
from ecograph.model.ontology import Ontology
from ecograph.view.measure import is_wide
from ecograph.view.picture import clean
from ecograph.view.scene import SEPARATOR
from ecograph.view.words import word


def note_of(s: Statement, ontology: Ontology, language: str) -> str:
    """When, how strongly, which version."""
    told = (
        _value(s, name, ontology, language) for name in ("strength", "role", "level", "version")
    )
    parts = [part for part in told if part]
    since, until = (s.since or "")[:7], (s.until or "")[:7]
    if since and until:
        parts.insert(0, word("period", language, since=since, until=until))
    elif since or until:
        key, day = ("since", since) if since else ("until", until)
        # Beside other words a day alone says it in less room.
        short = since and parts
        parts.insert(0, since if short else word(key, language, day=day))
    return SEPARATOR.join(parts)


def label_of(s: Statement, ontology: Ontology, language: str) -> str:
    """The label of a taxonomy's edge; what it means where its source writes another language."""
    written = clean(str(s.qualifiers.get("edgeLabel") or ""))
    if not written:
        return _value(s, "capability", ontology, language)
    if language == "zh" or not any(map(is_wide, written)):
        return written
    if meaning := _value(s, "capability", ontology, language) or _value(
        s, "access", ontology, language
    ):
        return meaning
    kept = clean("".join(c for c in written if not is_wide(c)))
    return SEPARATOR.join(part for part in (kept, _value(s, "role", ontology, language)) if part)


def _value(s: Statement, name: str, ontology: Ontology, language: str) -> str:
    """A qualifier in words; empty where there is none."""
    value = s.qualifiers.get(name)
    if value is None:
        return ""
    type_ = ontology.qualifiers[name].type if name in ontology.qualifiers else ""
    known = ontology.enumerations.get(type_, {}).get(str(value))
    return known.label.in_language(language) if known else clean(str(value))
