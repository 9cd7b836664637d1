"""Settings of the dates in documents."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo
from pydantic_settings import NoDecode

from actors.dates.candidates import DateOrder
from actors.dates.settings import DateSettings
from daemon.settings.words import read_capitals, read_dates


def _read_dates(value: object, info: ValidationInfo) -> object:
    return read_dates(value, info.data.get("date_order", DateOrder.DMY), date.today())


Order = Annotated[DateOrder, BeforeValidator(read_capitals)]
Days = Annotated[tuple[date, ...], NoDecode, BeforeValidator(_read_dates)]


class DateSection(BaseModel):
    """How dates are read."""

    date_order: Order = Field(
        DateOrder.DMY, description="How dates in numbers are read where a document doesn't show it: `DMY`, `MDY` or `YMD`."
    )
    filename_date_order: Order | None = Field(
        None,
        description="How dates stand in file names; such a date is then the document's. Without it, a name like 2024-03-05 is a hint.",
    )
    ignore_dates: Days = Field((), description="Dates that no document bears, such as birthdays, with commas between.")
    number_of_suggested_dates: int = Field(3, ge=0, le=100, description="How many dates are suggested for a document.")

    def dates(self) -> DateSettings:
        """Give the part that finds a document's date."""
        return DateSettings(self.date_order, self.filename_date_order, frozenset(self.ignore_dates), self.number_of_suggested_dates)
