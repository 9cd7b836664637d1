"""How documents are understood, as the daemon's settings say."""

from dataclasses import dataclass, field

from actors.barcodes.settings import BarcodeSettings
from actors.dates.settings import DateSettings


@dataclass(frozen=True, slots=True)
class UnderstandingSettings:
    """How documents are understood.

    Below `least_date_score` stand days that the paper says something else of: until when to pay, when somebody was born.
    """

    barcodes: BarcodeSettings = field(default_factory=BarcodeSettings)
    dates: DateSettings = field(default_factory=DateSettings)
    least_date_score: float = 0.1
