"""Who sends must sign in where that is set, and what he says is encrypted where the archive can."""

import smtplib
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from daemon.smtp.reception import PAUSE
from tests.letters.writing import mail, with_file
from tests.smtp.porch import Answer, Porch, sent

SCAN = with_file(mail(), "scan.pdf")
GUESS = b64encode(b"\0scanner\0guess").decode()
NAMED: dict[str, Any] = {"user": "scanner", "password": "four words of a password"}


def signed_in(client: smtplib.SMTP) -> Answer:
    client.login("scanner", NAMED["password"])
    return sent(client, SCAN)


def guessed(client: smtplib.SMTP) -> Answer:
    client.ehlo()
    return _answer(client.docmd("AUTH", f"PLAIN {GUESS}"))


async def test_nobody_sends_without_signing_in_where_that_is_set(tmp_path: Path) -> None:
    async with Porch(tmp_path, **NAMED) as porch:
        assert (await porch.send(SCAN)).code == 530
        assert (await porch.speak(signed_in)).code == 250
        assert len(porch.documents()) == 1


async def test_wrong_passwords_are_refused_and_then_wait(tmp_path: Path) -> None:
    async with Porch(tmp_path, **NAMED) as porch:
        for _ in range(5):
            assert (await porch.speak(guessed)).code == 535
        with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
            await porch.speak(signed_in)
        assert f"{refused.value.smtp_code} {bytes(refused.value.smtp_error).decode()}" == PAUSE  # type: ignore[arg-type]  # of a server: bytes
        porch.seconds = 16 * 60.0
        assert (await porch.speak(signed_in)).code == 250


async def test_no_signing_in_is_offered_where_nobody_can(tmp_path: Path) -> None:
    async with Porch(tmp_path) as porch:
        offered = await porch.speak(lambda client: _answer(client.ehlo()))
        assert "AUTH" not in offered.words
        assert "SIZE 52428800" in offered.words


async def test_a_mail_comes_encrypted_by_the_certificate_of_the_port(tmp_path: Path) -> None:
    async with Porch(tmp_path, encrypted=True) as porch:

        def encrypted(client: smtplib.SMTP) -> Answer:
            client.starttls(context=porch.trusting())
            return sent(client, SCAN)

        assert (await porch.speak(encrypted)).code == 250
        assert porch.names() == ["scan.pdf"]


async def test_a_password_is_not_heard_before_encryption_where_there_is_one(tmp_path: Path) -> None:
    async with Porch(tmp_path, encrypted=True, **NAMED) as porch:

        def encrypted(client: smtplib.SMTP) -> Answer:
            client.starttls(context=porch.trusting())
            return signed_in(client)

        with pytest.raises(smtplib.SMTPNotSupportedError):
            await porch.speak(signed_in)
        assert (await porch.speak(guessed)).code == 538
        assert (await porch.speak(encrypted)).code == 250


def _answer(said: tuple[int, bytes]) -> Answer:
    return Answer(said[0], said[1].decode())
