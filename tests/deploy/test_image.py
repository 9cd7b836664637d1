"""The image is built of its Dockerfile, without an engine for containers, and does the archive's work."""

import os
import shutil
from pathlib import Path

import pytest

from scriba.v1.documents_pb2 import DocumentState
from tests.deploy.container import Container
from tests.deploy.image import Builder
from tests.end_to_end.person import Person
from tests.ocr.papers import scan_pdf
from tests.running import wait_until

TOOLS = ("debootstrap", "unshare", "nsenter", "setpriv", "npm")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.skipif(os.geteuid() != 0 or bool(missing), reason=f"needs root, and {', '.join(missing) or 'nothing else'}")
def test_the_image_keeps_and_reads_documents_as_nobody_on_a_root_that_nobody_writes_to(tmp_path: Path) -> None:
    container = Container(Builder(tmp_path / "image").build(), tmp_path / "data")
    try:
        container.start()
        wait_until(lambda: container.health().returncode == 0, 120, container.story)
        with Person(container) as person:
            person.drop("letter.pdf", scan_pdf("read in a container"))
            assert person.wait_for_file("letter.pdf").state == DocumentState.DOCUMENT_STATE_READY
        assert "Read-only file system" in container.run("touch", "/opt/scriba/here").stderr
        assert "working" in container.run("env", f"SCRIBA_SERVER={container.address}", "scriba", "nodes").stdout
        assert "deu" in container.run("tesseract", "--list-langs").stdout
        assert container.stop() == 0
        assert {path.stat().st_uid for path in container.data.root.rglob("*")} == {container.data.root.stat().st_uid}
    finally:
        container.kill()
