"""From a letter to documents: each file that a rule wants by the intake's door, the same one each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actors.intake.errors import IntakeError, NoSpace, NoSpaceForFile, StorageFailed, UploadTooLarge
from actors.intake.mail_parts import request_id
from actors.intake.messages import AcceptUpload
from actors.letters.letter import Letter, Part
from actors.mail.choosing import Choice
from actors.mail.errors import ArchiveAway, MailFailed
from actors.mail.naming import correspondent_for, filename_for, title_for
from actors.mail.ports import Accept
from actors.store.nouns.archive import DocumentChanges, DocumentId, SourceKind
from actors.store.nouns.mail import AccountFacts, CorrespondentFrom, MailKey, MailRule, mailbox_of
from actors.store.store import Store


@dataclass(frozen=True, slots=True)
class Delivery:
    """Takes what rules want of the mails of an account into the archive."""

    store: Store
    accept: Accept
    account: AccountFacts

    def take(self, key: MailKey, rule: MailRule, choice: Choice, letter: Letter, data: bytes) -> Sequence[DocumentId]:
        """Take in all that is wanted, and name the documents. Raises MailFailed, or ArchiveAway where no mail would be taken."""
        documents = [self._take(key, rule, part, letter, content) for part in choice.parts if (content := part.content())]
        if choice.whole:
            documents.append(self._take(key, rule, None, letter, data))
        return list(dict.fromkeys(documents))

    def _take(self, key: MailKey, rule: MailRule, part: Part | None, letter: Letter, content: bytes) -> DocumentId:
        name = filename_for(letter, part)
        mailbox = mailbox_of(self.account.host, self.account.user)
        request = request_id(mailbox, key, None if part is None else part.place, letter.sent_time)
        staged = self.store.data.upload_file(request)
        filing = rule.facts.filing
        by = f"by mail, rule “{rule.facts.name}” of “{self.account.name}”"
        order = AcceptUpload(staged, request, name, self._given(rule, part, letter), owner=filing.owner, by=by, kind=SourceKind.MAIL)
        try:
            _write(staged, content)
            return self.accept(order).document_id
        except UploadTooLarge as error:
            raise MailFailed(f"“{name}”: {error}", for_good=True) from error
        except NoSpaceForFile as error:
            raise MailFailed(f"“{name}”: {error}") from error
        except (NoSpace, StorageFailed) as error:
            raise ArchiveAway(str(error)) from error
        except IntakeError as error:
            raise MailFailed(f"“{name}”: {error}") from error
        except OSError as error:
            raise ArchiveAway(f"the archive's disk took nothing: {error.strerror}") from error
        finally:
            staged.unlink(missing_ok=True)

    def _given(self, rule: MailRule, part: Part | None, letter: Letter) -> DocumentChanges:
        filing = rule.facts.filing
        names = {label_id: label.name for label_id, label in self.store.catalog.labels.still_there(filing.labels).items()}
        fixed = filing.correspondent if filing.correspondent_from is CorrespondentFrom.FIXED else None
        return DocumentChanges(
            title=title_for(letter, part, filing.title_from),
            tags=tuple(names[tag] for tag in filing.tags if tag in names),
            correspondent=names.get(fixed) if fixed else correspondent_for(letter, filing.correspondent_from),
            document_type=names.get(filing.document_type) if filing.document_type else None,
            storage_path=names.get(filing.storage_path) if filing.storage_path else None,
        )


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(content)
