"""Scripts of the archive's owner: one before a new document is read, one after. They run after it is safe, for a limited time."""

import asyncio
import os
import shutil
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from actors.pipeline.script_settings import ScriptSettings
from actors.store.nouns.archive import Document, DocumentWarning, JobId
from actors.store.store import Store

SCRIPT_FAILED = "SCRIPT_FAILED"
# Of what a script prints, this much is logged.
MOST_LOGGED_BYTES = 16_000
# What a script gets of our environment: nothing that could hold a secret.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")

log = structlog.get_logger()


class ScriptFailed(Exception):
    """A script did not end with 0, in time; its words are for the owner of the document."""


async def run_before(store: Store, document: Document, job: JobId, settings: ScriptSettings) -> None:
    """Run the script before a document is read; raises ScriptFailed, upon which it shall not be read.

    It gets a copy of the file: the original is never given out of hand.
    """
    if settings.before is None:
        return
    with TemporaryDirectory(prefix="script-") as folder:
        copy = Path(folder) / (Path(document.original_filename).name or "document")
        original = await asyncio.to_thread(store.originals.path, document)
        await asyncio.to_thread(shutil.copyfile, original, copy)
        source = await asyncio.to_thread(store.documents.delivery, document.id)
        environment = {
            "DOCUMENT_SOURCE_PATH": (source.path if source else "") or str(copy),
            "DOCUMENT_WORKING_PATH": str(copy),
            "TASK_ID": str(job),
        }
        await run_script(settings.before, environment, settings.seconds)


async def run_after(store: Store, document: Document, job: JobId, settings: ScriptSettings) -> DocumentWarning | None:
    """Run the script after a document is read; a failure is a warning."""
    if settings.after is None:
        return None
    environment = await asyncio.to_thread(environment_after, store, document, job)
    try:
        await run_script(settings.after, environment, settings.seconds)
    except ScriptFailed as failure:
        return DocumentWarning(SCRIPT_FAILED, str(failure))
    return None


def environment_after(store: Store, document: Document, job: JobId) -> dict[str, str]:
    """Tell a script of a document by the names that scripts for paperless know; what there is not is empty."""
    archive, thumbnail = store.data.archive_file(document.id), store.data.thumbnail_file(document.id)
    facts = {
        "ID": str(document.id),
        "FILE_NAME": document.title or document.original_filename,
        "TYPE": document.document_type.name if document.document_type else "",
        "CREATED": document.created_date.isoformat() if document.created_date else "",
        "MODIFIED": document.update_time.isoformat(),
        "ADDED": document.added_time.isoformat(),
        "SOURCE_PATH": str(store.originals.path(document)),
        "ARCHIVE_PATH": str(archive) if document.has_archive else "",
        "THUMBNAIL_PATH": str(thumbnail) if thumbnail.is_file() else "",
        "DOWNLOAD_URL": "",
        "THUMBNAIL_URL": "",
        "OWNER": "",
        "CORRESPONDENT": document.correspondent.name if document.correspondent else "",
        "TAGS": ",".join(document.tags),
        "ORIGINAL_FILENAME": document.original_filename,
    }
    return {f"DOCUMENT_{name}": value for name, value in facts.items()} | {"TASK_ID": str(job)}


async def run_script(script: Path, environment: Mapping[str, str], seconds: float) -> None:
    """Run a program in a process group of its own, and log what it says; raises ScriptFailed."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    told = {name: value.replace("\0", "") for name, value in environment.items()}
    try:
        process = await asyncio.create_subprocess_exec(
            script,
            env=passed | told,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise ScriptFailed(f"the script {script} can't be run: {error.strerror}") from error
    try:
        async with asyncio.timeout(seconds):
            said = await _heard(process)
            code = await process.wait()
    except TimeoutError:
        raise ScriptFailed(f"the script {script} took longer than {seconds:.0f} s and was ended") from None
    finally:
        with suppress(ProcessLookupError):  # what it has left running goes with it
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    log.info("script ended", script=script.name, code=code, task_id=environment["TASK_ID"], output=said)
    if code:
        last = next((line.strip()[:200] for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
        raise ScriptFailed(f"the script {script} ended with {code}: {last}")


async def _heard(process: asyncio.subprocess.Process) -> str:
    """Read all that a script says, so that it never waits for us, and keep the end of it."""
    kept = b""
    while process.stdout is not None and (part := await process.stdout.read(65_536)):
        kept = (kept + part)[-MOST_LOGGED_BYTES:]
    return kept.decode("utf-8", "replace")
