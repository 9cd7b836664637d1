"""What became of mails, page by page, and once more. It asks the database, so it works in threads."""

from actors.store.nouns.mail import MailId
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.mail_accounts import account_id
from daemon.service.wire.mails import mail_id, mail_message, mail_states
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import mail_pb2 as pb

PAGE_SIZE = 100


class Taken:
    """Tells what became of mails."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def page(self, request: pb.ListMailsRequest) -> pb.ListMailsResponse:
        """Answer one page. Raises MailAccountNotFound, TokenMismatch for another query's token."""
        size = request.page_size or PAGE_SIZE
        account = account_id(request.account_id) if request.account_id else None
        found = self._archive.store.mails.list(_after(request), size + 1, account, mail_states(request.state))
        shown = found[:size]
        more = page_token([shown[-1].id], request) if len(found) > size else ""
        return pb.ListMailsResponse(mails=map(mail_message, shown), next_page_token=more)

    def retry(self, text: str) -> pb.Mail:
        """Have a mail looked at again. Raises MailNotFound."""
        return mail_message(self._archive.store.mails.retry(mail_id(text), self._archive.now()))


def _after(request: pb.ListMailsRequest) -> MailId | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [int(last)]:
            return MailId(last)
        case _:
            raise TokenMismatch("page_token")
