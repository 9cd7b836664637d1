"""Opens mails that were encrypted by GPG (RFC 3156), with the keys of a folder."""

from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

import gnupg  # type: ignore[import-untyped]  # has no stubs

from actors.letters.headers import AS_SENT
from actors.letters.letter import message_of
from actors.mail.errors import MailFailed

# A packed mail of a megabyte could be a gigabyte.
MOST_BYTES = 200 << 20
_HEAD_BYTES = 256 << 10
# What describes the encrypted mail, and not what is in it.
_OF_THE_COVER = ("content-type", "content-transfer-encoding", "content-disposition", "content-description", "mime-version")


def decrypted(data: bytes, home: Path | None) -> bytes:
    """Give a mail as it was before it was encrypted, under the headers that it came with; any other mail as it is. Raises MailFailed."""
    cover = BytesHeaderParser(policy=AS_SENT).parsebytes(data[:_HEAD_BYTES])
    if cover.get_content_type() != "multipart/encrypted":
        return data
    if home is None:
        raise MailFailed("it is encrypted; email_gnupg_home can name the folder of the key that opens it", for_good=True)
    opened = _gpg(home).decrypt(_cipher(message_of(data)), extra_args=["--max-output", str(MOST_BYTES)])
    if not opened.ok:
        raise MailFailed(f"it can't be decrypted: {opened.status or 'GPG gives no reason'}")
    return _under(cover, bytes(opened.data))


def _gpg(home: Path) -> gnupg.GPG:
    try:
        # Nobody is there who could be asked for a passphrase.
        return gnupg.GPG(gnupghome=str(home), options=["--pinentry-mode", "error"])
    except (OSError, ValueError) as error:
        raise MailFailed(f"it is encrypted, and GPG can't be used: {error}") from error


def _cipher(message: Message) -> bytes:
    parts = message.get_payload()
    last = parts[-1] if isinstance(parts, list) and parts else None
    cipher = last.get_payload(decode=True) if isinstance(last, Message) else None
    if not isinstance(cipher, bytes):
        raise MailFailed("it says that it is encrypted, and has nothing to decrypt", for_good=True)
    return cipher


def _under(cover: Message, inner: bytes) -> bytes:
    """Put what was encrypted under the headers of its cover, but for those that it has itself."""
    own = {name.lower() for name in BytesHeaderParser(policy=AS_SENT).parsebytes(inner[:_HEAD_BYTES])}
    kept = [f"{name}: {value}\n" for name, value in cover.items() if name.lower() not in own and name.lower() not in _OF_THE_COVER]
    return "".join(kept).encode("utf-8", "surrogateescape") + inner.lstrip(b"\r\n")
