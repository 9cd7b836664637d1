"""The units of systemd: they are whole, and leave the programs little that they could do besides their work."""

import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[2] / "docker" / "systemd").glob("*.service"))
# Of 10, in tenths: systemd calls 0 to 4.9 well. What is left is what the work needs: the network, and namespaces to shut decoders in.
MOST_EXPOSED = 30
# What belongs to one of them.
OWN = {"user", "environment", "environmentfile", "execstart", "workingdirectory", "statedirectory", "timeoutstartsec", "timeoutstopsec"}
OWN |= {"restartsec", "restartpreventexitstatus"}

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")


def service(unit: Path) -> dict[str, str]:
    parser = RawConfigParser(strict=True)
    parser.read_string(unit.read_text(encoding="utf-8"))
    return dict(parser["Service"])


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False, timeout=60)


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_no_fault_in_a_unit(unit: Path, tmp_path: Path) -> None:
    installed = tmp_path / unit.name
    installed.write_text(unit.read_text(encoding="utf-8").replace("/opt/scriba/bin/scribad", "/bin/true"), encoding="utf-8")
    told = analyze("verify", str(installed))
    assert (told.returncode, told.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_leaves_its_program_little_besides_its_work(unit: Path) -> None:
    told = analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit))
    assert told.returncode == 0, told.stdout


def test_daemon_and_node_are_shut_in_alike() -> None:
    daemon, node = ({name: value for name, value in service(unit).items() if name not in OWN} for unit in UNITS)
    assert daemon == node


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_decoders_can_still_be_shut_in(unit: Path) -> None:
    settings = service(unit)
    allowed = settings["systemcallfilter"].split()
    assert {"@mount", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"} <= set(allowed)
    assert "restrictnamespaces" not in settings
