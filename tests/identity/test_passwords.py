"""Passwords are kept as hashes that tell nothing, and bad ones are refused."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from actors.identity.passwords import NOBODYS, Verdict, WeakPassword, check_password, hash_password, verify_password


def test_a_password_is_known_again_and_no_other_is() -> None:
    kept = hash_password("correct horse battery")
    assert verify_password(kept, "correct horse battery") == Verdict(right=True)
    assert verify_password(kept, "Correct horse battery") == Verdict(right=False)
    assert "correct" not in kept


def test_it_is_hashed_as_the_standard_says_and_each_time_differently() -> None:
    first, second = hash_password("correct horse battery"), hash_password("correct horse battery")
    assert first != second
    assert extract_parameters(first) == RFC_9106_LOW_MEMORY


@pytest.mark.parametrize("password", ["", "anything", "a password that nobody has"])
def test_who_has_no_password_is_let_in_by_none(password: str) -> None:
    assert verify_password("", password) == Verdict(right=False)


def test_to_compare_with_nobodys_is_as_much_work_as_with_anybodys() -> None:
    assert extract_parameters(NOBODYS) == RFC_9106_LOW_MEMORY


def test_a_hash_by_weaker_parameters_is_renewed() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("correct horse battery")
    verdict = verify_password(weak, "correct horse battery")
    assert verdict.right
    assert extract_parameters(verdict.rehashed) == RFC_9106_LOW_MEMORY
    assert verify_password(weak, "wrong horse battery") == Verdict(right=False)


@pytest.mark.parametrize("kept", ["damaged", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
def test_a_damaged_hash_lets_nobody_in(kept: str) -> None:
    assert verify_password(kept, "correct horse battery") == Verdict(right=False)


def test_it_does_not_matter_how_a_keyboard_makes_a_letter() -> None:
    assert verify_password(hash_password("Käsebrötchen essen"), "Ka\u0308sebro\u0308tchen essen").right


def test_a_password_may_be_anything_that_python_holds() -> None:
    assert verify_password(hash_password("a lone \ud800 surrogate"), "a lone \ud800 surrogate").right


@pytest.mark.parametrize(
    ("password", "asked"),
    [
        ("123456789", "a password has 10 to 256 letters; several words make a good one"),
        ("x1" * 129, "a password has 10 to 256 letters; several words make a good one"),
        ("1212121212", "a password has more than a few different letters"),
        ("Anna-Maria Berg", "a password is not the user's name"),
        ("greb airam-anna", "a password is not the user's name"),
    ],
)
def test_what_anybody_would_try_first_is_refused(password: str, asked: str) -> None:
    with pytest.raises(WeakPassword, match=asked):
        check_password(password, "Anna-Maria Berg")


@pytest.mark.parametrize("password", ["abcd567890", "wörter aus dem wald", "x1yz" * 64])
def test_others_are_taken(password: str) -> None:
    check_password(password, "anna")
