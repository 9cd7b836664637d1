"""Why a grant is not there, in words that hold no secret. What goes wrong with the provider itself is told by actors/openid/errors.py."""


class GrantGone(Exception):
    """The provider has taken its grant back, or it ran out: somebody must sign in to the mailbox again."""

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} no longer lets Scriba into this mailbox: sign in to it again")
        self.provider = provider


class GrantRefused(Exception):
    """The provider grants nothing, as whoever was asked, or its rules, wanted."""

    def __init__(self, provider: str, said: str) -> None:
        super().__init__(f"{provider} says {said!r}, and lets nobody in")
        self.provider = provider
        self.said = said


class GrantMissing(Exception):
    """There is no grant yet, or nobody knows whom to ask for one."""
