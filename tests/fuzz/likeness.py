"""Texts of any kind, compared with each other."""

from actors.similarity.fingerprint import fingerprint_of, likeness
from actors.similarity.tokens import tokens_of
from actors.similarity.verdict import compare
from tests.fuzz.target import Target, split, text


def fuzz_likeness(data: bytes) -> None:
    """Any two texts are compared, whoever is asked first, and a text is always like itself."""
    one, other = (tokens_of(text(part)) for part in split(data, 2))
    verdict = compare(one, other)
    assert 0.0 <= verdict.likeness <= 1.0
    assert compare(other, one) == verdict
    assert compare(one, one).same_paper
    mine, its = fingerprint_of(one), fingerprint_of(other)
    assert fingerprint_of(tokens_of(text(split(data, 2)[0]))) == mine
    assert 0.0 <= likeness(mine.signature, its.signature) <= 1.0
    assert all(-(2**63) <= band < 2**63 for band in mine.bands)


TARGETS = (
    Target(
        fuzz_likeness,
        seeds=(
            b"Invoice 2024-117 of 12.03.2024 over 1.234,56 EUR\xffInvoice 2024-118 of 12.04.2024 over 98,00 EUR",
            "Müller & Söhne, § 13, IBAN DE21 5001 0517\xff".encode("utf-8", "surrogatepass"),
            "東京都庁 請求書 12500円".encode() + b"\xff" + "ภาษาไทย ไม่มีช่องว่าง".encode(),
            # Greedy pairing told otherwise from the other side.
            b"Invoice 2024-117 2.0)3o1f.2024 over .2143,56 EUR\xffInvoice 2024-11\xb8 0\x07EUR",
            b"modern modem l5O0 vvave\xff" + b"1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        ),
    ),
)
