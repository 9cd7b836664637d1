"""What is wrong with a key, in words that hold no secret."""

from pathlib import Path


class CannotUnseal(Exception):
    """No key that is there has sealed it."""

    def __init__(self) -> None:
        super().__init__("secrets/secrets.key is not the key that sealed it: put that key back, or enter the secret again")


class KeyUnusable(Exception):
    """The file of keys holds something else."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} holds no key: put it back from a backup, or move it away; then a new one is made, and secrets are to be entered again"
        )
