"""Why an errand was not done, in words for its owner that hold no secret."""


class NotSent(Exception):
    """It may be that it succeeds later."""


class NeverSent(Exception):
    """It will not succeed as it is."""


class NoneOpens(NeverSent):
    """No password opens the document; those of another errand may."""


class NotYet(Exception):
    """Something is in the way that will go, and counts as no try."""
