from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecograph.errors import UnresolvedName
from ecograph.model.keys import match_key
from ecograph.model.names import NameEntry, NameIndex


def entry(id: str, kind: str, en: str, zh: str, *aliases: str) -> NameEntry:
    return NameEntry(id, kind, {"en": en, "zh": zh}, aliases)


ENTRIES = [
    NameEntry("runc", "Tool", {"en": "runc", "zh": "runc"}, ("opencontainers/runc",), ("run-c",)),
    entry("crun", "Tool", "crun", "crun"),
    entry("containerd", "Tool", "containerd", "containerd"),
    entry("cri-o", "Tool", "CRI-O", "CRI-O"),
    entry("docker-engine", "Tool", "Docker Engine", "Docker 引擎", "Docker", "moby"),
    entry("docker-inc", "Organization", "Docker, Inc.", "Docker 公司", "Docker"),
    entry("kubernetes", "Tool", "Kubernetes", "Kubernetes", "k8s"),
    entry("oci-runtime-spec", "Specification", "OCI Runtime Specification", "OCI 运行时规范",
          "OCI runtime spec", "runtime-spec"),
    entry("oci-image-spec", "Specification", "OCI Image Specification", "OCI 镜像规范",
          "image-spec"),
    entry("container-networking", "Category", "Container networking", "容器网络"),
    entry("seed-monitoring", "Category", "Monitoring", "监控", "监管"),
    entry("today-monitoring", "Category", "Monitoring", "监控"),
    entry("mesos", "Tool", "Apache Mesos", "Apache Mesos", "Mesos"),
    entry("mesosphere", "Tool", "Mesosphere", "Mesosphere", "mesos!"),
    entry("kernel", "Concept", "runc", "内核"),
]  # fmt: skip
INDEX = NameIndex(ENTRIES)


def refuse(
    name: str, kinds: list[str] | None, among: set[str] | None = None, index: NameIndex = INDEX
) -> UnresolvedName:
    with pytest.raises(UnresolvedName) as caught:
        index.resolve(name, kinds, "name", among)
    return caught.value


@pytest.mark.parametrize(
    "name",
    [
        "oci-runtime-spec",
        "OCI runtime spec",
        "OCI Runtime Specification",
        "runtime-spec",
        "OCI 运行时规范",
        "OCI运行时规范",
        "ＯＣＩ 运行时规范",
        "  oci-RUNTIME specification ",
    ],
)
def test_an_id_a_label_or_an_alias_in_either_language_names_the_entity(name: str) -> None:
    assert INDEX.resolve(name, ["Specification"], "name") == "oci-runtime-spec"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("ｒｕｎｃ", "runc"),
        ("crio", "cri-o"),
        ("K8S", "kubernetes"),
        ("OpenContainers / runc", "runc"),
        ("Docker引擎", "docker-engine"),
    ],
)
def test_width_case_and_punctuation_do_not_matter(name: str, id: str) -> None:
    assert INDEX.resolve(name, ["Tool"], "name") == id


def test_a_former_id_names_the_entity_for_ever() -> None:
    assert INDEX.resolve("run-c", ["Tool"], "name") == "runc"
    assert "run-c" not in INDEX


def test_an_id_in_force_wins_over_a_former_one() -> None:
    index = NameIndex(
        [NameEntry("a", "Tool", {"en": "A"}, (), ("b",)), NameEntry("b", "Tool", {"en": "B"})]
    )
    assert index.resolve("b", None, "name") == "b"


def test_an_exact_id_wins_over_equal_keys() -> None:
    assert INDEX.resolve("runc", None, "name") == "runc"
    assert INDEX.resolve("mesos", None, "name") == "mesos"
    assert refuse("Mesos", ["Tool"]).code == "AMBIGUOUS_NAME"


def test_a_name_of_the_right_kind_wins_over_an_id_of_another() -> None:
    assert INDEX.resolve("runc", ["Concept"], "name") == "kernel"


def test_a_name_is_looked_up_among_the_kinds_asked_for() -> None:
    assert INDEX.resolve("docker", ["Tool"], "name") == "docker-engine"
    assert INDEX.resolve("docker", ["Organization"], "name") == "docker-inc"


def test_a_category_is_looked_up_among_those_of_one_scheme() -> None:
    seed, today = {"seed-monitoring"}, {"today-monitoring"}
    assert INDEX.resolve("监控", ["Category"], "name", seed) == "seed-monitoring"
    assert INDEX.resolve("monitoring", ["Category"], "name", today) == "today-monitoring"
    assert INDEX.resolve("监管", ["Category"], "name", seed) == "seed-monitoring"


def test_a_name_outside_those_asked_for_is_unknown_and_said_to_be_outside() -> None:
    fault = refuse("监管", ["Category"], {"today-monitoring"})
    assert (fault.code, fault.message) == (
        "UNKNOWN_NAME",
        "'监管' in argument 'name' names no Category; seed-monitoring (Category) is outside those "
        "asked for; write an id, a label, an alias",
    )


def test_several_that_fit_are_all_named() -> None:
    fault = refuse("DOCKER", None)
    assert (fault.code, fault.message) == (
        "AMBIGUOUS_NAME",
        "'DOCKER' in argument 'name' names 2 things: docker-engine (Tool), "
        "docker-inc (Organization); write the id of one",
    )
    assert fault.extensions == {
        "argument": "name",
        "value": "DOCKER",
        "suggestions": [
            {"id": "docker-engine", "name": "Docker Engine", "kind": "TOOL"},
            {"id": "docker-inc", "name": "Docker, Inc.", "kind": "ORGANIZATION"},
        ],
    }


@pytest.mark.parametrize("name", ["containerd", "CONTAINERD"])
def test_a_thing_of_another_kind_is_named(name: str) -> None:
    fault = refuse(name, ["Specification", "ArtifactFormat"])
    assert (fault.code, fault.message) == (
        "WRONG_KIND",
        f"'{name}' in argument 'name' names containerd (Tool); "
        "write the name of a thing of kind Specification or ArtifactFormat",
    )
    assert fault.extensions["suggestions"] == [
        {"id": "containerd", "name": "containerd", "kind": "TOOL"}
    ]


def test_a_former_id_of_another_kind_is_a_wrong_kind() -> None:
    assert refuse("run-c", ["Specification"]).code == "WRONG_KIND"


def test_an_unknown_name_comes_with_the_nearest_of_its_kinds() -> None:
    fault = refuse("kuberntes", ["Tool"])
    assert (fault.code, fault.message) == (
        "UNKNOWN_NAME",
        "'kuberntes' in argument 'name' names no Tool; did you mean: kubernetes (Tool)?",
    )
    assert fault.extensions == {
        "argument": "name",
        "value": "kuberntes",
        "suggestions": [{"id": "kubernetes", "name": "Kubernetes", "kind": "TOOL"}],
    }


def test_an_unknown_name_with_nothing_near_says_what_may_be_written() -> None:
    fault = refuse("xyzzy", None)
    assert fault.message == (
        "'xyzzy' in argument 'name' names no entity; write an id, a label, an alias"
    )
    assert fault.extensions["suggestions"] == []


@pytest.mark.parametrize("name", ["", " ", "—", "？！", "\u200b", "\0"])
def test_a_name_without_letters_is_unknown(name: str) -> None:
    assert refuse(name, ["Tool"]).code == "UNKNOWN_NAME"
    assert INDEX.search(name) == []


def test_suggestions_are_of_the_kinds_asked_for_and_of_no_other() -> None:
    found = [s["id"] for s in INDEX.suggest("docker", ["Organization"])]
    assert found == ["docker-inc"]
    assert INDEX.suggest("contianerd", ["Specification"]) == []
    assert INDEX.suggest("xyzzy", ["Tool"]) == []
    assert refuse("contianerd", ["Specification"]).message.endswith(
        "names no Specification; write an id, a label, an alias"
    )


def test_suggestions_are_among_those_asked_for_and_of_no_other() -> None:
    found = [s["id"] for s in INDEX.suggest("monitorng", ["Category"], 3, {"today-monitoring"})]
    assert found == ["today-monitoring"]
    assert INDEX.suggest("monitorng", ["Category"], 3, {"container-networking"}) == []


def test_suggestions_are_at_most_as_many_as_asked_for() -> None:
    assert [len(INDEX.suggest("oci", None, limit)) for limit in (-1, 0, 1, 3)] == [0, 0, 1, 2]


def test_search_is_narrowed_to_kinds() -> None:
    assert [hit.id for hit in INDEX.search("docker")] == ["docker-engine", "docker-inc"]
    assert [hit.id for hit in INDEX.search("docker", ["Organization"])] == ["docker-inc"]
    assert INDEX.search("docker", []) == []


def test_search_finds_an_alias_in_chinese_and_says_so() -> None:
    hit = INDEX.search("监管")[0]
    assert (hit.id, hit.score, hit.text, hit.field, hit.lang) == (
        "seed-monitoring", 980, "监管", "ALIAS", "ZH",
    )  # fmt: skip


def test_search_finds_former_ids() -> None:
    hit = INDEX.search("run-c")[0]
    assert (hit.id, hit.score, hit.field) == ("kernel", 1000, "LABEL")
    assert [(h.id, h.text) for h in INDEX.search("run-c", ["Tool"])] == [("runc", "runc")]


def test_the_order_of_entries_does_not_matter() -> None:
    turned = NameIndex(reversed(ENTRIES))
    for text in ("oci", "docker", "监控", "kuberntes", "run", "规范", "container"):
        assert turned.search(text) == INDEX.search(text)
    assert refuse("Docker", None, index=turned).message == refuse("Docker", None).message


def test_an_index_knows_its_entities() -> None:
    assert (len(INDEX), "runc" in INDEX, "nope" in INDEX) == (15, True, False)
    assert (INDEX.name_of("cri-o"), INDEX.kind_of("cri-o")) == ("CRI-O", "Tool")
    assert len(NameIndex([])) == 0
    assert NameIndex([]).search("runc") == []


def test_a_very_long_name_is_cut_in_messages_and_extensions() -> None:
    fault = refuse("x" * 100_000, ["Tool"])
    assert fault.message == (
        f"'{'x' * 80}…' in argument 'name' names no Tool; write an id, a label, an alias"
    )
    assert fault.extensions["value"] == "x" * 512


def test_a_lone_surrogate_can_be_sent_back() -> None:
    assert refuse("runc\ud800x", ["Tool"]).extensions["value"] == "runc?x"


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=600)


@given(ANY_TEXT, st.sampled_from([None, ["Tool"], ["Category", "Concept"], []]))
def test_any_text_names_an_entity_or_is_refused_with_a_known_code(
    text: str, kinds: list[str] | None
) -> None:
    try:
        id = INDEX.resolve(text, kinds, "name")
    except UnresolvedName as caught:
        fault = caught
    else:
        assert id in INDEX
        return
    assert fault.code in {"UNKNOWN_NAME", "AMBIGUOUS_NAME", "WRONG_KIND"}
    assert fault.message.encode()
    assert all(s["id"] in INDEX for s in fault.extensions["suggestions"])


@given(st.sampled_from(ENTRIES), st.sampled_from(["en", "zh"]))
def test_every_label_finds_its_entity_first_or_with_the_first(
    entity: NameEntry, language: str
) -> None:
    hits = INDEX.search(entity.label[language])
    assert [hit.score for hit in hits if hit.id == entity.id] == [1000]
    assert hits[0].score == 1000


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8), st.data())
def test_a_label_of_its_own_resolves_to_its_entity(labels: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(labels) - 1))
    keys = [match_key(label) for label in labels]
    assume(keys[at] and keys.count(keys[at]) == 1)
    # Ids that no text can equal, so that only labels are looked up.
    index = NameIndex(NameEntry(f"{'-' * 13}{n}", "Tool", {"en": s}) for n, s in enumerate(labels))
    assert index.resolve(labels[at], ["Tool"], "name") == f"{'-' * 13}{at}"
