"""The public surface of the SDK."""

import subprocess
import sys
from pathlib import Path

import grpc

import scriba
from scriba import errors

SURFACE = {
    "ENDED_STATES", "Aborted", "Address", "AlreadyExists", "Backoff", "Cancelled", "CertificateRefused", "Client", "Connection",
    "DataLoss", "DeadlineExceeded", "Downloaded", "Error", "FailedPrecondition", "Internal", "InvalidArgument", "Login", "NotFound",
    "OutOfRange", "PermissionDenied", "ResourceExhausted", "Trust", "Unauthenticated", "Unavailable", "Unimplemented", "Violation",
    "fetch_certificate", "find_connection", "fingerprint_of", "login_file", "new_request_id", "pages", "parse_address",
    "parse_fingerprint", "read_local_server", "read_login", "save_login", "trust_in",
}  # fmt: skip


def test_the_surface_is_what_is_listed_here() -> None:
    assert set(scriba.__all__) == SURFACE
    assert all(hasattr(scriba, name) for name in SURFACE)


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(scriba.__file__).with_name("py.typed").exists()


def test_every_status_code_but_ok_has_its_class() -> None:
    assert set(errors.BY_CODE) == set(grpc.StatusCode) - {grpc.StatusCode.OK}
    assert all(kind.code is code for code, kind in errors.BY_CODE.items())


def test_the_sdk_needs_nothing_of_the_daemon_and_few_libraries() -> None:
    script = "import sys, scriba; print(*{name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    ours = {"__main__", "_distutils_hack", "buf", "google", "grpc", "grpc_status", "scriba", "sitecustomize"}
    with_grpc = {"_cython_3_2_8", "cython_runtime", "grpc_health", "grpc_reflection", "grpc_tools", "typing_extensions"}  # where installed
    assert set(loaded) - ours - with_grpc == set()
