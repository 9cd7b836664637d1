"""Nobody connects to another machine but by the way out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import actors.egress

ROOT = Path(actors.egress.__file__).parents[2]
CONNECTING = {"create_connection", "open_connection", "urlopen", "HTTPConnection", "HTTPSConnection", "SMTP", "SMTP_SSL", "LMTP"}
CONNECTING |= {"IMAP4", "IMAP4_SSL", "MailBox", "MailBoxStartTls", "MailBoxUnencrypted"}
# The daemon asks whether its own edge listens, and whether the Ray does that an administrator has named in the settings.
KNOWN = {"daemon/edge/edge.py": {"open_connection"}, "actors/runtime/guest.py": {"create_connection"}}


def called(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_only_the_way_out_connects() -> None:
    files = [file for room in ("actors", "daemon") for file in (ROOT / room).rglob("*.py") if "egress" not in file.parts]
    found = {str(file.relative_to(ROOT)): names for file in files if (names := CONNECTING.intersection(called(file)))}
    assert found == KNOWN
