"""What is known of the provider."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from actors.egress.rules import Listed, Rules


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """`issuer` is the address by which the provider calls itself; `redirect_uri` where it sends people back to.

    A public client has no secret.
    """

    issuer: str
    client_id: str
    redirect_uri: str
    client_secret: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    listed: tuple[Listed, ...] = ()

    def rules(self) -> Rules:
        """Give whom may be called: the internet, who is listed, and the provider's own host, which is named by who runs the archive.

        What the provider itself names, such as where its keys are, may lead to no other host of the own network.
        """
        issuer = urlsplit(self.issuer)
        port = issuer.port or (443 if issuer.scheme == "https" else 80)
        schemes = ("https",) if issuer.scheme == "https" else ("https", "http")
        return Rules(schemes, listed=(*self.listed, Listed.parse(f"{_bracketed(issuer.hostname or '')}:{port}")))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
