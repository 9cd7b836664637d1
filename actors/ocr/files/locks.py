"""Passwords and signatures of PDFs: what they forbid, and how a lock is taken off a copy."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf

from actors.ocr.disk import writing
from actors.ocr.errors import DocumentUnreadable, WrongPassword
from actors.ocr.files.pdf_files import NOT_A_PDF
from actors.ocr.messages import UnlockDocument

APPEND_ONLY = 2  # bit of /SigFlags: the document holds signatures that any rewriting would break
# How a password is written: as UTF-8 since PDF 2.0, before it in an encoding of PDF's own, or as Windows has it.
ENCODINGS = ("utf-8", "pdfdoc", "cp1252")
MAX_FIELDS = 10_000  # a form has some hundreds; a field tree that loops has no end


def is_locked(path: Path) -> bool:
    """Tell whether a password is needed to open the PDF. A lock with an empty password is none."""
    try:
        pikepdf.open(path).close()
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False  # whatever it is, no password mends it
    return False


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Tell whether the PDF holds a signature that a changed copy would lose."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    flags = form.get("/SigFlags", 0)
    if isinstance(flags, int) and flags & APPEND_ONLY:
        return True
    return any(kind == "/Sig" and "/V" in field for kind, field in _fields(form))


def unlock_document(order: UnlockDocument) -> None:
    """Write a copy without encryption; twice, it is the same."""
    try:
        with writing(), _opened(order.path, order.password) as pdf:
            pdf.save(order.target, encryption=False, deterministic_id=True)
    except pikepdf.PdfError as error:
        raise DocumentUnreadable(NOT_A_PDF) from error


def _opened(path: Path, password: str) -> pikepdf.Pdf:
    for spelling in _spellings(password):
        with suppress(pikepdf.PasswordError):
            return pikepdf.open(path, password=spelling)
    raise WrongPassword("The password doesn't open this document.")


def _spellings(password: str) -> list[bytes]:
    found = list[bytes]()
    for encoding in ENCODINGS:
        with suppress(UnicodeEncodeError):
            found.append(password.encode(encoding))
    return list(dict.fromkeys(found))


def _fields(form: pikepdf.Dictionary) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """Walk the form's field tree; a field inherits its type from its parent."""
    waiting = [("", field) for field in _dictionaries(form, "/Fields")]
    for _ in range(MAX_FIELDS):
        if not waiting:
            return
        inherited, field = waiting.pop()
        kind = str(field.get("/FT", inherited))
        yield kind, field
        waiting.extend((kind, kid) for kid in _dictionaries(field, "/Kids"))


def _dictionaries(parent: pikepdf.Dictionary, key: str) -> Iterator[pikepdf.Dictionary]:
    children = parent.get(key)
    if isinstance(children, pikepdf.Array):
        yield from (child for child in children if isinstance(child, pikepdf.Dictionary))
