"""Who works on whole files."""

from actors.ocr.binder import Binder
from daemon.script import Script


def make_binder(script: Script) -> Binder:
    """Build it."""
    return Binder(checkpoint=script.checkpoint)
