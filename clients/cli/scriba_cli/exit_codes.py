"""What a failed command tells the user, and the exit code that tells it to a script."""

from enum import IntEnum

import scriba


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED = 1
    WRONG_USAGE = 2
    NOT_REACHABLE = 3
    NOT_SIGNED_IN = 4
    SOME_FAILED = 5
    INTERRUPTED = 130


_NOT_REACHABLE = """\
no answer from {server}: {message}
Is it running? Start it with `make run` or `scribad run`; is it elsewhere, set SCRIBA_SERVER or run `scriba login HOST:PORT`."""

_NOT_SIGNED_IN = """\
{message}
Run `scriba login`, or set SCRIBA_TOKEN or SCRIBA_TOKEN_FILE. On the server's own machine the file secrets/local.token in its data
folder is used by itself: set SCRIBA_DATA_DIR to that folder, and be the user that the server runs as."""

_NOT_BELIEVED = """\
{message}
Run `scriba login {server}`, and compare its fingerprint with what the
server shows when it starts. Was it trusted before, and changed by nobody on
purpose? Then somebody may be in between. Nothing was sent."""

_NOT_KNOWN = """\
{message}
Give it by `scriba login {server} --client-certificate FILE`, or in
SCRIBA_CLIENT_CERTIFICATE and SCRIBA_CLIENT_KEY."""

# Whoever hears this is signing in already.
_SIGN_IN = ("SIGN_IN_REFUSED", "SECOND_FACTOR_NEEDED")


def exit_code_of(error: scriba.Error) -> ExitCode:
    """Give the code for an error of the server, or of the way to it."""
    if isinstance(error, scriba.Unavailable) and not error.reason:
        return ExitCode.NOT_REACHABLE
    return ExitCode.NOT_SIGNED_IN if isinstance(error, (scriba.Unauthenticated, scriba.CertificateRefused)) else ExitCode.REFUSED


def words_of(error: scriba.Error, server: str) -> str:
    """Say what happened and what can be done about it."""
    if isinstance(error, scriba.CertificateRefused):
        words = _NOT_BELIEVED if error.reason == "SERVER_CERTIFICATE" else _NOT_KNOWN
        return words.format(server=server, message=error.message)
    code = exit_code_of(error)
    if code is ExitCode.NOT_REACHABLE:
        return _NOT_REACHABLE.format(server=server, message=_short_cause(error.message))
    if code is ExitCode.NOT_SIGNED_IN and error.reason not in _SIGN_IN:
        return _NOT_SIGNED_IN.format(message=error.message)
    others = [violation for violation in error.violations if violation.description not in error.message]
    return "\n".join([error.message, *(f"  {violation.field}: {violation.description}" for violation in others)])


def query_words(query: str, error: scriba.InvalidArgument) -> str | None:
    """Show a query with a caret under the place that was not understood; None when the error names no place."""
    column = error.metadata.get("column", "")
    if not column.isdecimal() or not 1 <= int(column) <= len(query) + 1:
        return None
    return f"{error.message}\n  {query}\n  {' ' * (int(column) - 1)}^"


def _short_cause(message: str) -> str:
    """Keep the end of gRPC's chain of causes, which is the cause."""
    return message.rsplit(": ", 1)[-1] if "connect" in message else message
