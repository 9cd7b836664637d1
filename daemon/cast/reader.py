"""Who reads pages."""

from actors.ocr.page_reader import PageReader
from actors.sandbox.probe import found_here, usable_sandbox
from daemon.reader_script import ReaderScript


def make_reader(script: ReaderScript) -> PageReader:
    """Build it, its decoder shut in as far as its own machine can."""
    return PageReader(usable_sandbox(found_here(), allow_unsandboxed=script.place.allow_unsandboxed), script.checkpoint)
