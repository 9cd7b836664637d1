"""What programs of this user on this machine need to call the port: whom to believe, and how to be let in."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actors.store.files.data_dir import DataDir
from daemon.certificates.certificate import Certificate
from daemon.certificates.making import make_client_certificate
from daemon.listen import ListenAddress
from daemon.private_file import write_private

# Made anew at each start, and never sent anywhere: what ends it is the file's removal.
_VALID = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class LocalCaller:
    """A certificate by which the port knows this machine's own programs, where callers need one; both PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


def make_local_caller(now: datetime) -> LocalCaller:
    """Make it."""
    return LocalCaller(*make_client_certificate("this machine", now, _VALID))


def tell_local_programs(data: DataDir, listen: ListenAddress, shown: Certificate, caller: LocalCaller | None) -> None:
    """Write the file that the client reads (clients/python/scriba/local_server.py)."""
    told = {
        "listen": str(listen),
        "certificate": shown.leaf.decode("ascii"),
        "server_name": name_to_expect(shown.names, listen),
        "client_certificate": caller.certificate.decode("ascii") if caller else "",
        "client_key": caller.key.decode("ascii") if caller else "",
    }
    write_private(data.local_trust, json.dumps(told, indent=1))


def name_to_expect(names: tuple[str, ...], listen: ListenAddress) -> str:
    """Choose a name that the certificate holds, where it does not hold the address by which this machine calls; '' where it does.

    Whoever trusts this one certificate alone loses nothing by that: its name says no more than itself.
    """
    return "" if listen.reachable.host in names or not names else names[0].replace("*", "scriba", 1)
