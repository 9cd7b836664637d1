"""What Envoy is told of encryption: the least version, the ciphers, the certificate, and whom to let in.

Certificates come as files of secrets, which Envoy reads anew when one is put in their place: no connection is cut by that.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CERTIFICATE = "certificate"
AUTHORITIES = "authorities"
# Those of TLS 1.2 that are authenticated and forget their keys; TLS 1.3 has no others.
CIPHERS = (
    "[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]",
    "[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-CHACHA20-POLY1305]",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
)
SPEAK_TLS = "this port speaks TLS: call it with https:// before its address\n"
_TYPES = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3"


@dataclass(frozen=True, slots=True)
class TlsPlan:
    """Where the secrets lie. Without `client_ca` every caller is let in; `hsts_seconds` of 0 tell browsers nothing."""

    certificate: Path
    client_ca: Path | None = None
    hsts_seconds: int = 0


def transport_socket(plan: TlsPlan) -> dict[str, object]:
    """Write the encryption of connections that are taken."""
    common: dict[str, object] = {
        "tls_params": {
            "tls_minimum_protocol_version": "TLSv1_2",
            "tls_maximum_protocol_version": "TLSv1_3",
            "cipher_suites": list(CIPHERS),
        },
        "alpn_protocols": ["h2", "http/1.1"],
        "tls_certificate_sds_secret_configs": [_secret_at(CERTIFICATE, plan.certificate)],
    }
    context: dict[str, object] = {"@type": f"{_TYPES}.DownstreamTlsContext", "common_tls_context": common}
    if plan.client_ca is not None:
        common["validation_context_sds_secret_config"] = _secret_at(AUTHORITIES, plan.client_ca)
        # Whoever resumes a session shows no certificate again, though it may be believed no longer.
        context |= {
            "require_client_certificate": True,
            "disable_stateless_session_resumption": True,
            "disable_stateful_session_resumption": True,
        }
    return {"name": "envoy.transport_sockets.tls", "typed_config": context}


def plain_text_routes() -> list[Mapping[str, object]]:
    """Answer those who speak plain text to a port with TLS: browsers are sent to https, programs are told."""
    browsers = {"prefix": "/", "headers": [{"name": ":method", "string_match": {"safe_regex": {"regex": "GET|HEAD"}}}]}
    return [
        # Not for ever: a browser would keep it after TLS was turned off.
        {"match": browsers, "redirect": {"https_redirect": True, "response_code": "TEMPORARY_REDIRECT"}},
        {"match": {"prefix": "/"}, "direct_response": {"status": 403, "body": {"inline_string": SPEAK_TLS}}},
    ]


def hsts_headers(seconds: int) -> list[Mapping[str, object]]:
    """Tell browsers to come back with TLS alone, for so long; nothing of hosts below this one, which may be others'."""
    header = {"key": "strict-transport-security", "value": f"max-age={seconds}"}
    return [{"header": header, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}] if seconds else []


def certificate_secret(chain: bytes, key: bytes) -> str:
    """Write the file that gives Envoy a certificate and its key, both PEM: in one piece, so that they always belong together."""
    return _secret(CERTIFICATE, "tls_certificate", {"certificate_chain": _inline(chain), "private_key": _inline(key)})


def authorities_secret(certificates: bytes) -> str:
    """Write the file that says who vouches for callers."""
    return _secret(AUTHORITIES, "validation_context", {"trusted_ca": _inline(certificates)})


def _secret(name: str, kind: str, value: dict[str, object]) -> str:
    return json.dumps({"resources": [{"@type": f"{_TYPES}.Secret", "name": name, kind: value}]})


def _inline(content: bytes) -> dict[str, object]:
    return {"inline_bytes": base64.b64encode(content).decode("ascii")}


def _secret_at(name: str, path: Path) -> dict[str, object]:
    return {"name": name, "sds_config": {"path_config_source": {"path": str(path)}, "resource_api_version": "V3"}}
