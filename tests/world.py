"""The one small graph that the tests share: true enough to read, small enough to know by heart.

docker-engine -> containerd -> runc -> oci-runtime-spec; crun and youki implement the spec too;
oci-runtime-tools only tests it; dockershim adapted the engine to CRI until 2022; rkt is dead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ecograph.model.graph import Entity, Event, Evidence, Graph, Source, Statement
from ecograph.model.ontology import Ontology

DATA = Path(__file__).parent.parent / "data"

SOURCES = [
    Source(
        "list", "List of implementations", "https://example.org/list", "Apache-2.0", "2026-11-01"
    ),
    Source("docs", "Documentation", "https://example.org/docs", "CC-BY-4.0", "2026-11-02"),
    Source("blog", "A dissenting view", "https://example.org/blog", None, "2026-11-03"),
]


@cache
def ontology() -> Ontology:
    """The ontology that ships."""
    return Ontology.model_validate(yaml.safe_load((DATA / "ontology.yaml").read_text("utf-8")))


def entity(
    id_: str, kind: str, en: str, zh: str | None = None, *aliases: str,
    history: Iterable[tuple[str, str]] = (), former: tuple[str, ...] = (), **attributes: Any,
) -> Entity:  # fmt: skip
    """An entity with evidence; history as (date, event)."""
    label = {"en": en} if zh is None else {"en": en, "zh": zh}
    events = tuple(Event(d, e, evidence=(Evidence("docs", e, "2026-11-02"),)) for d, e in history)
    description = {"en": f"About {en}.", "zh": f"关于 {zh or en}。"}
    return Entity(
        id_, kind, label, description, aliases, former, attributes, events,
        (Evidence("docs", None, "2026-11-02"),),
    )  # fmt: skip


def says(text: str, *, since: str | None = None, until: str | None = None, negated: bool = False,
         key: str | None = None, source: str = "list", **qualifiers: Any) -> Statement:  # fmt: skip
    """A statement from `subject relation object`."""
    subject, relation, object_ = text.split()
    return Statement(
        subject, relation, object_, since, until, negated, key, qualifiers,
        (Evidence(source, f"about {subject}", "2026-11-01"),),
    )  # fmt: skip


ENTITIES = [
    entity("oci-runtime-spec", "Specification", "OCI Runtime Specification", "OCI 运行时规范",
           "OCI runtime spec", "runtime-spec", license="Apache-2.0",
           history=[("2017-07-19", "begun")]),
    entity("oci-image-spec", "Specification", "OCI Image Format Specification", "OCI 镜像格式规范",
           "image-spec", license="Apache-2.0"),
    entity("cri", "Specification", "Container Runtime Interface", "容器运行时接口", "CRI"),
    entity("runc", "Tool", "runc", "runc", "opencontainers/runc", license="Apache-2.0",
           homepage="https://opencontainers.org", history=[("2015-06-22", "begun")]),
    entity("crun", "Tool", "crun", "crun", license="GPL-2.0-or-later",
           history=[("2026-01-02", "seenActive")]),
    entity("youki", "Tool", "youki", "youki", license="Apache-2.0",
           history=[("2021", "begun"), ("2026-02", "seenActive")]),
    entity("railcar", "Tool", "railcar", "railcar", license="UPL-1.0",
           history=[("2017-06", "begun"), ("2021-03", "archived")]),
    entity("oci-runtime-tools", "Tool", "OCI Runtime Tools", "OCI 运行时测试工具"),
    entity("containerd", "Tool", "containerd", "containerd", license="Apache-2.0",
           history=[("2015-12-17", "begun"), ("2017-03-29", "acceptedIncubating"),
                    ("2019-02-28", "graduated")]),
    entity("docker-engine", "Tool", "Docker Engine", "Docker 引擎", "Docker", "dockerd",
           "moby/moby", former=("moby",), license="Apache-2.0", history=[("2013-03", "begun")]),
    entity("cri-dockerd", "Tool", "cri-dockerd", "cri-dockerd"),
    entity("kubernetes", "Tool", "Kubernetes", "Kubernetes", "k8s", license="Apache-2.0",
           history=[("2014-06-06", "begun"), ("2018-03-06", "graduated")]),
    entity("rkt", "Tool", "rkt", "rkt", "CoreOS Rocket", license="Apache-2.0",
           history=[("2014-12-01", "begun"), ("2019-08-16", "archivedByCncf"),
                    ("2020-02-24", "ended")]),
    entity("lxd", "Tool", "LXD", "LXD", license="AGPL-3.0-only"),
    entity("incus", "Tool", "Incus", "Incus"),
    entity("flannel", "Tool", "Flannel", "Flannel", license="Apache-2.0"),
    entity("calico", "Tool", "Calico", "Calico"),
    entity("cadvisor", "Tool", "cAdvisor", "cAdvisor"),
    entity("heapster", "Tool", "Heapster", "Heapster", history=[("2018-11-29", "archived")]),
    entity("cadvisor-heapster", "Group", "cAdvisor and Heapster", "cAdvisor 与 Heapster"),
    entity("docker-inc", "Organization", "Docker, Inc.", "Docker 公司", "Docker"),
    entity("quay-io", "Service", "Quay.io", "Quay.io"),
    entity("ecosystem", "Category", "Container ecosystem", "容器生态系统", scheme="seed"),
    entity("core", "Category", "Core technology", "容器核心技术", scheme="seed"),
    entity("support", "Category", "Supporting technology", "容器支持技术", scheme="seed"),
    entity("networking", "Category", "Container networking", "容器网络", scheme="seed"),
    entity("monitoring", "Category", "Monitoring", "监控", "监管", scheme="seed"),
    entity("today-monitoring", "Category", "Monitoring", "监控", scheme="today"),
]  # fmt: skip

STATEMENTS = [
    says("runc implements oci-runtime-spec", since="2015-07", strength="CERTIFIED"),
    says("crun implements oci-runtime-spec", strength="LISTED"),
    says("youki implements oci-runtime-spec", since="2021-10-08", strength="SELF_DECLARED"),
    says("railcar implements oci-runtime-spec", until="2021-03", strength="LISTED"),
    says("oci-runtime-tools tests oci-runtime-spec"),
    says("docker-engine implements cri", negated=True, source="docs"),
    says("cri-dockerd implements cri", since="2022"),
    says("cri-dockerd adapts docker-engine"),
    says("containerd implements cri", since="2017-12"),
    says("containerd implements oci-image-spec"),
    says("quay-io implements oci-image-spec"),
    says("quay-io implements oci-image-spec", negated=True, source="blog"),
    says("docker-engine uses containerd", since="2016-04"),
    says("containerd uses runc"),
    says("kubernetes uses cri"),
    says("kubernetes uses docker-engine", since="2014", until="2022-05-03"),
    says("incus forkOf lxd", since="2023-08"),
    says("docker-engine ownedBy docker-inc"),
    says("rkt manages rkt"),
    says("core broader ecosystem", order=1),
    says("support broader ecosystem", order=2),
    says("networking broader support", order=2),
    says("monitoring broader support", order=1),
    says("runc classifiedIn core", order=1),
    says("flannel classifiedIn networking", order=2),
    says("calico classifiedIn networking", order=1),
    says("cadvisor-heapster classifiedIn monitoring", order=1),
    says("cadvisor partOf cadvisor-heapster", order=1),
    says("heapster partOf cadvisor-heapster", order=2),
    says("cadvisor classifiedIn today-monitoring"),
]


def make_graph(
    entities: Iterable[Entity], statements: Iterable[Statement], as_of: str = "2026-11-24",
    version: str = "0123456789abcdef", of: Ontology | None = None,
) -> Graph:  # fmt: skip
    """A graph of parts, in the order that the loader gives."""
    return Graph(
        of or ontology(),
        {e.id: e for e in sorted(entities, key=lambda e: e.id)},
        tuple(sorted(statements, key=lambda s: s.id)),
        {s.id: s for s in SOURCES},
        as_of,
        "CC-BY-4.0",
        {"en": "The world of the tests", "zh": "测试世界"},
        version,
    )


@cache
def world() -> Graph:
    """The shared graph."""
    return make_graph(ENTITIES, STATEMENTS)


def without(graph: Graph, *ids: str) -> Graph:
    """The graph without some entities and what is said of them."""
    gone = set(ids)
    return replace(
        graph,
        entities={i: e for i, e in graph.entities.items() if i not in gone},
        statements=tuple(
            s for s in graph.statements if s.subject not in gone and s.object not in gone
        ),
        version="fedcba9876543210",
    )


def variables(**values: Any) -> Mapping[str, Any]:
    """Variables of an operation."""
    return values
