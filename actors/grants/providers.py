"""Who grants access to mailboxes, and what each wants to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from actors.egress.rules import Rules
from actors.store.nouns.mail import Proof


@dataclass(frozen=True, slots=True)
class GrantProvider:
    """What a provider is called, where it is asked for a grant and for tokens, for what, and with what besides."""

    name: str
    authorization: str
    token: str
    scopes: tuple[str, ...]
    more: Mapping[str, str] = field(default_factory=dict)

    def rules(self) -> Rules:
        """Give whom may be called on its behalf: hosts of the internet, by https."""
        return Rules(("https",))


@dataclass(frozen=True, slots=True)
class GrantClient:
    """What a provider knows the archive by. Public clients have no secret. `redirect_uri` is where people are sent back to."""

    provider: GrantProvider
    client_id: str
    redirect_uri: str
    client_secret: str = field(default="", repr=False)


# https://developers.google.com/workspace/gmail/imap/xoauth2-protocol; without `consent` it gives a refresh token the first time alone.
GOOGLE = GrantProvider(
    "Google",
    "https://accounts.google.com/o/oauth2/v2/auth",
    "https://oauth2.googleapis.com/token",
    ("https://mail.google.com/",),
    {"access_type": "offline", "prompt": "consent"},
)
# https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
MICROSOFT = GrantProvider(
    "Microsoft",
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    ("offline_access", "https://outlook.office.com/IMAP.AccessAsUser.All"),
)
PROVIDERS: Mapping[Proof, GrantProvider] = {Proof.GOOGLE: GOOGLE, Proof.MICROSOFT: MICROSOFT}
