"""The words of files that have no pages, as the pages of a text."""

from dataclasses import dataclass
from pathlib import Path

from actors.ocr.files.archives import names_in
from actors.ocr.files.mails import read_mail
from actors.ocr.files.markup import read_html, words_of_html
from actors.ocr.files.office_words import NoWords, read_office
from actors.ocr.files.plain_text import split_pages
from actors.ocr.messages import LetterFacts
from actors.ocr.mime_types import FileKind


@dataclass(frozen=True, slots=True)
class FileWords:
    """The pages of words, none where they can't be had; `without` says why then."""

    pages: tuple[str, ...]
    letter: LetterFacts | None = None
    without: str = ""


def words_of(path: Path, mime_type: str, kind: FileKind, max_pages: int) -> FileWords:
    """Take the words of a mail, a web page or an office file."""
    letter = None
    match kind:
        case FileKind.MAIL:
            mail = read_mail(path, mime_type)
            text, letter = mail.words, mail.facts
        case FileKind.MARKUP:
            text = words_of_html(read_html(path, mime_type))
        case FileKind.ARCHIVE:
            text = "\n".join(names_in(path))
        case _:
            try:
                text = read_office(path, mime_type)
            except NoWords as error:
                return FileWords((), without=error.reason)
    return FileWords(split_pages(text, max_pages), letter)
