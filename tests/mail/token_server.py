"""A server that lets people in by tokens (XOAUTH2), and says no as Google does: in a challenge that wants an empty answer."""

import base64
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

REFUSAL = base64.b64encode(json.dumps({"status": "400", "schemes": "bearer"}).encode())


@contextmanager
def token_server(token: str, user: str = "erika@example.org") -> Iterator[int]:
    """Run it on a port that it tells."""
    expected = base64.b64encode(f"user={user}\1auth=Bearer {token}\1\1".encode())

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say(b"* OK ready")
            while line := self.rfile.readline():
                tag, _, order = line.strip().partition(b" ")
                if order == b"CAPABILITY":
                    self.say(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 IDLE", tag + b" OK done")
                elif order == b"AUTHENTICATE XOAUTH2":
                    self.say(b"+ ")
                    self.answer(tag)
                else:
                    self.say(tag + b" BAD what?")

        def answer(self, tag: bytes) -> None:
            if self.rfile.readline().strip() == expected:
                self.say(tag + b" OK let in")
                return
            self.say(b"+ " + REFUSAL)
            if self.rfile.readline() == b"\r\n":
                self.say(tag + b" NO [AUTHENTICATIONFAILED] Invalid credentials")

        def say(self, *lines: bytes) -> None:
            self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join(10)
