"""What is sealed is read by who has the key, and by nobody else."""

import pytest

from actors.sealing.errors import CannotUnseal
from actors.sealing.seals import Seals, new_key
from actors.store.nouns.sealed import Sealed, is_sealed


def test_what_is_sealed_is_unsealed() -> None:
    seals = Seals([new_key()])
    for secret in ("", "s3cret", "ü€\n", "sealed:s3cret", "x" * 4_000):
        sealed = seals.seal(secret)
        assert is_sealed(sealed)
        assert seals.unseal(sealed) == secret
        assert not secret or secret not in sealed


def test_the_same_secret_looks_unlike_each_time() -> None:
    seals = Seals([new_key()])
    assert seals.seal("s3cret") != seals.seal("s3cret")


def test_another_key_opens_nothing_and_a_changed_seal_neither() -> None:
    seals = Seals([new_key()])
    sealed = seals.seal("s3cret")
    changed = Sealed(sealed[:-8] + ("A" if sealed[-8] != "A" else "B") + sealed[-7:])
    for opener, kept in ((Seals([new_key()]), sealed), (seals, changed), (seals, Sealed("sealed:")), (seals, Sealed("sealed:ü"))):
        assert not opener.opens(kept)
        with pytest.raises(CannotUnseal, match="put that key back, or enter the secret again"):
            opener.unseal(kept)


def test_sealing_again_takes_the_first_key_and_leaves_what_it_can_not_read() -> None:
    old, new, lost = new_key(), new_key(), Seals([new_key()]).seal("gone")
    both, alone = Seals([new, old]), Seals([new])
    assert alone.unseal(both.seal_again(Seals([old]).seal("s3cret"))) == "s3cret"
    assert alone.unseal(both.seal_again("plain")) == "plain"
    assert both.seal_again(lost) == lost
