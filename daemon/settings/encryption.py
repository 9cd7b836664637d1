"""Settings of how the port is encrypted."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_settings import NoDecode

from daemon.certificates.names import is_name
from daemon.certificates.settings import OwnFiles, TlsSettings
from daemon.settings.place import PlaceSection
from daemon.settings.words import read_list

# To be written out by whoever wants it: nobody does that by accident.
PLAIN_TEXT_WORDS = "anyone on the way can read everything"
YEAR_SECONDS = 31_536_000


class Tls(StrEnum):
    """When the port speaks TLS."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


def _read_tls(value: object) -> object:
    """Take what else people write for on and off."""
    word = str(value).strip().lower() if isinstance(value, bool | str) else value
    return {"true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off"}.get(str(word), word)


def _check_name(name: str) -> str:
    if not is_name(name):
        raise ValueError("must be host names and addresses, for example archive.home.arpa or 192.168.1.5")
    return name


def _check_words(words: str) -> str:
    if words not in ("", PLAIN_TEXT_WORDS):
        raise ValueError(f'must be "{PLAIN_TEXT_WORDS}", word for word, or not be set')
    return words


HostNames = Annotated[tuple[Annotated[str, AfterValidator(_check_name)], ...], NoDecode, BeforeValidator(read_list), Field(max_length=100)]


class EncryptionSection(PlaceSection):
    """Who can read what passes through the port, and who may call at all."""

    tls: Annotated[Tls, BeforeValidator(_read_tls)] = Field(
        Tls.AUTO,
        description="`auto` encrypts where other machines reach the port, or a certificate is set; `on` on this machine, too; `off` never.",
    )
    tls_certificate: Path | None = Field(
        None,
        description="The certificate, with those that vouch for it, as PEM; Scriba makes one when not set. Relative to the data folder.",
    )
    tls_key: Path | None = Field(None, description="Its key as PEM, without a password.")
    tls_names: HostNames = Field(
        (), description="Names and addresses for the certificate that Scriba makes, with commas between; the host's name when empty."
    )
    tls_client_ca: Path | None = Field(
        None, description="Certificates of authorities as PEM: only callers with a certificate from one of them are let in."
    )
    tls_hsts_seconds: int = Field(
        YEAR_SECONDS,
        ge=0,
        le=2 * YEAR_SECONDS,
        description="How long browsers that have seen your own certificate call this host, on any port, with TLS alone; 0 asks nothing.",
    )
    allow_plaintext: Annotated[str, AfterValidator(_check_words)] = Field(
        "",
        description=f"Must be `{PLAIN_TEXT_WORDS}` to turn `tls` off where other machines reach the port, as behind a TLS proxy.",
    )

    @property
    def speaks_tls(self) -> bool:
        """Tell whether the port is encrypted."""
        wanted = not self.listen.is_loopback or self.tls_certificate is not None
        return self.tls is Tls.ON or (self.tls is Tls.AUTO and wanted)

    def encryption(self) -> TlsSettings | None:
        """Give the part that encrypts; none for plain text."""
        if not self.speaks_tls:
            return None
        own = None
        if self.tls_certificate and self.tls_key:
            own = OwnFiles(self._placed(self.tls_certificate), self._placed(self.tls_key))
        client_ca = self._placed(self.tls_client_ca) if self.tls_client_ca else None
        return TlsSettings(self.listen, own, self.tls_names, client_ca, self.tls_hsts_seconds)

    @model_validator(mode="after")
    def _refuse_plaintext(self) -> Self:
        if not self.speaks_tls and not self.listen.is_loopback and not self.allow_plaintext:
            raise ValueError(
                f"tls is off and listen is {self.listen}, which other machines reach: anyone on the way reads tokens and documents. "
                "Remove tls = off, and Scriba encrypts with a certificate that it makes; or listen on 127.0.0.1; or, behind a TLS proxy, "
                f'set allow_plaintext = "{PLAIN_TEXT_WORDS}"'
            )
        return self

    @model_validator(mode="after")
    def _refuse_halves(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            raise ValueError("tls_certificate and tls_key belong together: set both, to the same file where it holds both")
        if self.tls_client_ca and not self.speaks_tls:
            raise ValueError(f"tls_client_ca needs TLS, which {self.listen} does not speak by itself: set tls = on")
        return self

    def _placed(self, path: Path) -> Path:
        return self.data_dir / path.expanduser()
