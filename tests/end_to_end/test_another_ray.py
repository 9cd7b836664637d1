"""An archive on a Ray that others have started, by Ray's own command: its machines read pages, and the archive stays where it is."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from actors.runtime.ports import is_free
from scriba.v1.admin_pb2 import ListNodesRequest
from tests.end_to_end.person import Person
from tests.ocr.papers import scan_pdf
from tests.ports import free_row
from tests.running import Daemon, outer_environment, started, wait_until

ROOT = Path(__file__).parents[2]
# Ray's processes listen at so many ports of our choice.
NAMED_PORTS = ("port", "ray-client-server-port", "node-manager-port", "object-manager-port", "dashboard-agent-grpc-port")
START_SECONDS = 60.0
MACHINE, ARCHIVE = "127.0.0.1", "127.0.0.2"
# How they know one another is their own affair: both sides get it from their environment.
TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "f" * 64}


@contextmanager
def started_ray() -> Iterator[str]:
    """Start a Ray that knows nothing of an archive, and give HOST:PORT; its one node says that it has our programs."""
    row = free_row()
    ports = {name: row + place for place, name in enumerate(NAMED_PORTS)}
    options = {**ports, "min-worker-port": row + 10, "max-worker-port": row + 99, "node-ip-address": MACHINE, "num-cpus": 1}
    with TemporaryDirectory(prefix="ray-") as folder:
        command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", "--disable-usage-stats"]
        command += ["--include-dashboard=false", "--resources", '{"scriba": 1}', "--temp-dir", folder]
        command += [f"--{name}={value}" for name, value in options.items()]
        environment = {**outer_environment(), **TOKEN, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "clients/python")))}
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, cwd=folder, start_new_session=True)
        try:
            wait_until(lambda: process.poll() is not None or not is_free(row), START_SECONDS)
            yield f"{MACHINE}:{row}"
        finally:
            for each in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
                with suppress(psutil.Error):
                    each.send_signal(signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def ray() -> Iterator[str]:
    with started_ray() as address:
        yield address


@pytest.mark.timeout(300)
def test_pages_are_read_where_another_ray_has_our_programs(ray: str, tmp_path: Path) -> None:
    settings = {"cluster_ray_address": ray, "cluster_address": ARCHIVE, "cluster_port": str(free_row()), "ocr_workers": "1"}
    daemon = Daemon(tmp_path / "data", **settings)
    daemon.environment |= TOKEN
    daemon.data.root.mkdir()
    with started(daemon), Person(daemon) as person:
        pages = [f"Seite {number} vom Schneckenzuchtverein" for number in range(6)]
        document = person.put("scan.pdf", scan_pdf(*pages))
        assert document.page_count == len(pages)
        nodes = person.client.admin.ListNodes(ListNodesRequest()).nodes
        assert [node.head for node in nodes] == [True, False]
        assert all(node.pages_read > 0 for node in nodes), nodes
        assert sum(node.pages_read for node in nodes) >= len(pages)
