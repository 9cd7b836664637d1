"""A program that joins the Ray of waiting_readers.py as a machine would, says when it has, and ends with its stdin. Run by that one."""

import sys
from pathlib import Path

from actors.runtime.environment import TlsFiles, prepare_environment

folder, head, name, first_port = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
prepare_environment(folder / "cluster.token", TlsFiles(folder / "head.pem", folder / "head.key", folder / "authority.pem"))

from actors.runtime.cluster import ClusterSettings, Joining, join_ray  # noqa: E402  # after the environment
from actors.runtime.ports import PortRange  # noqa: E402

joined = join_ray(ClusterSettings(folder / f"ray-{name}", 1, ports=PortRange(first_port)), Joining(head, name, 2_000_000_000))
print("joined", flush=True)  # read by whoever runs us
sys.stdin.read()
joined.stop()
