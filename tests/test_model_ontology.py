"""The ontology that ships, and what is said of one that does not fit together."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from ecograph.model.ontology import Ontology, screaming
from tests.generate import extended, words
from tests.world import DATA, ontology

Parts = dict[str, Any]


def parts() -> Parts:
    read: Parts = yaml.safe_load((DATA / "ontology.yaml").read_text("utf-8"))
    return read


@pytest.mark.parametrize(
    ("name", "value"),
    [("forkOf", "FORK_OF"), ("ArtifactFormat", "ARTIFACT_FORMAT"), ("uses", "USES"),
     ("acceptedCncf2", "ACCEPTED_CNCF2")],
)  # fmt: skip
def test_an_enum_value_is_the_name_in_capitals(name: str, value: str) -> None:
    assert screaming(name) == value


def test_no_two_kinds_or_relations_share_an_enum_value() -> None:
    assert len(ontology().by_enum_value) == len(ontology().kinds) + len(ontology().relations)


def test_hubs_are_no_path_relations() -> None:
    hubs = {name for name, relation in ontology().relations.items() if relation.hub}
    assert {"classifiedIn", "broader", "ownedBy", "stewardedBy", "originatedBy", "runsOn"} <= hubs
    assert set(ontology().path_relations) == set(ontology().relations) - hubs
    assert ontology().path_relations[0] == "implements"


def test_a_field_reads_one_side_of_a_relation() -> None:
    assert ontology().sides["forkOf"] == ("forkOf", "out")
    assert ontology().sides["forks"] == ("forkOf", "in")
    assert extended().sides["resembles"] == ("resembles", "either")


def test_attributes_are_those_of_the_kind() -> None:
    assert "scheme" in ontology().attributes_of("Category")
    assert "scheme" not in ontology().attributes_of("Tool")
    assert "license" in ontology().attributes_of("Tool")


def test_repr_is_short() -> None:
    assert repr(extended()) == (
        f"Ontology({len(extended().kinds)} kinds, {len(extended().relations)} relations)"
    )


def change(section: str, name: str, **values: Any) -> Callable[[Parts], None]:
    def apply(data: Parts) -> None:
        data[section].setdefault(name, {}).update(values)

    return apply


def named(section: str, name: str, **values: Any) -> Callable[[Parts], None]:
    return change(section, name, label=words(name), description=words(name), **values)


ENDS = {"domain": ["Tool"], "range": ["Tool"], "inverse_label": words("inverse")}
SENTENCE = {"en": "{subject} likes {object}", "zh": "{subject} 喜欢 {object}"}


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            named("attributes", "colour", type="color"),
            "attributes.colour.type: unknown type 'color'; write one of Access, ",
        ),
        (
            named("attributes", "aliases", type="text"),
            "attributes.aliases: the name is the API's own",
        ),
        (
            named("attributes", "colour", type="text", kinds=["Robot"]),
            "attributes.colour.kinds.0: unknown kind 'Robot'",
        ),
        (
            change("events", "begun", sets={"homepage": "x"}),
            "events.begun.sets.homepage: no attribute set by events",
        ),
        (
            change("events", "begun", sets={"status": "HAPPY"}),
            "events.begun.sets.status: unknown value 'HAPPY'",
        ),
        (
            named("kinds", "Robot", one="tool", many="robots"),
            "kinds.Robot: the root field 'tool' is taken",
        ),
        (
            named("kinds", "Robot", one="robot", many="path"),
            "kinds.Robot: the root field 'path' is taken",
        ),
        (
            change("relations", "uses", domain=["Robot"]),
            "relations.uses.domain.0: unknown kind 'Robot'",
        ),
        (
            change("relations", "uses", range=["Robot"]),
            "relations.uses.range.0: unknown kind 'Robot'",
        ),
        (
            change("relations", "uses", qualifiers=["mood"]),
            "relations.uses.qualifiers.0: unknown qualifier 'mood'",
        ),
        (
            named("relations", "likes", inverse="usedBy", sentence=SENTENCE, **ENDS),
            "relations.likes.inverse: the field 'usedBy' is already a side of uses",
        ),
        (
            named("relations", "usedBy", inverse="users", sentence=SENTENCE, **ENDS),
            "relations.usedBy: the field 'usedBy' is already a side of uses",
        ),
        (
            named("relations", "likes", inverse="likes", sentence=SENTENCE, **ENDS),
            "relations.likes.inverse: the field 'likes' is already a side of likes",
        ),
        (
            change("relations", "uses", sentence={"en": "{subject} uses {object}.", "zh": "无"}),
            "the sentence '{subject} uses {object}.' ends in a stop; leave it out",
        ),
        (
            change("relations", "uses", sentence={
                "en": "{subject} uses {object}", "zh": "{subject} 使用 {object}。 "
            }),
            "the sentence '{subject} 使用 {object}。 ' ends in a stop; leave it out",
        ),
        (
            named("relations", "likes", inverse="license", sentence=SENTENCE, **ENDS),
            "relations.likes.inverse: the field 'license' is already an attribute",
        ),
        (
            named("relations", "likes", inverse="members", sentence=SENTENCE, **ENDS),
            "relations.likes.inverse: the field 'members' is already the API’s own",
        ),
        (
            change("relations", "uses", sentence={"en": "{subject} uses it", "zh": "无"}),
            "the sentence '{subject} uses it' must hold {subject} and {object}",
        ),
        (
            change("relations", "uses", sentence={"en": "{subject} {verb} {object}", "zh": "无"}),
            "'{subject} {verb} {object}' must hold {subject} and {object}, and no other",
        ),
        (
            change("relations", "uses", sentence={"en": "{subject} uses {object", "zh": "无"}),
            "relations.uses\n  Value error, expected '}' before end of string",
        ),
        (
            named("kinds", "ForkOf"),
            "relations.forkOf: its enum value FORK_OF is that of ForkOf too",
        ),
        (
            change("relations", "implements", symmetric=True),
            "a symmetric relation has the same domain and range",
        ),
        (change("relations", "Uses", inverse="used"), "String should match pattern"),
        (change("kinds", "Tool", colour="red"), "Extra inputs are not permitted"),
        (change("kinds", "Tool", label={"en": "Tool"}), "Field required"),
        (change("kinds", "Tool", label={"en": "", "zh": "工具"}), "at least 1 character"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(spoil: Callable[[Parts], None], message: str) -> None:
    data = copy.deepcopy(parts())
    spoil(data)
    with pytest.raises(ValidationError) as caught:
        Ontology.model_validate(data)
    assert message in str(caught.value)


def test_faults_are_told_all_at_once() -> None:
    data = parts()
    data["relations"]["uses"]["domain"] = ["Robot"]
    data["attributes"]["license"]["type"] = "licence"
    with pytest.raises(ValidationError) as caught:
        Ontology.model_validate(data)
    assert "relations.uses.domain.0: unknown kind 'Robot'" in str(caught.value)
    assert "attributes.license.type: unknown type 'licence'" in str(caught.value)
