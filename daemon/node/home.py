"""The folder of a work node: which archive it has joined, and what it needs while it works."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from actors.runtime.environment import TlsFiles
from daemon.node.place import Place
from daemon.private_file import write_private
from daemon.sockets import runtime_dir, sockets_of
from daemon.start_error import StartError


def default_home() -> Path:
    """Name the folder where nobody has named one."""
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local/share") / "scriba-node"


@dataclass(frozen=True, slots=True)
class Membership:
    """The archive at `head` (HOST:PORT), and the key by which this machine is known there.

    `authorities` and `server_name` say whose certificate is believed there, as the SDK's Trust does; '' leaves it to the system.
    """

    head: str
    key: str = field(repr=False)
    authorities: str = ""
    server_name: str = ""


@dataclass(frozen=True, slots=True)
class NodeHome:
    """Everything in the folder is for its owner alone, and can be removed: the machine then joins anew."""

    root: Path

    @property
    def scratch(self) -> Path:
        """Where decoders work; emptied at each start."""
        return self.root / "scratch"

    @property
    def run(self) -> Path:
        """Sockets, and where Ray is."""
        return self.root / "run"

    @property
    def ray(self) -> Path:
        """Remembers the folder of Ray."""
        return self.run / "ray"

    @property
    def token(self) -> Path:
        """The token of the cluster's processes."""
        return self.run / "cluster.token"

    @property
    def tls(self) -> TlsFiles:
        """The certificate of this machine, and the authority that all machines of the cluster believe."""
        return TlsFiles(self.run / "cluster.pem", self.run / "cluster.key", self.run / "cluster-authority.pem")

    @property
    def _membership(self) -> Path:
        return self.root / "node.json"

    def place(self, *, allow_unsandboxed: bool) -> Place:
        """Tell where readers work here."""
        return Place(self.scratch, sockets_of(self.run, runtime_dir()).log, allow_unsandboxed)

    def create(self) -> None:
        """Make the folders. Raises StartError where they can't be."""
        try:
            for folder in (self.root, self.run, self.scratch):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StartError(f"{error.filename} can't be made: {error.strerror}. Name another folder with --work-dir.") from error

    def membership(self) -> Membership | None:
        """Read which archive this machine has joined; None before. Raises StartError where the file is damaged."""
        try:
            return Membership(**json.loads(self._membership.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise StartError(f"{self._membership} can't be read: {error}. Join anew with a code of `scriba nodes add`.") from error

    def keep(self, membership: Membership) -> None:
        """Remember which archive this machine has joined."""
        write_private(self._membership, json.dumps(asdict(membership), indent=2))

    def receive(self, token: str, certificate: str, key: str, authority: str) -> None:
        """Write what Ray needs, as files that it reads."""
        tls = self.tls
        for file, text in ((self.token, token), (tls.certificate, certificate), (tls.key, key), (tls.authority, authority)):
            write_private(file, text)
