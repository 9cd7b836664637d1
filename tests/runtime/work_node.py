"""A program that joins the Ray of two_nodes.py as another machine would, and says when it has; it ends with its stdin. Run by that one."""

import sys
from pathlib import Path

from actors.runtime.environment import TlsFiles, prepare_environment

folder, head, first_port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
prepare_environment(folder / "cluster.token", TlsFiles(folder / "node.pem", folder / "node.key", folder / "authority.pem"))

from actors.runtime.cluster import ClusterSettings, Joining, join_ray  # noqa: E402  # after the environment
from actors.runtime.ports import PortRange  # noqa: E402

joined = join_ray(ClusterSettings(folder / "node-ray", 3, ports=PortRange(first_port)), Joining(head, "17", 2_000_000_000))
print("joined", flush=True)  # noqa: T201  # read by whoever runs us
sys.stdin.read()
joined.stop()
