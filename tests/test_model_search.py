from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ecograph.model.keys import match_key
from ecograph.model.search import Field, SearchIndex, Spelling, split_terms, split_words

LABELS = {
    "cadvisor": ("cAdvisor", "cAdvisor"),
    "container-image": ("Container image", "容器镜像"),
    "container-monitoring": ("Monitoring", "监控"),
    "container-networking": ("Container networking", "容器网络"),
    "container-orchestration": ("Container orchestration", "容器编排"),
    "containerd": ("containerd", "containerd"),
    "cri-o": ("CRI-O", "CRI-O"),
    "crun": ("crun", "crun"),
    "docker-compose": ("Docker Compose", "Docker Compose"),
    "docker-engine": ("Docker Engine", "Docker 引擎"),
    "docker-hub": ("Docker Hub", "Docker Hub"),
    "kubernetes": ("Kubernetes", "Kubernetes"),
    "lxc": ("LXC", "LXC"),
    "lxd": ("LXD", "LXD"),
    "oci-image-spec": ("OCI Image Format Specification", "OCI 镜像格式规范"),
    "oci-runtime-spec": ("OCI Runtime Specification", "OCI 运行时规范"),
    "open-container-initiative": ("Open Container Initiative", "开放容器倡议"),
    "prometheus": ("Prometheus", "Prometheus"),
    "runc": ("runc", "runc"),
    "runv": ("runV", "runV"),
}
ALIASES = {
    "container-monitoring": ("监管",),
    "docker-engine": ("moby", "Docker daemon"),
    "kubernetes": ("k8s",),
    "oci-runtime-spec": ("runtime-spec", "OCI runtime spec"),
    "runc": ("opencontainers/runc",),
}


def list_spellings() -> list[Spelling]:
    spellings = []
    for id, (en, zh) in LABELS.items():
        spellings += [Spelling(id, en, "LABEL", "EN"), Spelling(id, zh, "LABEL", "ZH")]
        for alias in ALIASES.get(id, ()):
            spellings.append(Spelling(id, alias, "ALIAS", "EN" if alias.isascii() else "ZH"))
        spellings.append(Spelling(id, id, "ID", None))
    return spellings


INDEX = SearchIndex(list_spellings())


def find(text: str) -> list[tuple[str, int]]:
    return [(hit.id, hit.score) for hit in INDEX.search(text)]


def find_ids(text: str) -> list[str]:
    return [hit.id for hit in INDEX.search(text)]


def test_a_hit_says_which_name_matched_in_which_field_and_language() -> None:
    hits = [INDEX.search(text)[0] for text in ("RunC", "容器网络", "监管", "k8s", "cri o")]
    assert [(h.id, h.score, h.text, h.field, h.lang) for h in hits] == [
        ("runc", 1000, "runc", "LABEL", "EN"),
        ("container-networking", 1000, "容器网络", "LABEL", "ZH"),
        ("container-monitoring", 980, "监管", "ALIAS", "ZH"),
        ("kubernetes", 980, "k8s", "ALIAS", "EN"),
        ("cri-o", 1000, "CRI-O", "LABEL", "EN"),
    ]


def test_an_exact_id_says_id_and_no_language() -> None:
    lone = SearchIndex([Spelling("m", "Moby", "LABEL", "EN"), Spelling("m", "moby-p", "ID", None)])
    assert [(h.score, h.field, h.lang) for h in lone.search("moby-p")] == [(960, "ID", None)]


def test_label_before_alias_before_prefix_before_word_before_infix_before_fuzzy() -> None:
    names: list[tuple[str, Field]] = [
        ("podman", "LABEL"),
        ("podman", "ALIAS"),
        ("podman", "ID"),
        ("Podman Desktop", "LABEL"),
        ("Podmania", "ALIAS"),
        ("The Podman book", "LABEL"),
        ("libpodman", "LABEL"),
    ]
    index = SearchIndex(Spelling(str(n), text, f, None) for n, (text, f) in enumerate(names))
    assert [(hit.text, hit.score) for hit in index.search("podman")] == [
        ("podman", 1000),
        ("podman", 980),
        ("podman", 960),
        ("Podmania", 872),
        ("Podman Desktop", 850),
        ("The Podman book", 750),
        ("libpodman", 669),
    ]
    assert [hit.score for hit in index.search("pdoman")][:2] == [535, 531]


def test_beginning_of_a_name_finds_it_and_shorter_names_come_first() -> None:
    assert find("docker") == [
        ("docker-engine", 876),
        ("docker-hub", 869),
        ("docker-compose", 850),
    ]


def test_words_are_found_in_any_order() -> None:
    assert find("engine docker")[0] == ("docker-engine", 799)
    assert find("specification oci image")[0] == ("oci-image-spec", 779)


def test_words_that_the_name_lacks_are_forgiven() -> None:
    assert find_ids("docker container engine") == ["docker-engine"]
    assert find_ids("the kubernetes") == ["kubernetes"]
    assert find_ids("监控工具") == ["container-monitoring"]


def test_words_that_only_the_name_has_are_forgiven() -> None:
    assert find_ids("image specification")[0] == "oci-image-spec"
    assert find_ids("oci specification runtime")[0] == "oci-runtime-spec"


def test_too_few_shared_words_find_nothing() -> None:
    assert find("docker something entirely different") == []
    assert find("xyzzy") == []


@pytest.mark.parametrize(
    ("typed", "meant", "score"),
    [
        ("kuberntes", "kubernetes", 562),
        ("contianerd", "containerd", 562),
        ("promtheus", "prometheus", 562),
        ("cadviser", "cadvisor", 552),
        ("runcc", "runc", 522),
        ("open contianer initative", "open-container-initiative", 575),
    ],
)
def test_a_typo_is_forgiven(typed: str, meant: str, score: int) -> None:
    assert find(typed)[0] == (meant, score)


def test_a_misspelt_word_finds_every_name_that_has_the_word() -> None:
    assert find("dokcer") == [("docker-compose", 461), ("docker-hub", 461), ("docker-engine", 453)]


def test_a_known_word_is_not_taken_for_a_misspelling() -> None:
    assert find_ids("runc") == ["runc"]
    assert find_ids("runv") == ["runv"]


def test_three_letters_are_too_few_to_be_a_misspelling() -> None:
    assert find_ids("lxd") == ["lxd"]
    assert find("lxe") == []


def test_full_width_letters_are_letters() -> None:
    assert find("ｒｕｎｃ") == [("runc", 1000)]
    assert find("Ｋ８Ｓ") == [("kubernetes", 980)]


def test_part_of_a_name_finds_it_in_chinese() -> None:
    assert find_ids("运行时规范") == ["oci-runtime-spec"]
    assert find_ids("时规") == ["oci-runtime-spec"]
    assert find_ids("网") == ["container-networking"]


def test_part_of_a_name_finds_it_in_english_from_three_letters_on() -> None:
    assert find("netes") == [("kubernetes", 654)]
    assert find("et") == []


def test_chinese_is_found_with_characters_missing_added_or_moved() -> None:
    assert find_ids("运行规范")[0] == "oci-runtime-spec"
    assert find_ids("开放的容器倡议")[0] == "open-container-initiative"
    assert find_ids("网络容器")[0] == "container-networking"


def test_chinese_that_shares_one_common_word_finds_nothing() -> None:
    assert find("容器安全") == []


def test_mixed_languages_need_no_space() -> None:
    assert find("OCI运行时规范") == [("oci-runtime-spec", 1000)]
    assert split_words("OCI运行时-规范 v1.0") == ("oci", "运行时", "规范", "v1", "0")
    assert split_terms(("oci", "运行时")) == ("oci", "运", "行", "时", "运行", "行时")


@pytest.mark.parametrize("text", ["", " ", "—", "?!", "。，", "\u200b", "()"])
def test_no_letter_finds_nothing(text: str) -> None:
    assert find(text) == []


def test_hits_are_narrowed_by_id() -> None:
    hits = INDEX.search("docker", lambda id: id != "docker-engine")
    assert [hit.id for hit in hits] == ["docker-hub", "docker-compose"]


def test_equal_scores_are_ordered_by_id() -> None:
    index = SearchIndex(Spelling(id, "Moby", "LABEL", "EN") for id in ("c", "a", "b"))
    assert [hit.id for hit in index.search("moby")] == ["a", "b", "c"]


@given(st.text(max_size=40))
def test_words_joined_are_the_match_key(text: str) -> None:
    assert "".join(split_words(text)) == match_key(text)


@given(st.text(max_size=700))
def test_any_text_is_searched_and_ranked(text: str) -> None:
    hits = INDEX.search(text)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.id))
    assert len({hit.id for hit in hits}) == len(hits)
    assert all(383 <= hit.score <= 1000 for hit in hits)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=12), st.data())
def test_the_text_of_a_label_finds_it_first_or_with_the_first(
    labels: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(labels) - 1))
    assume(match_key(labels[at]))
    index = SearchIndex(Spelling(str(n), text, "LABEL", "EN") for n, text in enumerate(labels))
    scores = {hit.id: hit.score for hit in index.search(labels[at])}
    assert scores[str(at)] == 1000 == max(scores.values())


@given(st.sampled_from(["kubernetes", "containerd", "prometheus", "cadvisor"]), st.data())
def test_any_single_edit_of_a_long_name_still_finds_it(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("aeinrstz"))
    edited = data.draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )
    assert name in find_ids(edited)


def test_a_search_of_five_thousand_entities_takes_milliseconds() -> None:
    parts = [a + b + c for a in LABELS for b in "aeiou" for c in ("ta", "ko", "mi", "ne", "ru")]
    index = SearchIndex(
        Spelling(f"e{n}-{m}", f"{part} {word}", "LABEL", "EN")
        for n, part in enumerate(parts)
        for m, word in enumerate(
            ("Engine", "Runtime", "容器网络", "监控", "Hub", "镜像", "OS", "CI")
        )
    )
    started = time.perf_counter()
    for text in ("kuberntes engnie", "runcata", "网络", "contianerd", "oci-runtime-spec"):
        index.search(text)
    # Far above what it takes, so that a busy machine does not fail it.
    assert time.perf_counter() - started < 1.0


def test_a_very_long_text_is_cut() -> None:
    assert find("runc" * 10_000) == []
    assert split_words("a" * 10_000) == ("a" * 512,)
