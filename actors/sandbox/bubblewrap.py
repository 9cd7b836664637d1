"""The argument list that has bubblewrap start a decoder in namespaces of its own."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from actors.sandbox.view import View

PROGRAM = "bwrap"
# No /proc: decoders do without (their tests run so), and where containers hide parts of theirs, a new one can't be mounted.
# No /tmp and no /dev/shm either: both would be memory that nobody counts. TMPDIR is the scratch folder.
NAMESPACES = ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL")


def bubblewrap_arguments(view: View, program: Sequence[str]) -> list[str]:
    """Write the command. Inside, paths are those outside; what the view does not name is not there at all."""
    arguments = [PROGRAM, *NAMESPACES]
    for path in outermost(view.readable):
        arguments += ["--ro-bind", str(path), str(path)]
    for path in view.devices:
        arguments += ["--dev-bind-try", str(path), str(path)]
    arguments += ["--ro-bind", str(view.inputs), str(view.inputs), "--bind", str(view.outputs), str(view.outputs)]
    return [*arguments, "--remount-ro", "/", "--chdir", str(view.outputs), "--", *program]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Leave out paths inside others, in an order in which no mount hides an earlier one."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(outer) for outer in kept):
            kept.append(path)
    return kept
