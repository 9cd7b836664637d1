"""When labels are learned anew."""

# With fewer documents, chance would speak.
FEWEST_DOCUMENTS = 10
PAUSE_SECONDS = 600.0
# Of the time of a large archive on a small machine, learning takes at most one part in so many.
SHARE = 20


def is_due(trained_change: str | None, present_change: str, documents: int, seconds_since: float, took_seconds: float = 0.0) -> bool:
    """Decide whether to train: something has changed, the last training is a while ago, and for a first one there are enough documents.

    A model is learned anew even from very few documents: it must forget what its documents no longer say.
    """
    if present_change == trained_change or seconds_since < max(PAUSE_SECONDS, SHARE * took_seconds):
        return False
    return trained_change is not None or documents >= FEWEST_DOCUMENTS
