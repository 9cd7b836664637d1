"""What the page of shared documents says, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareWords:
    """The texts of the page. Where a number stands for some, the first is for one."""

    title: tuple[str, str]
    pages: tuple[str, str]
    until: str
    download: str
    open: str
    everything: str

    def counted(self, texts: tuple[str, str], number: int) -> str:
        """Put a number into the text for so many."""
        return texts[number != 1].format(number=number)


SHARE_WORDS = {
    "en": ShareWords(
        title=("A document for you", "{number} documents for you"),
        pages=("1 page", "{number} pages"),
        until="until {moment}",
        download="Download",
        open="Open",
        everything="Download all as one zip",
    ),
    "de": ShareWords(
        title=("Ein Dokument für Sie", "{number} Dokumente für Sie"),
        pages=("1 Seite", "{number} Seiten"),
        until="bis {moment}",
        download="Herunterladen",
        open="Öffnen",
        everything="Alle als ein Zip herunterladen",
    ),
}
