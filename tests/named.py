"""The shared world with a little more in it, so that every named operation has an answer there."""

from __future__ import annotations

from functools import cache
from typing import Any

from ecograph.model.graph import Graph
from tests.asking import EXAMPLES as CONTRACT_EXAMPLES
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says

MORE_ENTITIES = [
    entity("cni", "Specification", "Container Network Interface", "容器网络接口", "CNI"),
    entity("csi", "Specification", "Container Storage Interface", "容器存储接口", "CSI"),
    entity("ceph-csi", "Tool", "Ceph CSI", "Ceph CSI", repository="https://example.org/ceph-csi"),
    entity("hostpath-csi", "Tool", "hostpath CSI driver", "hostpath CSI 驱动"),
    entity("gateway", "Tool", "=Gateway", "网关"),
    entity("metrics-server", "Tool", "Metrics Server", "Metrics Server"),
    entity("cncf", "Organization", "Cloud Native Computing Foundation", "云原生计算基金会", "CNCF"),
    entity("minimal-image", "Image", "Minimal image", "最小镜像", dockerfile="FROM scratch"),
    entity("from-instruction", "Instruction", "FROM", "FROM"),
    entity("copy-on-write", "Procedure", "Copy-on-write", "写时复制"),
    entity("add-file", "Procedure", "Adding a file", "添加文件"),
    entity("read-file", "Procedure", "Reading a file", "读取文件"),
]

MORE_STATEMENTS = [
    says("flannel implements cni", strength="LISTED"),
    says("calico implements cni", strength="LISTED"),
    says("ceph-csi implements csi", strength="LISTED"),
    says("hostpath-csi implements csi", strength="SELF_DECLARED"),
    says("gateway partlyConformsTo oci-image-spec", level="Partial", version="v1.4"),
    says("quay-io certifiedFor oci-image-spec", since="2022-01", version="v1.0"),
    says("metrics-server succeeds heapster"),
    says("rkt stewardedBy cncf", since="2017-03-29", until="2019-08-16"),
    says("kubernetes stewardedBy cncf", since="2016-03-10"),
    says("minimal-image hasInstruction from-instruction", order=1, asWritten="FROM scratch"),
    says("copy-on-write hasStep add-file", order=1, asWritten="添加文件"),
    says("copy-on-write hasStep read-file", order=2, asWritten="读取文件"),
]

EXAMPLES: dict[str, dict[str, Any]] = {
    **CONTRACT_EXAMPLES,
    "Around": {"name": "runc", "each": 3},
    "Alternatives": {"name": "flannel"},
    "CategoryFacets": {"name": "support"},
    "CategoryTree": {"name": "ecosystem"},
    "Certified": {"spec": "image-spec"},
    "Changes": {"since": "2018", "category": "support"},
    "CncfProjects": {"maturity": ["GRADUATED", "ARCHIVED"]},
    "CniPlugins": {},
    "Compatible": {"a": "containerd", "b": "kubernetes"},
    "CompareTwo": {"one": "runtime-spec", "other": "image-spec"},
    "ConformanceLevels": {"spec": "image-spec"},
    "CsiDrivers": {"first": 1},
    "Dependencies": {"name": "docker-engine"},
    "Dependents": {"name": "runc"},
    "Explain": {"from": "docker-engine", "to": "oci-runtime-spec"},
    "ExplainClaim": {"subject": "docker-engine", "relation": "IMPLEMENTS", "object": "cri"},
    "EndedTools": {},
    "ForksOf": {"tool": "lxd"},
    "GroupMembers": {"group": "cadvisor-heapster"},
    "ImageInstructions": {"image": "minimal-image"},
    "ImplementBoth": {"one": "cri", "other": "oci-image-spec"},
    "Important": {"first": 5},
    "LifeOf": {"name": "rkt"},
    "LineageOf": {"name": "incus"},
    "NewestTools": {"first": 3},
    "OrganizationThings": {"name": "CNCF"},
    "ProcedureSteps": {"procedure": "写时复制"},
    "SuccessorsOf": {"name": "heapster"},
    "Routes": {"from": "kubernetes", "to": "oci-runtime-spec", "k": 3},
    "Swap": {"from": "docker-engine", "to": "containerd"},
    "SwapUsers": {"from": "docker-engine", "to": "containerd"},
    "Testers": {"spec": "runtime-spec"},
    "ThenAndNow": {"spec": "runtime-spec", "day": "2018-01-01"},
    "UsersOf": {"tool": "containerd"},
}
"""Operation -> variables that this world answers without an error."""


@cache
def larger_world() -> Graph:
    """The shared world and more."""
    return make_graph([*ENTITIES, *MORE_ENTITIES], [*STATEMENTS, *MORE_STATEMENTS])
