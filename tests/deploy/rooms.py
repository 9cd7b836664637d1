"""Root file systems that programs are run in as a container engine would: nothing of this machine is there but its kernel."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Old root and new one change places, as engines do it: in a mere chroot the kernel allows nobody namespaces of his own.
_ENTER = """
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
{mounts}
pivot_root . .
umount -l .
cd {folder}
shift
exec "$@"
"""
# How this machine reaches registries of packages is its own affair, and no part of an image: names, and certificates that it believes.
_NAMES = "/etc/resolv.conf"
_CERTIFICATES = ("PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
_CERTIFICATES_PLACE = "run/certificates"
_WAYS = ("PIP_INDEX_URL", "NPM_CONFIG_REGISTRY", "http_proxy", "https_proxy")


@dataclass(frozen=True, slots=True)
class Room:
    """A folder with a whole system in it."""

    root: Path

    def build(self, command: str, environment: Mapping[str, str], folder: str) -> None:
        """Run a line of a shell's as root, with the network and what this machine needs for it; raises with what it said."""
        believed = {name: Path(os.environ[name]) for name in _CERTIFICATES if Path(os.environ.get(name, "/none")).is_file()}
        mounts = [self._lend(Path(_NAMES), _NAMES.lstrip("/"))]
        mounts += [self._lend(path, f"{_CERTIFICATES_PLACE}/{name}") for name, path in believed.items()]
        outer = {name: os.environ[name] for name in _WAYS if name in os.environ}
        outer |= {name: f"/{_CERTIFICATES_PLACE}/{name}" for name in believed}
        inner = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", **outer, **environment}
        entering = self.enter(["/bin/sh", "-c", command], inner, folder, mounts)
        ended = subprocess.run(entering, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise RuntimeError(f"{command}\nended with code {ended.returncode}:\n{ended.stdout[-2000:]}{ended.stderr[-4000:]}")

    def enter(self, command: Sequence[str], environment: Mapping[str, str], folder: str, mounts: Sequence[str]) -> list[str]:
        """Give the command that runs another in here. `mounts` are lines of a shell's, done at the root before the way back is shut."""
        script = _ENTER.format(mounts="\n".join(mounts), folder=shlex.quote(folder))
        clean = ["env", "-i", *(f"{name}={value}" for name, value in environment.items())]
        namespaces = ["unshare", "--mount", "--pid", "--ipc", "--fork", "--kill-child=KILL"]
        return [*namespaces, "/bin/sh", "-c", script, "enter", str(self.root), *clean, *command]

    def _lend(self, path: Path, name: str) -> str:
        """Give the line that shows a file of this machine in here, where nobody can change it."""
        here = self.root / name
        here.parent.mkdir(parents=True, exist_ok=True)
        here.touch()
        return f"mount --bind {path} {name} && mount -o remount,bind,ro {name}"
