"""When tags are learned anew."""

# With fewer documents, chance would speak.
FEWEST_DOCUMENTS = 10
PAUSE_SECONDS = 600.0


def is_due(trained_change: str | None, present_change: str, documents: int, seconds_since: float) -> bool:
    """Decide whether to train: something has changed, the last training is a while ago, and for a first one there are enough documents.

    A model is learned anew even from very few documents: it must forget what its documents no longer say.
    """
    if present_change == trained_change or seconds_since < PAUSE_SECONDS:
        return False
    return trained_change is not None or documents >= FEWEST_DOCUMENTS
