"""Somebody before a proxy: as a browser, and as a program that speaks gRPC; from an address that is not the proxy's own."""

import ssl
import struct
from collections.abc import Generator

import httpx
from google.protobuf.message import Message

import scriba
from tests.proxies.proxies import Front

FROM = "127.0.0.2"
SECONDS = 20.0
HEADER_BYTES = 5


def browser(front: Front) -> httpx.Client:
    """Give what keeps cookies and says from which page it calls."""
    believes = ssl.create_default_context(cafile=str(front.certificate))
    way = httpx.HTTPTransport(verify=believes, local_address=FROM)
    return httpx.Client(base_url=front.url, transport=way, timeout=SECONDS, headers={"origin": front.url})


def program(front: Front, token: str) -> scriba.Client:
    """Give our SDK, which speaks gRPC."""
    return scriba.Client(front.url, token, trust=scriba.Trust(front.certificate.read_text()))


def grpc_web(client: httpx.Client, method: str, request: Message, **headers: str) -> Generator[bytes]:
    """Call as the web client does, and give each message as it comes; the connection is closed when nobody asks for more."""
    body = _framed(request.SerializeToString())
    told = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1", **headers}
    with client.stream("POST", f"/scriba.v1.{method}", content=body, headers=told) as answer:
        assert answer.status_code == 200, answer.status_code
        assert "grpc-status" not in answer.headers, answer.headers
        come = b""
        for part in answer.iter_raw():
            come += part
            while len(come) >= HEADER_BYTES:
                kind, length = struct.unpack(">BI", come[:HEADER_BYTES])
                if len(come) < HEADER_BYTES + length:
                    break
                frame, come = come[HEADER_BYTES : HEADER_BYTES + length], come[HEADER_BYTES + length :]
                if kind:
                    assert b"grpc-status:0" in frame.replace(b" ", b""), frame
                    return
                yield frame


def _framed(message: bytes) -> bytes:
    return struct.pack(">BI", 0, len(message)) + message
