"""ID tokens: who signed one, for whom, about whom and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # the package has no py.typed
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from actors.openid.errors import ProviderWrong

# Signatures by a key that only the provider has. None, and those by a shared secret, never: a public key would do for such a secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
# Clocks may differ by so much.
LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say, to be the answer to what we have asked."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str = ""


def read_id_token(token: str, keys: Callable[[bool], KeySet], expected: Expected, now: datetime) -> dict[str, Any]:
    """Give the claims of a token that is right in all; raises ProviderWrong. `keys(True)` asks for them anew."""
    try:
        try:
            read = jwt.decode(token, keys(False), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            read = jwt.decode(token, keys(True), algorithms=ALGORITHMS)
        options = {"iss": {"essential": True, "value": expected.issuer}, "aud": {"essential": True, "value": expected.client_id}}
        params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderWrong(f"the provider's token can't be believed: {type(error).__name__} {error}") from error
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\0" in subject:
        raise ProviderWrong("the provider's token is about nobody")
    return dict(claims)
