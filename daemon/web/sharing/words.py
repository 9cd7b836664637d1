"""What the page of shared documents says, in each language."""

from dataclasses import dataclass

_KILO = 1_000
_UNITS = ("kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class ShareWords:
    """The texts of the page. Where a number stands for some, the first is for one."""

    title: tuple[str, str]
    pages: tuple[str, str]
    until: str
    download: str
    open: str
    everything: str
    point: str

    def counted(self, texts: tuple[str, str], number: int) -> str:
        """Put a number into the text for so many."""
        return texts[number != 1].format(number=number)

    def size(self, size_bytes: int) -> str:
        """Write a size as people read it."""
        if size_bytes < _KILO:
            return f"{size_bytes} B"
        size, unit = size_bytes / _KILO, 0
        while size >= _KILO and unit < len(_UNITS) - 1:
            size, unit = size / _KILO, unit + 1
        return f"{size:.1f}".replace(".", self.point) + f" {_UNITS[unit]}"


SHARE_WORDS = {
    "en": ShareWords(
        title=("A document for you", "{number} documents for you"),
        pages=("1 page", "{number} pages"),
        until="until {moment}",
        download="Download",
        open="Open",
        everything="Download all as one zip",
        point=".",
    ),
    "de": ShareWords(
        title=("Ein Dokument für Sie", "{number} Dokumente für Sie"),
        pages=("1 Seite", "{number} Seiten"),
        until="bis {moment}",
        download="Herunterladen",
        open="Öffnen",
        everything="Alle als ein Zip herunterladen",
        point=",",
    ),
}
