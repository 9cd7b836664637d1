"""Seals and unseals."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from actors.sealing.errors import CannotUnseal
from actors.store.nouns.sealed import MARK, Sealed, is_sealed


def new_key() -> str:
    """Make a key."""
    return Fernet.generate_key().decode("ascii")


class Seals:
    """Seals with the first of its keys, and unseals what any of them has sealed; raises ValueError for what is no key."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: str) -> Sealed:
        """Seal a secret; twice the same gives two that look unlike."""
        return Sealed(MARK + self._fernet.encrypt(secret.encode()).decode("ascii"))

    def unseal(self, sealed: Sealed) -> str:
        """Give a secret; raises CannotUnseal."""
        try:
            return self._fernet.decrypt(sealed.removeprefix(MARK)).decode()
        except (InvalidToken, ValueError) as error:
            raise CannotUnseal from error

    def opens(self, kept: str) -> bool:
        """Tell whether a secret as it is kept can be read."""
        try:
            return not is_sealed(kept) or self.unseal(Sealed(kept)) is not None
        except CannotUnseal:
            return False

    def seal_again(self, kept: str) -> Sealed:
        """Seal with the first key what is kept plain, or by an older one; what nobody can unseal stays as it is."""
        if not is_sealed(kept):
            return self.seal(kept)
        try:
            return self.seal(self.unseal(Sealed(kept)))
        except CannotUnseal:
            return Sealed(kept)
