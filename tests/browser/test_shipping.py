"""What is shipped of the client: a wheel with all of it, and copies that are the files themselves."""

import gzip
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.browser.site import WEB, built_late

ROOT = WEB.parents[1]
INSIDE = "daemon/web/client/built"


def test_a_wheel_contains_the_built_client(tmp_path: Path) -> None:
    assert not (late := built_late()), late
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        inside = {name.removeprefix(f"{INSIDE}/"): name for name in files.namelist() if name.startswith(INSIDE)}
        built = {str(file.relative_to(WEB / "dist")) for file in (WEB / "dist").rglob("*") if file.is_file()}
        assert set(inside) == built
        assert files.read(inside["index.html"]) == (WEB / "dist" / "index.html").read_bytes()


def test_each_compressed_copy_is_its_file() -> None:
    assert not (late := built_late()), late
    copies = list((WEB / "dist").rglob("*.gz"))
    assert WEB / "dist" / "index.html.gz" in copies
    assert [copy.name for copy in copies if gzip.decompress(copy.read_bytes()) != copy.with_suffix("").read_bytes()] == []
    assert {copy.with_suffix(".br") for copy in copies} == set((WEB / "dist").rglob("*.br"))
