"""Ray with what we use of it: no dashboard, no autoscaler, no log on a terminal, and no environments made for single actors."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ray._private import services
from ray._private.node import Node

DOUBLE = Path(__file__).with_name("agent_double.py")


@contextmanager
def bare_nodes() -> Iterator[None]:
    """Let a node that begins meanwhile start nothing but a GCS, a raylet and our doubles of its agents.

    Ray has no setting for any of it. Nothing depends on them: actors begin, die and begin again without (tests/runtime).
    """
    with ExitStack() as kept:
        for place, name, ours in (
            (Node, "start_api_server", _start_nothing),
            (Node, "start_monitor", _start_nothing),
            (Node, "start_log_monitor", _start_nothing),
            (services, "_build_python_executable_command_memory_profileable", _double),
        ):
            kept.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, ours)
        yield


def _start_nothing(_node: Node, **_how: object) -> None:
    """Stand in the place of a start."""


def _double(_component: str, _session_dir: str) -> list[str]:
    """Give what runs our double of an agent; Ray adds the agent's script and its options, which the double reads."""
    return [sys.executable, "-I", "-S", str(DOUBLE)]
