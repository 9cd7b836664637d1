"""Stands in for an agent of Ray's: names the ports that the raylet waits for, and lives as long as it. A raylet runs this file.

Knows only Python's own library, so that it begins in hundredths of a second.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

# The script of each agent, and the ports that it would open.
PORTS = {
    "agent.py": ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port"),
    "main.py": ("runtime_env_agent_port",),
}
# What Ray's own agents write where they serve nothing.
NOT_SERVED = "-1"


def tell_ports(command: Sequence[str]) -> None:
    """Write the files that the raylet waits for; `command` is the agent's script and its options, `--name=value`."""
    options = dict(option.removeprefix("--").split("=", 1) for option in command[1:] if "=" in option)
    for port in PORTS[Path(command[0]).name]:
        place = Path(options["session-dir"], f"{port}_{options['node-id']}")
        written = place.with_suffix(".new")
        written.write_text(NOT_SERVED)
        written.replace(place)


if __name__ == "__main__":
    tell_ports(sys.argv[1:])
    sys.stdin.read()  # the raylet holds the other end: it ends with it
