"""Former ids and names across the whole dataset: each is one entity's, a name within its kind."""

from __future__ import annotations

from collections.abc import Mapping

from ecograph.formats.faults import Faults
from ecograph.load.entities import PlacedEntity
from ecograph.model.graph import Entity
from ecograph.model.keys import match_key


def check_ids(entities: Mapping[str, PlacedEntity], faults: Faults) -> None:
    """A former id belongs to one entity, and is no id in force."""
    former: dict[str, str] = {}
    for item in entities.values():
        for old, place in item.former.items():
            owner = old if old in entities else former.setdefault(old, item.entity.id)
            if owner != item.entity.id or old in entities:
                state = "in force" if old in entities else f"a former id of {owner}"
                faults.add(
                    "FORMER_ID_TAKEN", f"the former id {old!r} of {item.entity.id} is {state}",
                    place, "keep it with one entity",
                )  # fmt: skip


def check_names(entities: Mapping[str, PlacedEntity], faults: Faults) -> None:
    """A name that two entities of one kind have must be declared ambiguous by each of them.

    Names are compared by their match keys; categories only within their scheme.
    """
    claims: dict[tuple[str, str, str], dict[str, str]] = {}
    for id, item in entities.items():
        _check_ambiguous(item, faults)
        scheme = str(item.entity.attributes.get("scheme", ""))
        for name in item.names:
            claim = claims.setdefault((item.entity.kind, scheme, match_key(name)), {})
            claim.setdefault(id, name)
    for (_, _, key), claim in claims.items():
        if len(claim) > 1 and key:
            _check_claim(key, claim, entities, faults)


def _check_ambiguous(item: PlacedEntity, faults: Faults) -> None:
    if not item.ambiguous:
        return
    keys = {match_key(name) for name in item.names}
    for name, place in item.ambiguous.items():
        if match_key(name) not in keys:
            faults.add(
                "UNKNOWN_NAME", f"{name!r} is not a name of {item.entity.id}", place,
                "declare a label or an alias",
            )  # fmt: skip


def _check_claim(
    key: str, claim: Mapping[str, str], entities: Mapping[str, PlacedEntity], faults: Faults
) -> None:
    silent = [id for id in claim if not _declares(entities[id].entity, key)]
    # Where nobody declares it, the first is taken to own the name.
    for id in silent[1:] if len(silent) == len(claim) else silent:
        other = next(o for o in claim if o != id)
        name, kind = claim[id], entities[id].entity.kind
        faults.add(
            "AMBIGUOUS_NAME", f"{name!r} is a name of {id} and of {other}, both of kind {kind}",
            entities[id].names[name],
            f"take one away, or add ambiguous: [{name!r}] to all that have it",
        )  # fmt: skip


def _declares(entity: Entity, key: str) -> bool:
    return any(match_key(name) == key for name in entity.ambiguous)
