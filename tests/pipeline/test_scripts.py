"""The owner's scripts run before and after a new document is read, and can neither lose nor hold it up."""

from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from actors.pipeline.script_settings import ScriptSettings
from actors.pipeline.scripts import SCRIPT_FAILED, ScriptFailed, run_script
from actors.store.nouns.archive import Document, DocumentState, DocumentWarning
from actors.store.nouns.jobs import Job, JobKind, JobState
from tests.pipeline.bringing import script
from tests.pipeline.cast import Stage, until, working
from tests.store.making import deliver

ENDED = (JobState.SUCCEEDED, JobState.FAILED)


async def read(stage: Stage) -> tuple[Document, Job]:
    """Let a document come, and go as far as it may."""
    answer = deliver(stage.store, "letter", key="sha 1 2 3 /data/consume/a scan.pdf", now=datetime.now(UTC))
    assert answer.job_id is not None
    async with working(stage.pipeline()):
        await until(lambda: answer.job_id is not None and stage.store.jobs.get(answer.job_id).state in ENDED)
    return stage.store.documents.get(answer.document_id), stage.store.jobs.get(answer.job_id)


async def test_a_script_before_sees_a_copy_of_the_file_and_no_secret(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBA_DATABASE_URL", "postgresql://me:secret@host/name")
    seen = tmp_path / "seen"
    before = script(tmp_path, f"env > {seen}", f'cat "$DOCUMENT_WORKING_PATH" >> {seen}', 'echo changed > "$DOCUMENT_WORKING_PATH"')
    stage.scripts = ScriptSettings(before=before)
    document, job = await read(stage)
    told = seen.read_text()
    assert "DOCUMENT_SOURCE_PATH=/data/consume/a scan.pdf\n" in told
    assert f"TASK_ID={job.id}\n" in told
    assert told.endswith("letter")
    assert "secret" not in told
    assert document.state is DocumentState.READY
    assert stage.store.originals.path(document).read_bytes() == b"letter"


async def test_a_script_before_that_fails_ends_the_job_in_its_words_and_keeps_the_file(stage: Stage, tmp_path: Path) -> None:
    stage.scripts = ScriptSettings(before=script(tmp_path, "echo looking", "echo 'a virus: Test-17'", "exit 3"))
    document, job = await read(stage)
    assert (job.state, job.attempt) == (JobState.FAILED, 1)
    assert job.error == f"the script {tmp_path / 'script.sh'} ended with 3: a virus: Test-17"
    assert document.state is DocumentState.FAILED
    assert stage.store.originals.path(document).read_bytes() == b"letter"
    assert stage.readers.read_numbers == []


async def test_a_script_after_is_told_all_of_the_document(stage: Stage, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    stage.scripts = ScriptSettings(after=script(tmp_path, f"env | grep DOCUMENT_ | sort > {seen}"))
    document, _ = await read(stage)
    told = dict(line.split("=", 1) for line in seen.read_text().splitlines())
    assert sorted(name.removeprefix("DOCUMENT_") for name in told) == [
        "ADDED", "ARCHIVE_PATH", "CORRESPONDENT", "CREATED", "DOWNLOAD_URL", "FILE_NAME", "ID", "MODIFIED", "ORIGINAL_FILENAME",
        "OWNER", "SOURCE_PATH", "TAGS", "THUMBNAIL_PATH", "THUMBNAIL_URL", "TYPE",
    ]  # fmt: skip
    assert (told["DOCUMENT_ID"], told["DOCUMENT_FILE_NAME"]) == (str(document.id), "letter")
    assert Path(told["DOCUMENT_SOURCE_PATH"]).read_bytes() == b"letter"
    assert Path(told["DOCUMENT_ARCHIVE_PATH"]).is_file()
    assert document.warnings == ()


async def test_a_script_after_that_fails_is_a_warning(stage: Stage, tmp_path: Path) -> None:
    stage.scripts = ScriptSettings(after=script(tmp_path, "exit 1"))
    document, job = await read(stage)
    words = f"the script {tmp_path / 'script.sh'} ended with 1: it said nothing"
    assert (job.state, document.state) == (JobState.SUCCEEDED, DocumentState.READY)
    assert document.warnings == (DocumentWarning(SCRIPT_FAILED, words),)


async def test_a_document_that_is_read_again_starts_no_script(stage: Stage, tmp_path: Path) -> None:
    document, _ = await read(stage)
    stage.scripts = ScriptSettings(script(tmp_path, "exit 1"), script(tmp_path, "exit 1"))
    job = stage.store.jobs.enqueue(document.id, JobKind.DOCUMENT, "again", {}, datetime.now(UTC))
    async with working(stage.pipeline()):
        await until(lambda: stage.store.jobs.get(job).state is JobState.SUCCEEDED)
    assert stage.store.documents.get(document.id).warnings == ()


async def test_a_script_that_takes_too_long_ends_with_all_that_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    slow = script(tmp_path, "sleep 300 &", f"echo $! > {child}", "wait")
    with pytest.raises(ScriptFailed, match="took longer than 1 s and was ended"):
        await run_script(slow, {"TASK_ID": "1"}, 1.0)
    number = int(child.read_text())
    await until(lambda: not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE)


async def test_a_script_that_says_much_is_not_held_up(tmp_path: Path) -> None:
    loud = script(tmp_path, "head -c 2000000 /dev/zero | tr '\\0' x", "echo", "echo the end", "exit 1")
    with pytest.raises(ScriptFailed, match="ended with 1: the end"):
        await run_script(loud, {"TASK_ID": "1"}, 60.0)


async def test_a_script_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScriptFailed, match="can't be run: No such file"):
        await run_script(tmp_path / "gone", {"TASK_ID": "1"}, 1.0)
