"""Looks at a server's certificate before anything is said to it."""

import os
import socket
import ssl

from scriba.address import Address
from scriba.errors import FailedPrecondition, Unavailable
from scriba.trust import Trust, system_authorities

_SECONDS = 10.0
_WRONG_NAME = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH


def fetch_certificate(address: Address) -> str:
    """Give the certificate that a server shows, as PEM, whoever it is. Raises Unavailable and FailedPrecondition."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with _shake_hands(address, context) as connection:
            shown = connection.getpeercert(binary_form=True)
    except ssl.SSLError as error:
        raise _no_tls(address, error) from error
    except OSError as error:
        raise Unavailable(str(error)) from error
    if not shown:
        raise Unavailable("it shows no certificate")
    return ssl.DER_cert_to_PEM_cert(shown)


def doubt(address: Address, trust: Trust) -> str:
    """Say why the server is not believed; '' where it is. Raises Unavailable and FailedPrecondition."""
    context = _context(trust)
    try:
        with _shake_hands(address, context, trust.server_name):
            return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except ssl.SSLError as error:
        raise _no_tls(address, error) from error
    except OSError as error:
        raise Unavailable(str(error)) from error


def trust_in(address: Address, certificate: str) -> Trust:
    """Trust this certificate alone, by a name that it holds where that is not the one called. Raises Unavailable when it is not shown."""
    trust = Trust(authorities=certificate)
    context = _context(trust)
    try:
        with _shake_hands(address, context):
            return trust
    except ssl.SSLCertVerificationError as error:
        if error.verify_code not in _WRONG_NAME:
            raise Unavailable(f"its certificate can't be used: {error.verify_message}") from error
    except OSError as error:
        raise Unavailable(str(error)) from error
    context.check_hostname = False
    try:
        with _shake_hands(address, context) as connection:
            held = connection.getpeercert() or {}
    except OSError as error:
        raise Unavailable(str(error)) from error
    names = [str(name[1]) for name in held.get("subjectAltName", ())]
    return Trust(certificate, names[0].replace("*", "scriba", 1) if names else "")


def _no_tls(address: Address, error: ssl.SSLError) -> FailedPrecondition:
    return FailedPrecondition(f"{address} does not speak TLS as it should ({error.reason or error}); one without TLS is http://{address}")


def _context(trust: Trust) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=trust.authorities or None)
    if not trust.authorities and (system := system_authorities(os.environ)):
        context.load_verify_locations(system)
    # As gRPC has it: a certificate that is trusted itself needs none above it.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _shake_hands(address: Address, context: ssl.SSLContext, server_name: str = "") -> ssl.SSLSocket:
    connection = socket.create_connection((address.host, address.port), _SECONDS)
    try:
        return context.wrap_socket(connection, server_hostname=server_name or address.host)
    except OSError:
        connection.close()
        raise
