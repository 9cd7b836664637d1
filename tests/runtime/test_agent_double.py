"""What stands in for Ray's agents says what the raylet waits for, and ends with it."""

import subprocess
import sys
from pathlib import Path

from actors.runtime.agent_double import tell_ports
from actors.runtime.bare_node import DOUBLE


def test_each_agent_names_its_ports_as_not_served(tmp_path: Path) -> None:
    for script in ("dashboard/agent.py", "runtime_env/agent/main.py"):
        tell_ports([script, "--head", "--node-id=n1", f"--session-dir={tmp_path}", "--labels=a=b"])
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "metrics_agent_port_n1": "-1",
        "metrics_export_port_n1": "-1",
        "dashboard_agent_listen_port_n1": "-1",
        "runtime_env_agent_port_n1": "-1",
    }


def test_it_lives_as_long_as_the_raylet_holds_the_other_end(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", str(DOUBLE), "main.py", "--node-id=n1", f"--session-dir={tmp_path}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as double:
        assert double.poll() is None
        assert double.stdin is not None
        double.stdin.close()
        assert double.wait(60) == 0
    assert (tmp_path / "runtime_env_agent_port_n1").read_text() == "-1"
