"""The ways to sign in that the settings leave open, as pages are told of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderWay:
    """A provider of sign-ins: what people call it, and the path of ours that leads there.

    `redirect` has a page go there at once, without a choice.
    """

    name: str
    path: str
    redirect: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """`remote_user` is whether a proxy may say who calls; `log_out_url` where who has signed out goes on to, '' for a page of ours."""

    password: bool = True
    oidc: ProviderWay | None = None
    remote_user: bool = False
    log_out_url: str = ""


PASSWORDS_ALONE = Ways()
