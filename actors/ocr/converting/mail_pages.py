"""A mail as a web page: its head, then its words."""

from collections.abc import Iterator
from html import escape

from actors.ocr.converting.layout import cleaned
from actors.ocr.files.mails import Mail
from actors.ocr.messages import MailLayout

_HTML_FIRST = (MailLayout.HTML_TEXT, MailLayout.HTML)
_BOTH = (MailLayout.TEXT_HTML, MailLayout.HTML_TEXT)


def mail_page(mail: Mail, layout: MailLayout) -> str:
    """Compose the page. What the layout wants and the mail has not is replaced by the other form."""
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in mail.head)
    return f'<table class="head">{rows}</table>{"<hr>".join(_bodies(mail, layout))}'


def _bodies(mail: Mail, layout: MailLayout) -> Iterator[str]:
    forms = [(mail.text.strip(), f"<pre>{escape(mail.text)}</pre>"), (mail.html.strip(), cleaned(mail.html))]
    if layout in _HTML_FIRST:
        forms.reverse()
    there = [page for words, page in forms if words]
    yield from there if layout in _BOTH else there[:1]
