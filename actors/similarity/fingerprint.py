"""From a text to what the store keeps of it, and back."""

import numpy as np

from actors.similarity.minhash import Signature, bands_of, estimate, signature_of
from actors.similarity.tokens import VERSION, Tokens
from actors.store.nouns.likeness import Fingerprint


def fingerprint_of(tokens: Tokens) -> Fingerprint:
    """Make the fingerprint of a text; one that says little gets one that nothing is found by."""
    signature = signature_of(tokens)
    if signature is None:
        return Fingerprint(VERSION)
    return Fingerprint(VERSION, signature.astype("<u4").tobytes(), bands_of(signature))


def likeness(one: bytes, other: bytes) -> float:
    """Estimate from two signatures what their texts have in common, 0 to 1; 0 where one is of another form."""
    return estimate(_signature(one), _signature(other)) if one and len(one) == len(other) else 0.0


def _signature(kept: bytes) -> Signature:
    return np.frombuffer(kept, dtype="<u4")
