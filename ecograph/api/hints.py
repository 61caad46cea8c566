"""What would be right, in graphql-core's messages: what is really near, else the few there are.

Read and written only once a document or a variable was refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)
from graphql.pyutils import did_you_mean

FEW = 12
"""So many names are listed where none is near."""
MOST_NEAR = 3
LONGEST = 80
"""Characters of a name up to which one like it is looked for."""
FAULTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"Cannot query field '(?P<name>\w+)' on type '(?P<type>\w+)'\.",
        r"Unknown argument '(?P<name>\w+)' on field '(?P<type>\w+)\.(?P<field>\w+)'\.",
        r"Value '(?P<name>\w+)' does not exist in '(?P<type>\w+)' enum\.",
        r"Enum '(?P<type>\w+)' cannot represent non-enum value: \"(?P<name>\w+)\"\.",
        r"Expected value of type '(?P<type>\w+)' not to include unknown field '(?P<name>\w+)'\.",
    )
)
"""Messages of a name that is not there, up to what they suggest."""
SUGGESTED = re.compile(r" Did you mean (?!to use an inline fragment)[^?]*\?")
OTHER_KIND = re.compile(r"The (mutation|subscription) operation is not supported by the schema\.")
MISSING = re.compile(r"Variable '\$(\w+)' has invalid value: .* to be provided\.")


def explain(core: GraphQLSchema, errors: Iterable[GraphQLError]) -> None:
    """Say in each of graphql-core's errors what would be right."""
    for error in errors:
        other = OTHER_KIND.fullmatch(error.message)
        if other is not None:
            error.message = f"the API is read-only: it answers queries, and no {other[1]}s"
            error.extensions = {**(error.extensions or {}), "code": "READ_ONLY"}
            continue
        for pattern in FAULTS:
            if (found := pattern.search(error.message)) is not None:
                error.message = _suggest(core, error.message, found)
                break


def name_unknown(
    errors: Iterable[GraphQLError], given: Mapping[str, Any], known: Collection[str]
) -> None:
    """Say of each variable that is missing what was given under a name that is none."""
    unknown = [name for name in given if name not in known]
    if not unknown:
        return
    listed = ", ".join(repr(name[:LONGEST]) for name in unknown[:MOST_NEAR])
    told = f"{listed} {'is no variable' if len(unknown) == 1 else 'are no variables'}"
    for error in errors:
        missing = MISSING.match(error.message)
        if missing is not None and missing[1] not in given:
            error.message += f" {told} of the operation; there are: {', '.join(known)}"


def _suggest(core: GraphQLSchema, message: str, found: re.Match[str]) -> str:
    names = _names_of(core, found)
    before, after = message[: found.end()], message[found.end() :]
    if names is None or after.startswith(" Did you mean to use an inline fragment"):
        return message
    after = SUGGESTED.sub("", after, count=1)
    near = _near(found["name"], names)
    if near:
        return before + did_you_mean(near) + after
    return f"{before} There are: {', '.join(names)}.{after}" if 0 < len(names) <= FEW else (
        before + after
    )  # fmt: skip


def _names_of(core: GraphQLSchema, found: re.Match[str]) -> list[str] | None:
    """What there is in the place of the name; None if the place is not known."""
    type_ = core.type_map.get(found["type"])
    if isinstance(type_, GraphQLEnumType):
        return list(type_.values)
    if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return None
    if "field" not in found.groupdict():
        return list(type_.fields)
    field = type_.fields.get(found["field"])
    return None if field is None else list(getattr(field, "args", ()))


def _near(name: str, names: Iterable[str]) -> list[str]:
    """Names with so few other letters that they may be meant, the nearest first."""
    if len(name) > LONGEST:
        return []
    from rapidfuzz.distance import OSA

    most = max(1, len(name) // 3)
    wrong = name.casefold()
    far = [(OSA.distance(wrong, one.casefold(), score_cutoff=most), one) for one in names]
    return [one for distance, one in sorted(far) if distance <= most][:MOST_NEAR]
