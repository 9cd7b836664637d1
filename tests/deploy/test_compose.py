"""The compose files: what they set is known to the archive, and what they run is shut in."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from daemon.settings.loading import load_settings

DOCKER = Path(__file__).parents[2] / "docker"
FILES = sorted(DOCKER.glob("compose.*.yaml"))
WHOLE = [file for file in FILES if "cluster" not in file.name]
GIVEN = {"POSTGRES_PASSWORD": "secret", "HEAD": "archive.lan:8440", "CODE": "A-B"}


class _Loader(yaml.SafeLoader):
    """Knows the tag by which a file takes back what another has said."""


_Loader.add_constructor("!reset", lambda loader, node: [])


def services(file: Path) -> dict[str, Any]:
    """Read the services, each with what it extends below its own."""
    told: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _Loader)["services"]  # noqa: S506  # a safe one
    for name, service in told.items():
        if base := service.pop("extends", None):
            below = services(DOCKER / base["file"])[base["service"]]
            told[name] = below | service | {"environment": below.get("environment", {}) | service.get("environment", {})}
    return told


def ours(file: Path) -> dict[str, Any]:
    return {name: service for name, service in services(file).items() if service.get("image") == "scriba"}


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.name)
def test_what_is_ours_runs_without_rights_on_a_root_that_it_cannot_write_to(file: Path) -> None:
    assert ours(file)
    for service in ours(file).values():
        assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])  # noqa: S108  # the one in it
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["user"] == "${OWNER:-1000:1000}"
        assert service["logging"] == {"driver": "local"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_setting_is_one_of_the_archive(file: Path) -> None:
    for service in services(file).values():
        own = {name: value for name, value in service.get("environment", {}).items() if name.startswith("SCRIBA_")}
        if own:
            loaded = load_settings({}, own | {"SCRIBA_LISTEN": "0.0.0.0:8440", "SCRIBA_DATA_DIR": "/data"})
            assert {name for name, origin in loaded.origins.items() if f"SCRIBA_{name.upper()}" in own and origin == "default"} == set()


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.name)
def test_each_volume_that_is_named_is_declared(file: Path) -> None:
    declared = set(yaml.load(file.read_text(encoding="utf-8"), _Loader).get("volumes", {}))  # noqa: S506  # a safe one
    used = {volume.rpartition(":")[0] for service in services(file).values() for volume in service.get("volumes", [])}
    assert {re.sub(r"\$\{\w+:-(\w+)\}", r"\1", name) for name in used} == declared


def test_what_a_file_asks_for_is_written_by_the_script_or_by_who_adds_a_machine() -> None:
    asked = {name for file in FILES for name in re.findall(r"\$\{(\w+)", file.read_text(encoding="utf-8"))}
    kept = set(re.findall(r"^ +keep \.env (\w+)", (DOCKER / "install.sh").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked - kept == {"HEAD", "CODE"}
    assert kept - asked == {"COMPOSE_FILE"}


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.name)
def test_docker_reads_the_file(file: Path) -> None:
    if not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("Docker with its plugin compose is not here")
    ended = subprocess.run(["docker", "compose", "-f", str(file), "config", "-q"], env=GIVEN, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
