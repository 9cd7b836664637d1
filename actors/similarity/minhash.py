"""A short signature of a text that tells how much two texts have in common, and bands of it that find the texts which have much."""

from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from actors.similarity.tokens import VERSION, Tokens

BANDS = 20
ROWS = 4
VALUES = BANDS * ROWS
# Amounts, dates and numbers tell two letters of one sender apart, and digits are seldom misread: they count for more than words.
NUMBER_WEIGHT = 4
LEAST_DIGITS = 3
# A text with less in it is like too many others.
FEWEST_SHINGLES = 12
# So many shingles at once bound the memory that a book takes.
_CHUNK = 8_192

Signature = npt.NDArray[np.uint32]


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()


def _constants(name: str) -> npt.NDArray[np.uint64]:
    return np.frombuffer(b"".join(_digest(f"{name} {VERSION} {number}".encode()) for number in range(VALUES)), dtype="<u8").astype(
        np.uint64
    )


_FACTORS = _constants("factor") | np.uint64(1)
_SUMMANDS = _constants("summand")


def shingles(tokens: Tokens) -> set[str]:
    """Give what a text is made of, without its order: every two neighbouring words, every longer number several times."""
    found = {f"{first} {second}" for first, second in pairwise(tokens.words)}
    for number in tokens.numbers:
        if len(number) >= LEAST_DIGITS:
            found.update(f"{number}#{copy}" for copy in range(NUMBER_WEIGHT))
    return found


def signature_of(tokens: Tokens) -> Signature | None:
    """Sign a text; None where it holds too little."""
    found = shingles(tokens)
    if len(found) < FEWEST_SHINGLES:
        return None
    hashes = np.frombuffer(b"".join(_digest(shingle.encode()) for shingle in found), dtype="<u8").astype(np.uint64)
    least = np.full(VALUES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for begin in range(0, len(hashes), _CHUNK):
        # The upper half of a product and a sum that overflow is as good as chance, and the same on every machine.
        mixed = (hashes[begin : begin + _CHUNK, None] * _FACTORS + _SUMMANDS) >> np.uint64(32)
        np.minimum(least, mixed.min(axis=0).astype(np.uint32), out=least)
    return least


def bands_of(signature: Signature) -> tuple[int, ...]:
    """Give the signature's bands as signed numbers of 64 bits. Texts that share 7 of 10 shingles share a band in 99 of 100 cases."""
    rows = signature.astype("<u4").reshape(BANDS, ROWS)
    return tuple(
        int.from_bytes(_digest(f"band {VERSION} {number} ".encode() + row.tobytes()), "little", signed=True)
        for number, row in enumerate(rows)
    )


def estimate(one: Signature, other: Signature) -> float:
    """Tell about how much two texts have in common: shingles of both in all of their shingles, give or take 0.05."""
    return float(np.mean(one == other))
