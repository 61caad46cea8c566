"""Swap and compatibility of real pairs, over the dataset that ships."""

from __future__ import annotations

import pytest

from tests.answers import data
from tests.swapping import BETWEEN, ids, outcomes, shipped, swap

PAIRS: dict[tuple[str, str], tuple[dict[str, str], dict[str, str], list[str]]] = {
    ("docker-engine", "podman"): (
        {"cdi": "KEPT", "docker-volume-plugin": "KEPT", "nri": "MAYBE_LOST", "dockerfile": "KEPT"},
        {"k3d": "GOES_ON", "cri-dockerd": "BREAKS", "minikube": "GOES_ON", "lima": "GOES_ON",
         "trivy": "GOES_ON", "docker-compose": "GOES_ON", "cadvisor": "NOT_RECORDED"},
        [],
    ),
    ("containerd", "cri-o"): (
        {"cri": "KEPT", "cni": "KEPT", "nri": "KEPT", "containerd-shim-api": "MAYBE_LOST",
         "oci-image-spec": "OTHER_SIDE"},
        {"kubespray": "GOES_ON", "rke2": "BY_INTERFACE", "nerdctl": "NOT_RECORDED",
         "firecracker-containerd": "NOT_RECORDED"},
        [],
    ),
    ("flannel", "cilium"): (
        {"cni": "KEPT", "gateway-api": "MAYBE_GAINED", "kubernetes-network-policy": "GAINED"},
        {"kops": "GOES_ON", "kubespray": "GOES_ON"},
        [],
    ),
    ("docker-swarm", "kubernetes"): (
        {"csi": "KEPT", "cni": "MAYBE_GAINED", "cri": "MAYBE_GAINED"},
        {"docker-app": "GOES_ON"},
        [],
    ),
    ("heapster", "metrics-server"): ({}, {}, ["metrics-server~succeeds~heapster"]),
    ("rkt", "containerd"): (
        {"appc-aci": "MAYBE_LOST", "oci-image-spec": "KEPT", "cri": "MAYBE_GAINED"}, {}, [],
    ),
    ("lxd", "incus"): ({"cdi": "MAYBE_LOST"}, {}, ["incus~forkOf~lxd"]),
    ("dockershim", "cri-dockerd"): ({"cri": "GAINED"}, {}, ["cri-dockerd~succeeds~dockershim"]),
    ("quay", "harbor"): ({"oci-distribution-spec": "KEPT", "oci-artifact": "KEPT"}, {}, []),
    ("runc", "crun"): (
        {"oci-runtime-spec": "KEPT"},
        {"cri-o": "GOES_ON", "buildkit": "GOES_ON", "podman": "GOES_ON", "k3s": "NOT_RECORDED"},
        [],
    ),
    ("prometheus", "victoriametrics"): (
        {"prometheus-remote-read": "LOST", "prometheus-http-api": "KEPT"},
        {"grafana": "GOES_ON", "otel-exporter-go-prometheus": "BY_INTERFACE"},
        ["victoriametrics~supports~prometheus"],
    ),
    ("redis", "valkey"): ({"resp": "KEPT"}, {"harbor": "GOES_ON"}, ["valkey~forkOf~redis"]),
    ("weave-net", "calico"): ({"cni": "KEPT", "gateway-api": "MAYBE_GAINED"}, {}, []),
}  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_of_the_dataset_is_told_truly(pair: tuple[str, str]) -> None:
    interfaces, users, between = PAIRS[pair]
    told = swap(*pair, shipped())
    assert outcomes(told["interfaces"], "interface").items() >= interfaces.items()
    assert outcomes(told["users"], "user").items() >= users.items()
    assert told["between"] == between


@pytest.mark.parametrize("pair", PAIRS)
def test_every_line_of_a_pair_has_statements_of_the_dataset(pair: tuple[str, str]) -> None:
    said = {s.id: s for s in shipped().graph.statements}
    told = swap(*pair, shipped())
    for line in told["interfaces"]:
        has_first = line["outcome"] in ("KEPT", "LOST", "MAYBE_LOST", "OTHER_SIDE")
        assert bool(any(not said[i].negated for i in line["from"])) >= has_first
        assert line["to"] or line["outcome"] == "MAYBE_LOST"
        assert line["outcome"] in ("MAYBE_LOST", "MAYBE_GAINED") or (line["from"] and line["to"])
        for id_ in (*line["from"], *line["to"]):
            assert said[id_].evidence
            assert line["interface"] in (said[id_].subject, said[id_].object)
    for line in told["users"]:
        assert line["from"]
        assert line["to"] or line["outcome"] != "GOES_ON"
        assert line["outcome"] != "BY_INTERFACE" or any(
            link["user"] and link["from"] and link["to"] for link in line["through"]
        )
        for id_ in (*line["from"], *line["to"]):
            assert said[id_].evidence
            assert line["user"] in (said[id_].subject, said[id_].object)


def test_the_engine_comes_to_the_orchestrator_through_an_adapter() -> None:
    told = ids(data(BETWEEN, shipped(), a="docker-engine", b="kubernetes")["compatible"])
    assert told["fit"] == "ADAPTED"
    adapters = {one["adapter"]: (one["interface"], one["holds"]) for one in told["adapters"]}
    assert adapters == {"cri-dockerd": ("cri", True), "dockershim": ("cri", False)}
    assert {line["interface"]: line["fit"] for line in told["lacking"]} == {"cri": "LACKED"}
