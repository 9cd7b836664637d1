"""The file for Kubernetes fits the daemon: its names and ports meet, and the cluster's pods are those that Scriba would know."""

import json
import shlex
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from actors.runtime.machines import READING_RESOURCE
from daemon.main import app
from daemon.settings.loading import load_settings
from tests.docs.pages import ROOT

PARTS: dict[str, Any] = {part["kind"]: part for part in yaml.safe_load_all((ROOT / "docker/kuberay.yaml").read_text(encoding="utf-8"))}
RAY = PARTS["RayCluster"]["spec"]
ARCHIVE = PARTS["Deployment"]["spec"]["template"]["spec"]
WORKERS = RAY["workerGroupSpecs"]
PODS = [RAY["headGroupSpec"]["template"]["spec"], *(group["template"]["spec"] for group in WORKERS), ARCHIVE]


def test_the_archive_is_told_a_ray_that_kuberay_names_so() -> None:
    (container,) = ARCHIVE["containers"]
    said = {each["name"]: each["value"] for each in container["env"] if each["name"].startswith("SCRIBA_")}
    settings = load_settings({}, said).settings
    ports = [port["containerPort"] for port in RAY["headGroupSpec"]["template"]["spec"]["containers"][0]["ports"]]
    assert settings.cluster_ray_address == f"{PARTS['RayCluster']['metadata']['name']}-head-svc:{ports[0]}"


def test_the_archive_gets_options_that_there_are_and_its_port_is_the_services() -> None:
    (container,) = ARCHIVE["containers"]
    assert CliRunner().invoke(app, [*container["args"], "--help"]).exit_code == 0
    listens = load_settings({"listen": container["args"][-1]}, {}).settings.listen.port
    (named,) = container["ports"]
    (service,) = PARTS["Service"]["spec"]["ports"]
    assert (named["containerPort"], service["targetPort"], service["port"]) == (listens, named["name"], listens)
    assert PARTS["Service"]["spec"]["selector"] == PARTS["Deployment"]["spec"]["template"]["metadata"]["labels"]


def test_one_archive_at_a_time_has_the_disk() -> None:
    deployment = PARTS["Deployment"]["spec"]
    claims = [volume["persistentVolumeClaim"]["claimName"] for volume in ARCHIVE["volumes"] if "persistentVolumeClaim" in volume]
    assert (deployment["replicas"], deployment["strategy"]) == (1, {"type": "Recreate"})
    assert claims == [PARTS["PersistentVolumeClaim"]["metadata"]["name"]]


def test_readers_are_where_scriba_looks_for_them_and_the_head_of_ray_reads_nothing() -> None:
    for group in WORKERS:
        (resources,) = shlex.split(group["rayStartParams"]["resources"].replace("'", ""))
        assert json.loads(resources) == {READING_RESOURCE: 1}
    assert "resources" not in RAY["headGroupSpec"]["rayStartParams"]


@pytest.mark.parametrize("pod", PODS, ids=["ray's head", "readers", "archive"])
def test_every_pod_has_the_image_the_token_and_no_rights(pod: dict[str, Any]) -> None:
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["image"] == "scriba:latest"
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    token = [each for each in container["env"] if each["name"].startswith("RAY_AUTH_")]
    assert token == [
        {"name": "RAY_AUTH_MODE", "value": "token"},
        {"name": "RAY_AUTH_TOKEN", "valueFrom": {"secretKeyRef": {"name": "scriba-ray", "key": "token"}}},
    ]
    assert "tmp" in [mount["name"] for mount in container["volumeMounts"]]
