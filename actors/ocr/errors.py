"""What can go wrong while pages and documents are decoded. Each message is for the person whose document it is."""


class OcrError(Exception):
    """Any failure of this room; `reason` says in one sentence what happened."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PageUnreadable(OcrError):
    """One page can't be decoded or read; the others can."""


class OutOfTime(PageUnreadable):
    """The engine was still at work when the page's time was up."""


class DocumentUnreadable(OcrError):
    """The file as a whole can't be opened."""


class WrongPassword(OcrError):
    """The password doesn't open the document."""


class DiskTrouble(OcrError):
    """A disk of ours is full or failed while something was written to it; the document is not to blame."""


class DecoderKilled(OcrError):
    """The decoding process crashed, or somebody killed it; the next call gets a new one."""


class DecoderStopped(DecoderKilled):
    """The decoding process passed its deadline or its memory, so we killed it; the same call again would most likely end alike."""
