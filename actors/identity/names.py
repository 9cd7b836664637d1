"""What users and groups may be called."""

from actors.intake.names import shown_text

LONGEST_NAME = 64
# What the token of the machine's own command line is called, in notes and elsewhere.
LOCAL = "local"


class BadName(Exception):
    """A name is refused; says what is asked of one."""


def shown_name(name: str) -> str:
    """Give a name as it is kept and shown; raises BadName for one that nobody could read or type."""
    shown = shown_text(name)
    if not 0 < len(shown) <= LONGEST_NAME:
        raise BadName(f"must have 1 to {LONGEST_NAME} letters")
    if shown.casefold() == LOCAL:
        raise BadName(f"'{LOCAL}' is what the machine's own token is called; choose another")
    return shown
