"""A mail server and a web server of their own, on this machine: they take what is sent and keep it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class MailSink:
    """Takes e-mails, or answers so to recipients."""

    port: int = 0
    recipient_answer: str = "250 ok"
    raw: list[bytes] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """Speak SMTP as far as one e-mail needs it."""
    sink = MailSink()

    class Talk(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline().decode().strip():
                word = line.split()[0].upper()
                if word == "EHLO":
                    self.wfile.write(b"250-sink\r\n250 AUTH PLAIN\r\n")
                elif word == "AUTH":
                    sink.signed_in.append(line)
                    self.say("235 ok")
                elif word == "RCPT":
                    self.say(sink.recipient_answer)
                elif word == "DATA":
                    self.say("354 go on")
                    sink.raw.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.say("250 ok")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server, serving(server):
        sink.port = server.server_address[1]
        yield sink


@dataclass
class Call:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebSink:
    """Takes calls; answers so, with a place to go on from for those who would."""

    port: int = 0
    status: int = 200
    calls: list[Call] = field(default_factory=list)


@contextmanager
def web_sink() -> Iterator[WebSink]:
    """Speak HTTP."""
    sink = WebSink()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            sink.calls.append(Call(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(sink.status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Talk) as server, serving(server):
        sink.port = server.server_address[1]
        yield sink


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    """Serve beside the test."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join(10)
