"""Locks are taken off a copy, never off the original; signatures are seen."""

from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
import pytest

from actors.ocr.errors import DocumentUnreadable, WrongPassword
from actors.ocr.files.locks import is_locked, is_signed, unlock_document
from actors.ocr.messages import UnlockDocument
from tests.ocr import papers


def test_the_right_password_makes_an_open_copy(tmp_path: Path) -> None:
    original, target = tmp_path / "locked.pdf", tmp_path / "open.pdf"
    original.write_bytes(papers.encrypted_pdf("geheim", password="test"))
    before = original.read_bytes()
    unlock_document(UnlockDocument(original, "test", target))
    assert is_locked(original)
    assert not is_locked(target)
    with pikepdf.open(target) as pdf:
        assert not pdf.is_encrypted
    assert original.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"locked.pdf", "open.pdf"}


def test_the_owner_password_opens_too(tmp_path: Path) -> None:
    original, target = tmp_path / "locked.pdf", tmp_path / "open.pdf"
    original.write_bytes(papers.encrypted_pdf("geheim", password="test", owner="chef"))
    unlock_document(UnlockDocument(original, "chef", target))
    assert target.exists()


def test_the_open_copy_of_a_document_is_the_same_each_time(tmp_path: Path) -> None:
    original, first, second = (tmp_path / name for name in ("locked.pdf", "first.pdf", "second.pdf"))
    original.write_bytes(papers.encrypted_pdf("geheim", password="test"))
    for target in (first, second):
        unlock_document(UnlockDocument(original, "test", target))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("revision", "password"), [(2, "grün"), (3, "5 € für ıłž"), (4, "grün"), (6, "5 € für 日本 😀")])
def test_a_password_opens_however_the_file_writes_its_letters(tmp_path: Path, revision: Literal[2, 3, 4, 6], password: str) -> None:
    original, target = tmp_path / "locked.pdf", tmp_path / "open.pdf"
    with pikepdf.open(BytesIO(papers.digital_pdf("geheim"))) as pdf:
        modern = revision >= 4
        pdf.save(original, encryption=pikepdf.Encryption(user=password, owner="chef", R=revision, aes=modern, metadata=modern))
    unlock_document(UnlockDocument(original, password, target))
    assert not is_locked(target)


@pytest.mark.parametrize("password", ["\ud800", "\x01", "a" * 1024, "😀", ""])
def test_any_text_is_a_password_that_fits_or_does_not(tmp_path: Path, password: str) -> None:
    original = tmp_path / "locked.pdf"
    original.write_bytes(papers.encrypted_pdf("geheim", password="test"))
    with pytest.raises(WrongPassword):
        unlock_document(UnlockDocument(original, password, tmp_path / "open.pdf"))


def test_a_wrong_password_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    original, target = tmp_path / "locked.pdf", tmp_path / "open.pdf"
    original.write_bytes(papers.encrypted_pdf("geheim", password="test"))
    with pytest.raises(WrongPassword):
        unlock_document(UnlockDocument(original, "falsch", target))
    assert [path.name for path in tmp_path.iterdir()] == ["locked.pdf"]


def test_a_damaged_file_is_no_question_of_passwords(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    with pytest.raises(DocumentUnreadable):
        unlock_document(UnlockDocument(tmp_path / "x.pdf", "test", tmp_path / "open.pdf"))


def test_a_password_is_not_shown() -> None:
    assert "geheim" not in repr(UnlockDocument(Path("a"), "geheim", Path("b")))


@pytest.mark.parametrize(
    ("form", "signed"),
    [
        ("none", False),
        ("signed field", True),
        ("field waiting for a signature", False),
        ("append only", True),
        ("signed kid of a signature field", True),
        ("a loop", False),
    ],
)
def test_signatures_are_seen(form: str, signed: bool) -> None:
    with pikepdf.open(BytesIO(papers.digital_pdf("x"))) as pdf:
        name, array = pikepdf.Name, pikepdf.Array
        value = pikepdf.Dictionary(Type=name.Sig)
        loop = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a")))
        loop.Kids = array([loop, loop])
        forms = {
            "signed field": pikepdf.Dictionary(Fields=array([pikepdf.Dictionary(FT=name.Sig, V=value)])),
            "field waiting for a signature": pikepdf.Dictionary(Fields=array([pikepdf.Dictionary(FT=name.Sig)]), SigFlags=1),
            "append only": pikepdf.Dictionary(Fields=array([]), SigFlags=3),
            "signed kid of a signature field": pikepdf.Dictionary(
                Fields=array([pikepdf.Dictionary(FT=name.Sig, Kids=array([pikepdf.Dictionary(V=value)]))])
            ),
            "a loop": pikepdf.Dictionary(Fields=array([loop])),
        }
        if form in forms:
            pdf.Root.AcroForm = forms[form]
        assert is_signed(pdf) is signed
