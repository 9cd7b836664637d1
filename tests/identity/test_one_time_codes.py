"""One-time codes are those of RFC 6238, each good once; recovery codes survive being typed."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from actors.identity.one_time_codes import (
    STEP_SECONDS,
    new_recovery_codes,
    new_secret,
    plain_recovery_code,
    provisioning_uri,
    step_of,
)

# "12345678901234567890" in Base32, the secret of RFC 6238's appendix B, whose codes of eight digits end with these.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("second", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")])
def test_the_codes_are_those_of_the_standard(second: int, code: str) -> None:
    assert step_of(SECRET, code, datetime.fromtimestamp(second, UTC), 0) == second // STEP_SECONDS


def test_a_code_is_typed_with_or_without_a_gap() -> None:
    assert step_of(SECRET, " 081 804", datetime.fromtimestamp(1111111109, UTC), 0) is not None


def test_a_clock_may_be_half_a_minute_off_and_not_more() -> None:
    moment = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    code = pyotp.TOTP(SECRET).at(moment)
    off = [step_of(SECRET, code, moment + timedelta(seconds=seconds), 0) is not None for seconds in (-60, -30, 0, 30, 59, 60, 90)]
    assert off == [False, True, True, True, True, False, False]


def test_a_code_that_was_used_and_those_before_it_are_void() -> None:
    moment = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    code = pyotp.TOTP(SECRET).at(moment)
    step = step_of(SECRET, code, moment, 0)
    assert step is not None
    assert step_of(SECRET, code, moment, step - 1) == step
    assert step_of(SECRET, code, moment, step) is None
    assert step_of(SECRET, code, moment, step + 1) is None


@pytest.mark.parametrize("typed", ["", "000000", "08180", "0818040", "zero81", "０８１８０４", "\ud800"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert step_of(SECRET, typed, datetime.fromtimestamp(1111111109, UTC), 0) is None


def test_an_app_is_told_all_it_needs() -> None:
    secret = new_secret()
    uri = urlsplit(provisioning_uri(secret, "Anna & Co", "Scriba"))
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Scriba:Anna%20%26%20Co")
    assert parse_qs(uri.query) == {"secret": [secret], "issuer": ["Scriba"]}
    assert len(secret) == 32


def test_recovery_codes_differ_and_are_known_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    for code in codes:
        assert plain_recovery_code(code) == code
        assert plain_recovery_code(f" {code.lower().replace('-', ' ')}\n") == code
