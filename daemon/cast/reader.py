"""Who reads pages."""

from importlib.metadata import version

from actors.ocr.page_reader import PageReader
from actors.sandbox.probe import found_here, usable_sandbox
from daemon.reader_script import ReaderScript
from daemon.start_error import StartError


def make_reader(script: ReaderScript) -> PageReader:
    """Build it, its decoder shut in as far as its own machine can. Raises StartError where another Scriba is installed there."""
    if (here := version("scriba")) != script.version:
        raise StartError(f"the archive runs Scriba {script.version} and this machine {here}: install the archive's version here")
    return PageReader(usable_sandbox(found_here(), allow_unsandboxed=script.place.allow_unsandboxed), script.checkpoint)
