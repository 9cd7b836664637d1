"""Who works on whole files."""

from actors.ocr.binder import Binder


def make_binder() -> Binder:
    """Build it."""
    return Binder()
