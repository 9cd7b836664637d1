"""Asks a rule about the newest mails of its folder. Nothing is changed there, and nothing comes into the archive."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from actors.letters.errors import MailUnreadable
from actors.letters.letter import Letter, read_letter
from actors.mail.choosing import Choice, choose
from actors.mail.decrypting import decrypted
from actors.mail.errors import MailFailed
from actors.mail.knowing import head_of, is_same
from actors.mail.messages import TriedDocument, TriedMail
from actors.mail.naming import correspondent_for, filename_for, title_for
from actors.mail.ports import Head, Mailbox
from actors.mail.visiting import Desk
from actors.store.nouns.mail import CorrespondentFrom, MailKey, MailState, RuleFacts, RuleId

MOST_MAILS = 50
# Somebody waits for the answer: what is larger is judged by its head alone.
MOST_BYTES = 10 << 20


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries a rule, which may be kept by an id."""

    desk: Desk
    box: Mailbox
    rule: RuleFacts
    rule_id: RuleId | None

    def look(self, mails: int) -> Sequence[TriedMail]:
        """Ask the rule about so many mails, the newest first. Raises NoFolder, MailboxAway, MailboxRefused."""
        opened = self.box.open(self.rule.folder, to_change=False)
        heads = list(self.box.heads(self.box.newest(min(mails, MOST_MAILS))))
        now = self.desk.now()
        return [self._tried(head, opened.uidvalidity, now) for head in reversed(heads)]

    def _tried(self, head: Head, uidvalidity: int, now: datetime) -> TriedMail:
        letter, error = head.letter, ""
        judged = replace(self.rule, filters=replace(self.rule.filters, body="", include=(), exclude=()))
        if choose(judged, letter, now).matched:
            try:
                letter, judged = self._whole(head), self.rule
            except (MailFailed, MailUnreadable, RecursionError) as reason:
                error = str(reason)
        choice = choose(judged, letter, now)
        return TriedMail(
            letter.sender,
            letter.subject,
            letter.sent_time,
            choice.checks,
            tuple(self._documents(choice, letter)) if not error else (),
            self._is_known(head, uidvalidity),
            error,
        )

    def _whole(self, head: Head) -> Letter:
        if head.size > MOST_BYTES:
            raise MailFailed(f"it has {head.size >> 20} MiB: only what its head says was looked at")
        with tempfile.TemporaryDirectory(prefix="mail-") as folder:
            path = Path(folder) / "mail.eml"
            self.box.save(head, path)
            return read_letter(decrypted(path.read_bytes(), self.desk.gnupg_home))

    def _documents(self, choice: Choice, letter: Letter) -> Iterator[TriedDocument]:
        filing = self.rule.filing
        parts = [part for part in choice.parts if part.content()]
        for part in [*parts, None] if choice.whole else parts:
            title, filename = title_for(letter, part, filing.title_from) or "", filename_for(letter, part)
            yield TriedDocument(title, filename, self._correspondent(letter))

    def _correspondent(self, letter: Letter) -> str:
        filing = self.rule.filing
        if filing.correspondent_from is CorrespondentFrom.FIXED and filing.correspondent is not None:
            label = self.desk.store.catalog.labels.still_there([filing.correspondent]).get(filing.correspondent)
            return "" if label is None else label.name
        return correspondent_for(letter, filing.correspondent_from) or ""

    def _is_known(self, head: Head, uidvalidity: int) -> bool:
        if self.rule_id is None:
            return False
        key = MailKey(self.rule.account, self.rule.folder, uidvalidity, head.uid)
        entries = self.desk.store.mails.find(key)
        if any(entry.rule == self.rule_id and entry.state in (MailState.TAKEN, MailState.DONE) for entry in entries):
            return True
        told = head_of(head)
        known = self.desk.store.mails.known(self.rule.account, told.message_id, self.rule_id)
        return known is not None and is_same(known, key, told)
