"""What a work node asks of the head, through the archive's own port."""

import socket
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.x509 import load_pem_x509_certificate

import scriba
from daemon.join_codes import JoinCode
from daemon.node.home import Membership
from daemon.service.opened import Versions
from daemon.start_error import StartError
from scriba.address import parse_address
from scriba.handshake import doubt
from scriba.v1.cluster_pb2 import JoinClusterRequest, JoinClusterResponse, ReportNodeRequest, ReportNodeResponse

# Whoever is at the keyboard should know within twenty seconds, and no answer takes the head longer than some milliseconds.
ANSWER_SECONDS = 15.0


class NotTheHead(StartError):
    """Another certificate is shown than the one that the code means."""


def trust_by_code(head: str, code: JoinCode) -> scriba.Trust | None:
    """Settle whose certificate is believed at the head, before the code is shown there; None leaves it to the SDK, which asks the system.

    Raises NotTheHead, scriba.Error.
    """
    address = parse_address(head)
    if not code.fingerprint:
        return None
    if not address.tls:
        raise NotTheHead(
            f"The code is for a port that speaks TLS, and {head} is called without: write https:// before it. Nothing was sent."
        )
    certificate = scriba.fetch_certificate(address)
    if not code.is_of(scriba.fingerprint_of(certificate)):
        raise NotTheHead(
            f"The certificate that {head} shows is not the one that the code was made for. Nothing was sent: somebody may be in between, "
            "the code was cut off, or the certificate is new. Make another code with `scriba nodes add`."
        )
    # Those that the system believes are renewed every few weeks: one that is held fast would keep this machine out from then on.
    return scriba.trust_in(address, certificate) if doubt(address, scriba.Trust()) else None


def trust_renewed(membership: Membership) -> scriba.Trust | None:
    """Believe a certificate that is not the one of before, but proves the same key: the archive has made it anew. None: it does not.

    Raises scriba.Error.
    """
    address = parse_address(membership.head)
    shown = scriba.fetch_certificate(address)
    known, now = (load_pem_x509_certificate(pem.encode()).public_key() for pem in (membership.authorities, shown))
    return scriba.trust_in(address, shown) if known == now else None


def no_answer(head: str, error: scriba.Error) -> str:
    """Say that the head does not answer, and where to look. What libraries tell is a chain of causes, or has a number before it."""
    told = error.message.rpartition("] ")[2]
    cause = told.rsplit(": ", 1)[-1] if "connect" in told else told
    return f"The archive does not answer on {head}: {cause}.\nSee whether it runs there, and whether a firewall lets its port through."


def trust_of(membership: Membership) -> scriba.Trust | None:
    """Give whose certificate is believed at a head that was joined before."""
    return scriba.Trust(membership.authorities, membership.server_name) if membership.authorities else None


def address_towards(head: str) -> str:
    """Tell at which address of this machine the head sees it. Raises StartError where there is no way there."""
    address = parse_address(head)
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_DGRAM)
        family, kind, protocol, _, target = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.connect(target)
            return str(probe.getsockname()[0])
    except OSError as error:
        raise StartError(f"There is no way to {head} from here: {error.strerror or error}.") from error


@dataclass(frozen=True, slots=True)
class Proof:
    """What a machine shows: a code's secret at first, its key from then on. One of them is ''."""

    code: str = ""
    key: str = ""


class Head:
    """The archive's port, as a work node calls it."""

    def __init__(self, server: str, trust: scriba.Trust | None) -> None:
        # A machine that joins is nobody's: no token that lies about is sent along.
        self._client = scriba.Client(server, "-", timeout=ANSWER_SECONDS, trust=trust)

    def join(self, proof: Proof, versions: Versions, signing_request: str) -> JoinClusterResponse:
        """Ask to be let in. Raises scriba.Error."""
        request = JoinClusterRequest(
            hostname=socket.gethostname(),
            scriba_version=versions.scriba,
            ray_version=versions.ray,
            python_version=versions.python,
            signing_request=signing_request,
        )
        if proof.code:
            request.code = proof.code
        else:
            request.node_key = proof.key
        request.time.FromDatetime(datetime.now(UTC))
        return self._client.cluster.JoinCluster(request)

    def report(self, key: str, *, leaving: bool = False) -> ReportNodeResponse:
        """Say that this machine is there, and hear what is wanted. Raises scriba.Error."""
        return self._client.cluster.ReportNode(ReportNodeRequest(node_key=key, leaving=leaving))

    def close(self) -> None:
        """Hang up."""
        self._client.close()
