"""Who lets callers in, be they programs or browsers: the servicers and the web app stand behind the same door."""

from dataclasses import dataclass

from daemon.service.around.browsers import Browsers
from daemon.service.around.proofs import Proofs
from daemon.service.identity.signing_in import SignIns
from daemon.service.ports import Tokens


@dataclass(frozen=True, slots=True)
class Door:
    """`proofs` tell who calls, `sign_ins` begin sessions, `known` remembers whose tokens are."""

    browsers: Browsers
    proofs: Proofs
    known: Tokens
    sign_ins: SignIns
