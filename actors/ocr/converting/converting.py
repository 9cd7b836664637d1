"""Makes a PDF of a file that has no pages yet, each kind by its own way."""

from actors.ocr.converting.layout import lay_out
from actors.ocr.converting.mail_pages import mail_page
from actors.ocr.converting.office import convert_office
from actors.ocr.disk import writing
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.kinds import file_kind
from actors.ocr.files.mails import read_mail
from actors.ocr.files.markup import read_html
from actors.ocr.messages import ConvertDocument, DocumentConverted, LetterFacts
from actors.ocr.mime_types import OFFICE_SUFFIXES, FileKind


def convert_document(order: ConvertDocument) -> DocumentConverted:
    """Write the PDF to `order.target`. The original is only read."""
    with writing():
        letter = _convert(order)
        return DocumentConverted(order.target.stat().st_size, letter=letter)


def _convert(order: ConvertDocument) -> LetterFacts | None:
    match file_kind(order.path, order.mime_type):
        case FileKind.MAIL:
            mail = read_mail(order.path, order.mime_type)
            lay_out(mail_page(mail, order.settings.mail_layout), order.target, mail.pictures)
            return mail.facts
        case FileKind.MARKUP:
            lay_out(read_html(order.path, order.mime_type), order.target)
        case FileKind.OFFICE:
            convert_office(order.path, OFFICE_SUFFIXES[order.mime_type], order.target)
        case _:
            raise DocumentUnreadable("The file needs no PDF that is made of it.")
    return None
