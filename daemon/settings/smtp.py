"""Settings of the door for mail: scanners and programs that can only send mail send it straight to the archive."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, ByteSize, Field, InstanceOf, PlainSerializer, SecretStr, model_validator
from pydantic_settings import NoDecode

from daemon.listen import ListenAddress, parse_listen_address
from daemon.settings.place import PlaceSection
from daemon.settings.sizes import GIBIBYTE, MEBIBYTE
from daemon.settings.words import read_networks
from daemon.smtp.settings import SmtpSettings

# This machine, private networks, and what machines on one cable give themselves.
PRIVATE = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)


def _read_listen(value: object) -> object:
    if isinstance(value, str):
        return parse_listen_address(value) if value.strip() else None
    return value


def _check_somebody(networks: tuple[IPv4Network | IPv6Network, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    if not networks:
        raise ValueError("must name who may send; to let nobody send, leave smtp_listen empty")
    return networks


SmtpListen = Annotated[
    InstanceOf[ListenAddress] | None,
    NoDecode,
    BeforeValidator(_read_listen),
    PlainSerializer(lambda address: "" if address is None else str(address)),
]
Senders = Annotated[
    tuple[InstanceOf[IPv4Network] | InstanceOf[IPv6Network], ...],
    NoDecode,
    BeforeValidator(read_networks),
    AfterValidator(_check_somebody),
    PlainSerializer(lambda networks: [str(network) for network in networks]),
]


class SmtpSection(PlaceSection):
    """A door for scanners and programs that can only send mail; it is shut until `smtp_listen` is set."""

    smtp_listen: SmtpListen = Field(None, description="HOST:PORT where mail is taken in, as `192.168.1.5:2525`; nowhere when empty.")
    smtp_allow: Senders = Field(PRIVATE, description="Addresses and networks that may send, with commas between.")
    smtp_max_bytes: ByteSize = Field(
        ByteSize(50 * MEBIBYTE),
        ge=1024,
        le=GIBIBYTE,
        description="Larger mails are refused; while one is taken apart, seven times its size of memory is used.",
    )
    smtp_keep_mails: bool = Field(True, description="A mail without a file becomes a document itself; else it is refused.")
    smtp_user: str = Field("", max_length=200, description="Who sends must sign in by this name; nobody needs to when empty.")
    smtp_password: SecretStr = Field(SecretStr(""), description="The password for that.")

    @model_validator(mode="after")
    def _refuse_what_cannot_be(self) -> Self:
        if self.smtp_listen is not None and self.smtp_listen == self.listen:
            raise ValueError(f"smtp_listen and listen are both {self.listen}: mail needs a port of its own")
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            raise ValueError("smtp_user and smtp_password belong together: set both, or neither")
        return self

    def smtp(self) -> SmtpSettings | None:
        """Give the part that takes mail in; none where that is not wanted."""
        if self.smtp_listen is None:
            return None
        return SmtpSettings(
            listen=self.smtp_listen,
            allow=self.smtp_allow,
            max_bytes=int(self.smtp_max_bytes),
            keep_mails=self.smtp_keep_mails,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
        )
