"""What a checkup refuses, in words that say what the caller can do."""


class CheckRunning(Exception):
    """One check works at a time. Wait for its end."""

    def __init__(self) -> None:
        super().__init__("a check or a repair is at work already: wait for its end")
