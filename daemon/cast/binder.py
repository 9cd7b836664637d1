"""Who works on whole files."""

from actors.ocr.binder import Binder
from actors.sandbox.probe import found_here, usable_sandbox
from daemon.script import Script


def make_binder(script: Script) -> Binder:
    """Build it, its decoder shut in as far as this machine can."""
    return Binder(usable_sandbox(found_here(), allow_unsandboxed=script.allow_unsandboxed), script.checkpoint)
