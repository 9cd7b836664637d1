"""What a document that comes by mail is called, and who is taken for its correspondent."""

from pathlib import PurePosixPath

from actors.letters.letter import Letter, Part
from actors.store.nouns.mail import CorrespondentFrom, TitleFrom

_NO_SUBJECT = "mail"


def title_for(letter: Letter, part: Part | None, title_from: TitleFrom) -> str | None:
    """Give a title; None for the one that any file gets by its name. The mail itself has its subject's."""
    if part is None:
        return letter.subject or None
    match title_from:
        case TitleFrom.SUBJECT:
            return letter.subject or None
        case TitleFrom.FILENAME:
            return PurePosixPath(part.name).stem or None
        case TitleFrom.NONE:
            return None


def filename_for(letter: Letter, part: Part | None) -> str:
    """Give the name of the file: a part's own, or what its place says; the mail's by its subject."""
    if part is None:
        return f"{letter.subject or _NO_SUBJECT}.eml"
    return part.name or f"{letter.subject or _NO_SUBJECT} {part.place + 1}"


def correspondent_for(letter: Letter, source: CorrespondentFrom) -> str | None:
    """Name the correspondent by the sender; None where a label of the rule is meant, or nobody."""
    match source:
        case CorrespondentFrom.NAME:
            return letter.sender_name or letter.sender or None
        case CorrespondentFrom.ADDRESS:
            return letter.sender or None
        case CorrespondentFrom.NONE | CorrespondentFrom.FIXED:
            return None
