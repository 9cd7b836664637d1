"""How the door for mail stands."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from daemon.listen import ListenAddress


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Who may send what to where.

    `most_connections` are open at once, `most_of_one` of one address: an office has a few scanners. `silent_seconds` ends a connection
    on which nothing comes; while a mail is taken in it may be silent for `delivery_seconds`, as senders wait so long (RFC 5321, 4.5.3.2.6).
    """

    listen: ListenAddress
    allow: tuple[IPv4Network | IPv6Network, ...]
    max_bytes: int = 50 * 1024**2
    keep_mails: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    most_connections: int = 20
    most_of_one: int = 5
    most_recipients: int = 100
    silent_seconds: float = 60.0
    delivery_seconds: float = 600.0
