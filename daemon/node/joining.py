"""How a machine joins: it proves itself at the head, and keeps what it gets."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

import scriba
from daemon.certificates.authority import ask_for
from daemon.certificates.names import HERE
from daemon.join_codes import read_join_code
from daemon.node.asking import Head, NotTheHead, Proof, trust_by_code, trust_of, trust_renewed
from daemon.node.home import Membership, NodeHome
from daemon.service.opened import Versions
from daemon.start_error import StartError

log = structlog.get_logger()

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Joined:
    """What this machine is in the cluster until it begins anew: its number there, where Ray is, and which life of the head that is."""

    membership: Membership
    number: str
    ray_address: str
    session: str


def member_of(home: NodeHome, server: str, code: str) -> tuple[Membership, Proof]:
    """Settle what this machine shows at the head: a code, or the key of before. Raises StartError, scriba.Error."""
    if code:
        parts = read_join_code(code)
        trust = trust_by_code(server, parts) or scriba.Trust()
        return Membership(server, "", trust.authorities, trust.server_name), Proof(code=parts.secret)
    before = home.membership()
    if before is None or before.head != server:
        raise StartError(f"This machine has not joined {server} yet: ask for a code there with `scriba nodes add`, and give it by --code.")
    return before, Proof(key=before.key)


def join(home: NodeHome, member: Membership, proof: Proof, versions: Versions, address: str) -> Joined:
    """Be let in, and write down what that takes. Raises scriba.Error."""
    key, request = ask_for([address, *HERE[:2]])
    head = Head(member.head, trust_of(member))
    try:
        answer = head.join(proof, versions, request.decode("ascii"))
    finally:
        head.close()
    kept = Membership(member.head, answer.node_key or member.key, member.authorities, member.server_name)
    home.keep(kept)
    home.receive(answer.ray_token, answer.certificate, key.decode("ascii"), answer.authority)
    return Joined(kept, answer.node_id, answer.ray_address, answer.session)


def let_in(home: NodeHome, server: str, code: str, versions: Versions, address: str) -> Joined:
    """Join by a code, or by the key of before. Raises StartError, scriba.Error."""
    member, proof = member_of(home, server, code)
    try:
        return join(home, member, proof, versions, address)
    except scriba.CertificateRefused as error:
        if proof.code:
            raise
        trust = trust_renewed(member)
        if trust:
            log.info("the archive has made its certificate anew, by the key of before")
            return join(home, replace(member, authorities=trust.authorities, server_name=trust.server_name), proof, versions, address)
        raise NotTheHead(
            f"{server} shows another certificate than when this machine joined: {error.message}. Where that was changed on purpose, join "
            "anew with a code of `scriba nodes add`."
        ) from error
    except scriba.Unauthenticated:
        # A service has the code in its command for good, also when it starts for the second time.
        before = home.membership() if code else None
        if before is None or before.head != server:
            raise
        log.info("the code is used up, joins as before")
        return join(home, before, Proof(key=before.key), versions, address)


def patiently(ask: Callable[[], Joined], sleep: Callable[[float], None]) -> Joined:
    """Ask until the head is there, with longer and longer pauses. Raises StartError, scriba.Error where that is no use."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return ask()
        except (scriba.Unavailable, scriba.DeadlineExceeded, scriba.ResourceExhausted) as error:
            log.info("waits for the head", error=error.message, seconds=pause)
        except NotTheHead as error:
            log.warning("does not believe the head", error=str(error), seconds=pause)
        sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
