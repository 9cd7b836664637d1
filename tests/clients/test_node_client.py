"""Clients in Node: one on the generated SDK, one that loads the contract while it runs; and what the generators made is current."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import TOKEN, FakeServer

ROOT = Path(__file__).parents[2]
WEB = ROOT / "clients/web"
SCRIPTS = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def packages() -> Path:
    """Give the folder of installed packages; without Node, or a registry to get them from, these tests step aside."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("node and npm are not installed")
    if not (WEB / "node_modules/@grpc/grpc-js").exists():
        installed = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=WEB, capture_output=True, text=True, check=False)
        if installed.returncode:
            pytest.skip(f"npm ci failed: {installed.stderr[-200:]}")
    return WEB / "node_modules"


def run_script(name: str, packages: Path, folder: Path, server: FakeServer, **environ: str) -> dict[str, object]:
    """Run one of our scripts where the packages and the SDK are found, as in a project that has installed them."""
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copy(script, folder)
    modules = folder / "node_modules"
    modules.mkdir()
    for package in ("@bufbuild", "@grpc"):
        (modules / package).symlink_to(packages / package)
    (modules / "scriba-web").symlink_to(WEB)
    inside = {**os.environ, "SCRIBA_SERVER": server.address, "SCRIBA_TOKEN": TOKEN, **environ}
    done = subprocess.run(["node", folder / name], env=inside, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_the_generated_sdk_uploads_lists_finds_and_downloads(
    packages: Path, archive: FakeArchive, server: FakeServer, tmp_path: Path
) -> None:
    archive.add_document("Rent", text="the rent is due")
    content = ("räksmörgås ".encode() * 20_000)[:200_000]
    answer = run_script("generated_client.mjs", packages, tmp_path, server, QUERY="rent", SHA256=hashlib.sha256(content).hexdigest())
    assert answer == {
        "filename": "från-node.txt",
        "state": "READY",
        "tags": ["node"],
        "duplicate": False,
        "same_bytes": True,
        "listed": 2,
        "found": ["Rent"],
        "missing_is": "NOT_FOUND",
    }


def test_a_client_that_loads_the_contract_lists_and_is_denied_without_a_token(
    packages: Path, archive: FakeArchive, server: FakeServer, tmp_path: Path
) -> None:
    for title in ("Rent", "Tax", "Mail"):
        archive.add_document(title)
    answer = run_script("loaded_client.mjs", packages, tmp_path, server, PROTO=str(ROOT / "proto"))
    assert answer == {"titles": ["Rent", "Tax"], "total": "3", "without_a_token": "UNAUTHENTICATED"}


def test_what_is_committed_is_what_the_contract_gives(packages: Path) -> None:
    done = subprocess.run([sys.executable, ROOT / "clients/generate.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
