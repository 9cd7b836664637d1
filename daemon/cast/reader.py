"""Who reads pages."""

from actors.ocr.page_reader import PageReader
from actors.sandbox.probe import found_here, usable_sandbox
from daemon.script import Script


def make_reader(script: Script) -> PageReader:
    """Build it, its decoder shut in as far as its own machine can."""
    return PageReader(usable_sandbox(found_here(), allow_unsandboxed=script.allow_unsandboxed), script.checkpoint)
