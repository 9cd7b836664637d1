"""Mails as programs write them, made here."""

from email.message import EmailMessage

ERIKA = "Erika Muster <erika@example.org>"
PDF = b"%PDF-1.7 words"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def mail(subject: str = "Invoice 7", sender: str = ERIKA, text: str = "See the file.", **headers: str) -> EmailMessage:
    """Write a plain mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "us@example.net", subject
    for name, value in {"Date": "Mon, 02 Nov 2026 10:00:00 +0100", "Message-ID": "<1@example.org>", **headers}.items():
        message[name] = value
    message.set_content(text)
    return message


def with_file(message: EmailMessage, name: str = "invoice.pdf", content: bytes = PDF, kind: str = "application/pdf") -> EmailMessage:
    """Attach a file."""
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def with_picture(message: EmailMessage, shown: bool = True) -> EmailMessage:
    """Give a mail HTML, and a picture that it shows; or one that it does not show, though it is called inline."""
    message.add_alternative("<p>Hello</p>" + ('<img src="cid:logo@x">' if shown else ""), subtype="html")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<logo@x>")
    return message
