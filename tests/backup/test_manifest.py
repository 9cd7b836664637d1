"""A manifest is read as it was written, or not at all."""

import json
from dataclasses import replace

import pytest

from daemon.backup.errors import BackupDamaged, BackupTooNew
from daemon.backup.manifest import FORMAT, Kept, Manifest, object_of, read, written

ORIGINAL = f"originals/ab/{'ab' * 32}.pdf"
MANIFEST = Manifest(
    made="2026-11-28T18:00:00+00:00",
    scriba="1.0",
    revision="0031",
    secrets=True,
    database=Kept("cd" * 32, 9),
    files={ORIGINAL: Kept("ab" * 32, 5), "thumbnails/1.webp": Kept("ef" * 32, 4, 77), "scriba.toml": Kept("01" * 32, 1)},
    missing=("23" * 32,),
)


def test_what_is_written_is_read_again() -> None:
    assert read(written(MANIFEST)) == MANIFEST


def test_originals_keep_their_names_and_whatever_changes_gets_one_by_its_bytes() -> None:
    assert set(MANIFEST.objects()) == {ORIGINAL, f"files/ef/{'ef' * 32}", f"files/01/{'01' * 32}", f"database/{'cd' * 32}.db"}
    assert object_of("thumbnails/1.webp", Kept("12" * 32, 4)) != object_of("thumbnails/1.webp", Kept("34" * 32, 4))


@pytest.mark.parametrize("at", range(20, 1_300, 97))
def test_a_manifest_with_another_byte_is_refused(at: int) -> None:
    data = bytearray(written(MANIFEST))
    at %= len(data)
    data[at] = ord("7") if data[at] != ord("7") else ord("8")
    with pytest.raises((BackupDamaged, BackupTooNew)):
        read(bytes(data))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", written(MANIFEST)[:-20]])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(BackupDamaged, match=r"manifest\.json"):
        read(data)


def test_the_backup_of_a_newer_version_is_refused_by_its_name() -> None:
    told = json.loads(written(MANIFEST)) | {"format": FORMAT + 1, "scriba": "9.9"}
    with pytest.raises(BackupTooNew, match=r"Scriba 9\.9 has made"):
        read(json.dumps(told).encode())


@pytest.mark.parametrize("path", ["../outside", "originals/../../outside", "/etc/passwd", "index/meta.json", ""])
def test_no_path_leads_out_of_the_data_folder(path: str) -> None:
    with pytest.raises(BackupDamaged):
        read(written(replace(MANIFEST, files={path: Kept("ab" * 32, 5)})))
