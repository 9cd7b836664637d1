"""Files go in as links or copies and come out as copies."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.sandbox.scratch import ResultRefused, Scratch


@pytest.fixture
def scratch() -> Iterator[Scratch]:
    made = Scratch()
    yield made
    made.remove()


def test_the_same_content_has_the_same_name_inside_and_another_has_another(scratch: Scratch, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("same")
    two.write_text("same")
    os.utime(two, ns=(0, one.stat().st_mtime_ns))
    first = scratch.put([one, two])
    assert first[one] != first[two]
    assert first[one].read_text() == "same"
    assert scratch.clear()
    assert not any(scratch.inputs.iterdir())
    assert scratch.put([one])[one] == first[one]


def test_a_file_of_another_file_system_is_copied_with_its_time(scratch: Scratch) -> None:
    elsewhere = Path("/dev/shm") / f"scriba-test-{os.getpid()}"  # noqa: S108  # another file system
    if not elsewhere.parent.exists() or elsewhere.parent.stat().st_dev == scratch.root.stat().st_dev:
        pytest.skip("there is one file system only")
    try:
        elsewhere.write_text("from afar")
        inside = scratch.put([elsewhere])[elsewhere]
        assert (inside.read_text(), inside.stat().st_mtime_ns) == ("from afar", elsewhere.stat().st_mtime_ns)
        assert elsewhere.stat().st_nlink == 1
    finally:
        elsewhere.unlink()


def test_a_file_that_is_not_there_is_told(scratch: Scratch, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        scratch.put([tmp_path / "nothing"])


def test_a_result_is_copied_so_that_an_open_file_cannot_change_it(scratch: Scratch, tmp_path: Path) -> None:
    with (scratch.outputs / "result").open("wb") as held:
        held.write(b"result")
        held.flush()
        assert scratch.take("result", tmp_path / "target") == len("result")
        held.seek(0)
        held.write(b"forged")
    assert (tmp_path / "target").read_bytes() == b"result"


def test_a_refused_result_leaves_the_former_target(scratch: Scratch, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("former")
    (scratch.outputs / "result").symlink_to("/etc/hostname")
    with pytest.raises(ResultRefused):
        scratch.take("result", target)
    assert [path.name for path in tmp_path.iterdir()] == ["target"]
    assert target.read_text() == "former"
