"""One sender's connection: what he sends goes on piece by piece, so that no mail is held in memory as it comes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

# Lines have no end by the standard beyond 998 letters; some programs write a whole file into one, and it is taken all the same.
LONGEST_PIECE = 64 * 1024
PIECE_BYTES = 256 * 1024


class Taking(Protocol):
    """Who takes mails, and has the library's hooks."""

    async def take(self, session: Session, envelope: Envelope, pieces: AsyncIterator[bytes]) -> str:
        """Hear a mail to its end, and give SMTP's answer."""


class MailSession(SMTP):
    """Speaks SMTP. The library would gather a mail in memory: here its bytes are given on as they come."""

    line_length_limit = LONGEST_PIECE

    def __init__(self, reception: Taking, left: Callable[[], None], delivery_seconds: float, **options: Any) -> None:
        """Take what the library's sessions take; `left` is called once when the sender is gone."""
        super().__init__(reception, **options)
        self._reception = reception
        self._left = left
        self._delivery_seconds = delivery_seconds
        self._gone = False

    def connection_lost(self, error: Exception | None) -> None:
        """End it, and tell."""
        super().connection_lost(error)
        if not self._gone:
            self._gone = True
            self._left()

    async def ended(self) -> None:
        """Hang up, and wait until what was under way is put away."""
        if self.transport is not None:
            self.transport.close()
        task = self._handler_coroutine
        if task is not None:
            task.cancel()
            await asyncio.wait({task})

    @syntax("DATA")
    async def smtp_DATA(self, arg: str | None) -> None:
        """Take a mail in."""
        if await self.check_helo_needed():
            return
        session, envelope = self.session, self.envelope
        if session is None or envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 say RCPT first")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        answer = await self._reception.take(session, envelope, self._pieces())
        self.envelope = self._create_envelope()
        await self.push(answer)

    async def _pieces(self) -> AsyncIterator[bytes]:
        """Give the mail's bytes, and let nobody wait for a sender who says nothing."""
        piece, heard = bytearray(), 0.0
        async for line in unstuffed(self._reader):
            piece += line
            if (now := self.loop.time()) - heard > 1:
                self._reset_timeout()
                heard = now
            if len(piece) >= PIECE_BYTES:
                yield bytes(piece)
                piece.clear()
        if piece:
            yield bytes(piece)
        self._reset_timeout(self._delivery_seconds)


async def unstuffed(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Read the bytes of a mail up to the line that ends it, without the dots that the sender has doubled (RFC 5321, 4.5.2)."""
    begins = True
    while True:
        try:
            line, ends = await reader.readuntil(b"\r\n"), True
        except asyncio.LimitOverrunError as error:
            line, ends = await reader.read(error.consumed), False
        if begins and line == b".\r\n":
            return
        yield line[1:] if begins and line.startswith(b".") else line
        begins = ends
