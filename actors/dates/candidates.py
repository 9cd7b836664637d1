"""What is asked and answered about the date of a document."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DateOrder(StrEnum):
    """In which order the numbers of a date stand where nothing else tells."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


class DateSource(StrEnum):
    """Where a date was found. A MAIL or FILE date is a fallback: it tells when the document came, not what stands on it."""

    TEXT = "text"
    FILE_NAME = "file_name"
    MAIL = "mail"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class DateHints:
    """What is known beside the text. `language` is ISO 639-1, '' when unknown; `ignored` dates are never candidates.

    `file_name_order` tells how dates stand in file names; without it only names that can be read in one way are.
    """

    today: date
    language: str = ""
    order: DateOrder = DateOrder.DMY
    ignored: frozenset[date] = frozenset()
    file_name: str = ""
    file_name_order: DateOrder | None = None
    mail_date: date | None = None
    file_date: date | None = None


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that the document may bear.

    `score` is from 0 to 1; `reason` says to a person why. `page` counts from 1 and is 0 outside the text; `start` and `end` are the place
    of `text`, its words as they stand, in the page's text or in the file name.
    """

    date: date
    score: float
    source: DateSource
    reason: str
    page: int = 0
    start: int = 0
    end: int = 0
    text: str = ""

    @property
    def is_fallback(self) -> bool:
        """Tell whether the document itself says nothing of this date."""
        return self.source in (DateSource.MAIL, DateSource.FILE)
