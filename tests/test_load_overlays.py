"""A later data folder adds to the earlier ones, amends and denies them; a fault names its file."""

from __future__ import annotations

from pathlib import Path

import pytest

import ecograph
from ecograph.errors import DataErrors
from ecograph.load import load, open_graph
from ecograph.model.graph import Evidence, Graph, Source
from tests.data_cases.changed import OTHERS, SMALL, change_small

BOOK = "2026-11-01"


def write(folder: Path, **files: str) -> Path:
    """A folder with files; `entities__x` is entities/x.yaml."""
    for name, text in files.items():
        parts = name.split("__")
        ending = ".csv" if parts[0] == "lists" else ".yaml"
        path = folder.joinpath(*parts).with_suffix(ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def over_small(tmp_path: Path, **files: str) -> Graph:
    """The small dataset with one more folder."""
    return load(SMALL, write(tmp_path / "ours", **files))


def faults_over_small(tmp_path: Path, **files: str) -> list[str]:
    """The faults of the small dataset with one more folder, places beginning at that folder."""
    ours = write(tmp_path / "ours", **files)
    with pytest.raises(DataErrors) as caught:
        load(SMALL, ours)
    shown = (str(fault).replace(f"{ours.as_posix()}/", "") for fault in caught.value.faults)
    return [fault.replace(f"{SMALL.as_posix()}/", "base/") for fault in shown]


def test_folder_that_adds_needs_no_dataset_and_no_ontology(tmp_path: Path) -> None:
    graph = over_small(
        tmp_path,
        sources__own="- {id: wiki, title: Wiki, url: https://wiki.example.org, read: 2026-11-20}\n",
        entities__own=(
            "- id: deployer\n  kind: Tool\n  label: {en: Deployer, zh: 部署器}\n"
            "  evidence: [wiki]\n  uses: [{object: runc, evidence: [wiki#Tools]}]\n"
        ),
        lists__own="# evidence: wiki\nid,uses\ndeployer,youki\n",
    )  # fmt: skip
    assert [s.id for s in graph.statements if s.subject == "deployer"] == [
        "deployer~uses~runc", "deployer~uses~youki",
    ]  # fmt: skip
    assert len(graph.entities) == len(load(SMALL).entities) + 1
    assert graph.as_of == "2026-11-24"


def test_texts_and_attributes_of_a_later_folder_stand(tmp_path: Path) -> None:
    before = load(SMALL).entities["runc"]
    after = over_small(
        tmp_path,
        entities__own=(
            "- id: runc\n  label: {en: run C, zh: 跑}\n  homepage: https://runc.example.org\n"
            "  aliases: [our runtime]\n  evidence: [runc-readme]\n"
        ),
    ).entities["runc"]
    assert after.label == {"en": "run C", "zh": "跑"}
    assert after.attributes == {**before.attributes, "homepage": "https://runc.example.org"}
    assert after.description == before.description
    assert after.aliases == ("opencontainers/runc", "our runtime")
    assert after.evidence == (Evidence("handbook", None, BOOK), Evidence("runc-readme"))


def test_statement_of_a_later_folder_changes_what_it_says_and_keeps_the_rest(
    tmp_path: Path,
) -> None:
    graph = over_small(
        tmp_path,
        entities__own=(
            "- id: runc\n  implements:\n"
            "    - {object: oci-runtime-spec, since: 2016, evidence: [handbook#Ours]}\n"
        ),
    )
    [statement] = [s for s in graph.statements if s.id == "runc~implements~oci-runtime-spec"]
    assert (statement.since, statement.qualifiers) == ("2016", {"strength": "LISTED"})
    assert [e.locator for e in statement.evidence] == ["Ours", "Runtime", "Intro"]


def test_later_folder_denies_a_statement_beside_it(tmp_path: Path) -> None:
    graph = over_small(
        tmp_path,
        entities__own=(
            "- id: runc\n  uses: [{object: libseccomp, negated: true, evidence: [handbook]}]\n"
        ),
    )
    assert [s.id for s in graph.statements if s.relation == "uses"] == [
        "runc~uses~libseccomp", "runc~uses~libseccomp~again", "runc~uses~libseccomp~not",
    ]  # fmt: skip


def test_later_folder_removes_a_statement(tmp_path: Path) -> None:
    graph = over_small(
        tmp_path,
        entities__own=(
            "- id: runc\n"
            "  uses: [{object: libseccomp, key: again, remove: true}]\n"
            "  classifiedIn: [{object: runtimes, remove: true}]\n"
        ),
    )
    ids = {s.id for s in graph.statements}
    assert "runc~uses~libseccomp" in ids
    assert not ids & {"runc~uses~libseccomp~again", "runc~classifiedIn~runtimes"}


def test_later_folder_removes_an_entity_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    graph = over_small(tmp_path, entities__own="- {id: libseccomp, remove: true}\n")
    assert "libseccomp" not in graph.entities
    assert not [s for s in graph.statements if "libseccomp" in (s.subject, s.object)]


def test_removed_entity_may_be_declared_anew(tmp_path: Path) -> None:
    graph = over_small(
        tmp_path,
        entities__own=(
            "- {id: libseccomp, remove: true}\n"
            "- {id: libseccomp, kind: Organization, label: {en: L, zh: L}, evidence: [handbook]}\n"
        ),
    )
    assert graph.entities["libseccomp"].kind == "Organization"


def test_source_and_dataset_of_a_later_folder_stand(tmp_path: Path) -> None:
    graph = over_small(
        tmp_path,
        dataset="title: {en: Ours, zh: 我们的}\nlicense: MIT\nasOf: 2026-11-25\n",
        sources__own="- {id: handbook, title: Second edition, url: https://example.org/2}\n",
    )
    assert (graph.title["en"], graph.license, graph.as_of) == ("Ours", "MIT", "2026-11-25")
    assert graph.sources["handbook"] == Source(
        "handbook", "Second edition", "https://example.org/2", None, None
    )


def test_later_folder_adds_a_relation_to_the_ontology(tmp_path: Path) -> None:
    graph = over_small(
        tmp_path,
        ontology="""\
relations:
  deploys:
    inverse: deployedBy
    label: {en: deploys, zh: 部署}
    inverse_label: {en: deployed by, zh: 被部署}
    description: {en: The subject deploys the object., zh: 主体部署客体。}
    domain: [Tool]
    range: [Tool]
    sentence: {en: '{subject} deploys {object}', zh: '{subject} 部署 {object}'}
""",
        entities__own="- id: youki\n  deploys: [{object: runc, evidence: [handbook]}]\n",
    )
    assert "youki~deploys~runc" in {s.id for s in graph.statements}
    assert list(graph.ontology.relations)[-1] == "deploys"


def test_third_folder_lies_over_the_second(tmp_path: Path) -> None:
    second = write(
        tmp_path / "2", entities__a="- {id: youki, aliases: [y], evidence: [handbook]}\n"
    )
    third = write(tmp_path / "3", entities__a="- {id: youki, remove: true}\n")
    assert "youki" not in load(SMALL, second, third).entities
    with pytest.raises(DataErrors):
        load(SMALL, third, second)


CASES = {
    "a kind for a known id": (
        "- {id: runc, kind: Tool, label: {en: r, zh: r}, evidence: [handbook]}\n",
        ["entities/own.yaml:1:8: the id 'runc' stands twice; it stands at "
         "base/entities/tools.yaml:1:7 already; leave out 'kind' to amend it"],
    ),
    "unknown id": (
        "- {id: run, aliases: [a], evidence: [handbook]}\n",
        ["entities/own.yaml:1:8: unknown entity 'run'; did you mean: runc?"],
    ),
    "nothing to remove": (
        "- {id: runk, remove: true}\n- id: youki\n"
        "  uses: [{object: libseccomp, remove: true}]\n",
        ["entities/own.yaml:1:8: unknown entity 'runk'; did you mean: runc?",
         "entities/own.yaml:3:19: unknown statement 'youki~uses~libseccomp'; did you mean: "
         "runc~uses~libseccomp, runc~uses~libseccomp~again?"],
    ),
    "attribute of another kind": (
        "- {id: runc, scheme: seed, evidence: [handbook]}\n",
        ["entities/own.yaml:1:14: runc, of kind Tool, has no attribute 'scheme'; only these have "
         "it: Category"],
    ),
    "wrong domain": (
        "- id: oci\n  uses: [{object: runc, evidence: [handbook]}]\n",
        ["entities/own.yaml:2:19: oci, of kind Organization, cannot be the subject of 'uses'; its "
         "subjects are of kind: Tool"],
    ),
    "reference to what is removed": (
        "- {id: libseccomp, remove: true}\n"
        "- id: youki\n  uses: [{object: libseccomp, evidence: [handbook]}]\n",
        ["entities/own.yaml:3:19: unknown entity 'libseccomp'"],
    ),
    "said twice": (
        "- {id: youki, stars: 1, evidence: [handbook]}\n"
        "- {id: youki, stars: 2, evidence: [handbook]}\n",
        ["entities/own.yaml:2:15: 'stars' of youki is set twice; it is set at "
         "entities/own.yaml:1:15 already"],
    ),
    "not true or false": (
        "- {id: runc, remove: yes}\n",
        ["entities/own.yaml:1:22: 'remove' of runc: 'yes' is not a boolean; write true or false"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "faults"), CASES.values(), ids=CASES)
def test_fault_is_told_where_it_stands(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert faults_over_small(tmp_path, entities__own=text) == faults


def test_seed_of_a_later_folder_is_misplaced(tmp_path: Path) -> None:
    assert faults_over_small(tmp_path, seed__own="[]\n") == [
        "seed: only the first data folder has a seed; put its files into entities/"
    ]


def test_first_folder_removes_nothing(tmp_path: Path) -> None:
    base = write(tmp_path / "base", entities__own="- {id: runc, remove: true}\n")
    for name in ("dataset.yaml", "ontology.yaml"):
        (base / name).write_text((SMALL / name).read_text("utf-8"), "utf-8")
    with pytest.raises(DataErrors, match="unknown entity 'runc'; only what an earlier folder"):
        load(base)


def test_pack_depends_on_the_order_of_the_folders(tmp_path: Path) -> None:
    texts = {
        "1": "- {id: youki, stars: 1, evidence: [handbook]}\n",
        "2": "- {id: youki, stars: 2, evidence: [handbook]}\n",
    }
    one, two = (write(tmp_path / name, entities__a=text) for name, text in texts.items())
    cache = tmp_path / "cache"
    stars = [
        open_graph([SMALL, *order], cache).entities["youki"].attributes["stars"]
        for order in ([one, two], [two, one], [one, two])
    ]
    assert stars == [2, 1, 2]
    assert len(list(cache.glob("*.pack"))) == 2


FRESH = (
    "- id: crun\n  kind: Tool\n  label: {en: crun, zh: crun}\n  evidence: [handbook]\n"
    "  classifiedIn: [{object: runtimes, evidence: [handbook]}]\n"
)


def test_diagram_is_compared_with_what_its_own_folder_states(tmp_path: Path) -> None:
    # Additions and removals of a later folder leave the diagram of the first as it is.
    graph = over_small(
        tmp_path,
        entities__own=(
            f"{FRESH}- id: youki\n  remove: true\n- id: runtimes\n"
            "  label: {en: Runtimes, zh: 运行时}\n  evidence: [handbook]\n"
        ),
    )
    assert "crun~classifiedIn~runtimes" in {s.id for s in graph.statements}
    base = change_small(tmp_path, (OTHERS, "- id: oci\n", f"{FRESH}- id: oci\n"))
    with pytest.raises(DataErrors) as caught:
        load(base, write(tmp_path / "theirs", entities__own="- id: runc\n  remove: true\n"))
    [fault] = caught.value.faults
    assert (fault.code, fault.place.file) == (
        "NOT_REPRODUCIBLE", f"{base.as_posix()}/seed/tree.mmd",
    )  # fmt: skip


def test_python_opens_several_folders(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", entities__a="- {id: youki, remove: true}\n")
    with_ours = ecograph.open(data=[SMALL, str(ours)])
    assert "youki" not in with_ours.graph.entities
    assert "youki" in ecograph.open(str(SMALL)).graph.entities
