"""Mails that GPG has encrypted are opened with the keys that are there; of others it is said why they are not."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import gnupg  # type: ignore[import-untyped]  # has no stubs
import pytest

from actors.letters.letter import read_letter
from actors.mail.decrypting import decrypted
from actors.mail.errors import MailFailed
from actors.store.nouns.mail import MailState, Scope
from tests.letters.writing import ERIKA, PDF, mail, with_file
from tests.mail.post_office import PostOffice


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a folder with the key of the one who gets the mail."""
    home = tmp_path_factory.mktemp("gpg")
    home.chmod(0o700)
    gpg = gnupg.GPG(gnupghome=str(home))
    made = gpg.gen_key(
        "Key-Type: eddsa\nKey-Curve: ed25519\nSubkey-Type: ecdh\nSubkey-Curve: cv25519\nName-Email: us@example.net\n%no-protection\n"
    )
    assert made.fingerprint
    yield home
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=True)


def encrypted(inner: EmailMessage, keys: Path, subject: str = "...") -> bytes:
    """Encrypt a mail as mail programs do: what it says and holds, under headers that anybody may read."""
    del inner["Message-ID"], inner["Date"], inner["To"]
    cipher = gnupg.GPG(gnupghome=str(keys)).encrypt(bytes(inner), ["us@example.net"], always_trust=True)
    assert cipher.ok
    head = f"From: {ERIKA}\nTo: us@example.net\nSubject: {subject}\nMessage-ID: <1@example.org>\nDate: Mon, 02 Nov 2026 10:00:00 +0100\n"
    head += 'MIME-Version: 1.0\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"\n\n'
    parts = "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n"
    return f"{head}{parts}{cipher}\n--b--\n".encode()


def test_an_encrypted_mail_is_opened_and_its_files_are_taken(office: PostOffice, keys: Path) -> None:
    office.settings = replace(office.settings, gnupg_home=keys)
    office.rule(scope=Scope.BOTH)
    office.mailbox.deliver(encrypted(with_file(mail("Invoice 7")), keys))
    office.visit()
    assert [(document.title, document.original_filename) for document in office.documents] == [
        ("Invoice 7", "invoice.pdf"),
        ("Invoice 7", "Invoice 7.eml"),
    ]
    file, whole = (office.store.originals.path(document).read_bytes() for document in office.documents)
    assert file == PDF
    opened = read_letter(whole)
    assert (opened.subject, opened.sender, opened.message_id, opened.text) == (
        "Invoice 7",
        "erika@example.org",
        "<1@example.org>",
        "See the file.",
    )


def test_without_a_folder_of_keys_an_encrypted_mail_fails_in_words_and_its_cipher_is_no_document(office: PostOffice, keys: Path) -> None:
    office.rule()
    office.mailbox.deliver(encrypted(with_file(mail("Invoice 7")), keys), with_file(mail("Invoice 8")))
    office.visit()
    assert office.titles == ["Invoice 8"]
    assert [(entry.state, "email_gnupg_home" in entry.error) for entry in office.mails] == [
        (MailState.FAILED, True),
        (MailState.DONE, False),
    ]


def test_a_mail_for_which_there_is_no_key_is_tried_again_for_one_may_come(office: PostOffice, keys: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir(mode=0o700)
    office.settings = replace(office.settings, gnupg_home=tmp_path / "other")
    office.rule()
    office.mailbox.deliver(encrypted(with_file(mail("Invoice 7")), keys))
    office.visit()
    [entry] = office.mails
    assert (entry.state, "can't be decrypted" in entry.error, entry.next_time is not None) == (MailState.FAILED, True, True)
    subprocess.run(["gpgconf", "--homedir", str(tmp_path / "other"), "--kill", "all"], check=True)


def test_a_mail_that_is_only_signed_stays_as_it_is(keys: Path) -> None:
    signed = bytes(with_file(mail(), "signature.asc", b"words", "application/pgp-signature"))
    assert decrypted(signed, keys) == signed


@pytest.mark.parametrize("body", [b"", b"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n"])
def test_a_mail_that_only_says_that_it_is_encrypted_is_told(keys: Path, body: bytes) -> None:
    with pytest.raises(MailFailed):
        decrypted(b'Content-Type: multipart/encrypted; boundary="b"\n\n' + body, keys)
