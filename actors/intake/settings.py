"""What the intake is allowed to take in."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """Limits of the two doors.

    `parallel_accepts` 4: waits for fsync overlap, while more would only queue at the database's one writer. `delete_duplicates` removes
    a dropped file whose bytes the archive has; False leaves it in the folder. `sides_patience` is how long one side of some sheets waits
    for the other.
    """

    max_file_bytes: int = 10 * 1024**3
    min_free_bytes: int = 500 * 1000**2
    delete_duplicates: bool = True
    parallel_accepts: int = 4
    sides_patience: timedelta = timedelta(minutes=30)
