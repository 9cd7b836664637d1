"""Machines that settings fit: what a profile sets where a person has set nothing else."""

from collections.abc import Mapping
from enum import StrEnum

from daemon.settings.sizes import MEBIBYTE


class Profile(StrEnum):
    """A kind of machine."""

    FULL = "full"
    SMALL = "small"


# One reader, and bounds for pages, pictures and mails that seldom come and take the most: 80 million pixels are A3 at 600 dots per inch.
PROFILES: Mapping[Profile, Mapping[str, object]] = {
    Profile.FULL: {},
    Profile.SMALL: {
        "ocr_workers": 1,
        "ocr_page_memory_bytes": 768 * MEBIBYTE,
        "ocr_max_image_pixels": 80_000_000,
        "smtp_max_bytes": 20 * MEBIBYTE,
    },
}


def values_of(name: object) -> Mapping[str, object]:
    """Give what a profile sets; nothing where there is none of that name, which the settings themselves refuse."""
    return PROFILES[Profile(str(name))] if name in list(Profile) else {}
