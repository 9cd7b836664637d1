"""Why a provider's word was not taken, in words that hold no secret."""


class OpenIdError(Exception):
    """The root of all that goes wrong with a provider."""


class ProviderUnreachable(OpenIdError):
    """The provider was not reached, or may not be called: that may change."""


class ProviderWrong(OpenIdError):
    """The provider answered what can't be believed. Look at its settings and at ours."""


class SignInDenied(OpenIdError):
    """The provider let nobody in, as whoever asked it, or its rules, wanted. `said` is its word for that."""

    def __init__(self, said: str) -> None:
        super().__init__(f"the provider says {said!r}")
        self.said = said
