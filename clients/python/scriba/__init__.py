"""Scriba's Python SDK.

    with scriba.Client() as client:
        document = client.upload("letter.pdf", tags=["inbox"]).document
        for result in client.search_documents("invoice created:2024"):
            print(result.document.title)

The messages are in `scriba.v1`; the calls of the contract are `client.documents`, `client.search`, `client.admin`, `client.catalog`,
`client.notes`, `client.assignments`, `client.bulk_edits`, `client.workflows` and `client.folders`.
"""

from scriba.address import Address, parse_address
from scriba.backoff import Backoff
from scriba.client import Client
from scriba.connection import Connection, find_connection
from scriba.download import Downloaded
from scriba.errors import (
    Aborted,
    AlreadyExists,
    Cancelled,
    CertificateRefused,
    DataLoss,
    DeadlineExceeded,
    Error,
    FailedPrecondition,
    Internal,
    InvalidArgument,
    NotFound,
    OutOfRange,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
    Unavailable,
    Unimplemented,
    Violation,
)
from scriba.fingerprint import fingerprint_of, parse_fingerprint
from scriba.handshake import fetch_certificate, trust_in
from scriba.local_server import read_local_server
from scriba.login import Login, login_file, read_login, save_login
from scriba.pages import pages
from scriba.trust import Trust
from scriba.upload import new_request_id
from scriba.watch import ENDED_STATES

__all__ = [
    "ENDED_STATES",
    "Aborted",
    "Address",
    "AlreadyExists",
    "Backoff",
    "Cancelled",
    "CertificateRefused",
    "Client",
    "Connection",
    "DataLoss",
    "DeadlineExceeded",
    "Downloaded",
    "Error",
    "FailedPrecondition",
    "Internal",
    "InvalidArgument",
    "Login",
    "NotFound",
    "OutOfRange",
    "PermissionDenied",
    "ResourceExhausted",
    "Trust",
    "Unauthenticated",
    "Unavailable",
    "Unimplemented",
    "Violation",
    "fetch_certificate",
    "find_connection",
    "fingerprint_of",
    "login_file",
    "new_request_id",
    "pages",
    "parse_address",
    "parse_fingerprint",
    "read_local_server",
    "read_login",
    "save_login",
    "trust_in",
]
