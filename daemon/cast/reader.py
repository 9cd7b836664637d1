"""Who reads pages."""

from actors.ocr.page_reader import PageReader
from daemon.script import Script


def make_reader(script: Script) -> PageReader:
    """Build it."""
    return PageReader(checkpoint=script.checkpoint)
