"""Settings of signing in by another's word, and of how browsers reach the archive."""

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf, PlainSerializer, SecretStr, model_validator
from pydantic_settings import NoDecode

from actors.egress.rules import read_listed
from actors.openid.settings import ProviderSettings
from actors.store.nouns.identity import Role
from daemon.service.around.proxies import Proxies
from daemon.service.identity.vouching import VouchRules
from daemon.settings.encryption import EncryptionSection
from daemon.settings.sending import SendingSection
from daemon.settings.words import read_list, read_networks
from daemon.start_error import StartError
from daemon.web.signing_in.openid import BACK, START
from daemon.web.signing_in.pending import page_of_ours
from daemon.web.signing_in.ways import ProviderWay, Ways

_HEADER = re.compile(r"[a-z0-9][a-z0-9-]*")
_OTHERS = frozenset(
    {"authorization", "cookie", "host", "origin", "referer", "user-agent", "content-type", "x-forwarded-for", "via", "forwarded"}
)
_LOCAL = ("localhost", "127.0.0.1", "::1")


def _check_url(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment):
        raise ValueError("must be an address like https://archive.example")
    return url


def _check_goal(url: str) -> str:
    parts = urlsplit(url)
    elsewhere = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if url and not elsewhere and page_of_ours(url) != url:
        raise ValueError("must be an address like https://sign-in.example/logout, or a path like /oauth2/sign_out")
    return url


def _read_role(value: object) -> object:
    """Take an empty word for nobody."""
    return None if isinstance(value, str) and not value.strip() else value


def _check_header(name: str) -> str:
    """Take a header's name, also as users of the peer write it (HTTP_REMOTE_USER)."""
    plain = name.strip().removeprefix("HTTP_").replace("_", "-").lower()
    if plain and (not _HEADER.fullmatch(plain) or plain in _OTHERS or plain.startswith(("x-scriba-", "sec-", "x-envoy-"))):
        raise ValueError("must be the name of a header that means nothing else, for example Remote-User")
    return plain


def _check_networks(networks: tuple[IPv4Network | IPv6Network, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    if any(network.prefixlen == 0 for network in networks):
        raise ValueError("must not be everybody: whoever is in it can call as any user")
    return networks


Networks = Annotated[
    tuple[InstanceOf[IPv4Network] | InstanceOf[IPv6Network], ...],
    NoDecode,
    BeforeValidator(read_networks),
    AfterValidator(_check_networks),
    PlainSerializer(lambda networks: [str(network) for network in networks]),
]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_list)]
NewRole = Annotated[Role | None, BeforeValidator(_read_role)]


def _read_secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"oidc_client_secret_file, {file}, can't be read: {error}") from error


class SigningInSection(EncryptionSection, SendingSection):
    """Who is let in by another's word."""

    trusted_proxies: Networks = Field(
        (), description="Addresses and networks of proxies before this port, with commas between: `10.0.0.2, fd00::/64`."
    )
    remote_user_header: Annotated[str, AfterValidator(_check_header)] = Field(
        "", description="The header by which trusted proxies say who calls, as `Remote-User`; nobody's word is taken when empty."
    )
    remote_user_create: NewRole = Field(
        None, description="The role of users whom they name for the first time; without one, they are refused."
    )
    oidc_issuer: Annotated[str, AfterValidator(_check_url)] = Field(
        "", description="The provider of sign-ins (OpenID Connect) by the address that it calls itself; none when empty."
    )
    oidc_name: str = Field("", max_length=64, description="What people call the provider; its host's name when empty.")
    oidc_client_id: str = Field("", description="What the provider calls this archive.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="The secret that goes with it; none for a public client.")
    oidc_client_secret_file: Path | None = Field(None, description="A file that holds that secret instead.")
    oidc_scopes: Words = Field(("openid", "profile", "email"), description="What the provider is asked for, with commas between.")
    oidc_create_users: NewRole = Field(
        None, description="The role of users who come from there for the first time; without one, only who is linked is let in."
    )
    oidc_groups_claim: str = Field(
        "", description="The claim that names the groups of a user, as `groups`; memberships are then the provider's."
    )

    disable_regular_login: bool = Field(
        False, description="Nobody signs in by a password: only by the provider or a proxy. Tokens, and the machine's own commands, go on."
    )
    redirect_login_to_sso: bool = Field(False, description="Pages send who is not signed in to the provider at once.")
    logout_redirect_url: Annotated[str, AfterValidator(_check_goal)] = Field(
        "", description="Where browsers go once signed out, such as where the provider or the proxy ends its own session."
    )

    def proxies(self) -> Proxies:
        """Give the part that knows trusted proxies."""
        return Proxies(self.trusted_proxies, self.remote_user_header)

    @property
    def believes_plain_text(self) -> bool:
        """Tell whether somebody on the way from a proxy could call as anybody."""
        return bool(self.remote_user_header) and not self.speaks_tls and not self.listen.is_loopback

    def provider(self) -> ProviderSettings | None:
        """Give the part that asks the provider; None without one. Raises StartError where its secret can't be read."""
        if not self.oidc_issuer:
            return None
        secret = self.oidc_client_secret.get_secret_value()
        if self.oidc_client_secret_file:
            secret = _read_secret(self.oidc_client_secret_file)
        listed = read_listed(self.allowed_internal_hosts)
        return ProviderSettings(self.oidc_issuer, self.oidc_client_id, self.public_url + BACK, secret, self.oidc_scopes, listed)

    def ways(self) -> Ways:
        """Give how people sign in, as pages are told of it."""
        oidc = None
        if self.oidc_issuer:
            oidc = ProviderWay(self.oidc_name or urlsplit(self.oidc_issuer).hostname or "", START, self.redirect_login_to_sso)
        return Ways(not self.disable_regular_login, oidc, bool(self.remote_user_header), self.logout_redirect_url)

    def vouching(self) -> VouchRules:
        """Give what the provider's word is good for."""
        return VouchRules(self.oidc_create_users, self.oidc_groups_claim)

    @model_validator(mode="after")
    def _refuse_everyones_word(self) -> Self:
        if self.remote_user_header and not self.trusted_proxies:
            raise ValueError("remote_user_header needs trusted_proxies: whose word is taken")
        return self

    @model_validator(mode="after")
    def _refuse_no_way_in(self) -> Self:
        if self.disable_regular_login and not (self.oidc_issuer or self.remote_user_header):
            raise ValueError("disable_regular_login needs oidc_issuer or remote_user_header: nobody could sign in")
        if self.redirect_login_to_sso and not self.oidc_issuer:
            raise ValueError("redirect_login_to_sso needs oidc_issuer: where to")
        return self

    @model_validator(mode="after")
    def _refuse_half_a_provider(self) -> Self:
        if not self.oidc_issuer:
            return self
        if not (self.public_url and self.oidc_client_id):
            raise ValueError("oidc_issuer needs oidc_client_id, and public_url, to which the provider sends people back")
        for name, address in (("oidc_issuer", self.oidc_issuer), ("public_url", self.public_url)):
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in _LOCAL:
                raise ValueError(f"{name} must begin with https:// for OIDC: anyone on the way could sign in as others")
        return self
