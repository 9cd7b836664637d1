"""One visit of a folder: what is due again, then what has come. Nothing is taken twice, and nothing skipped for ever."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from actors.letters.errors import MailUnreadable
from actors.letters.letter import Letter, read_letter
from actors.mail.choosing import Choice, choose
from actors.mail.decrypting import decrypted
from actors.mail.delivering import Delivery
from actors.mail.errors import ArchiveAway, MailboxAway, MailFailed
from actors.mail.imap import BUNCH
from actors.mail.knowing import can_be_asked_for, digest_of, head_of, is_same
from actors.mail.ports import Accept, Head, Mailbox, Now
from actors.mail.retrying import next_try
from actors.mail.structure import may_be_wanted
from actors.store.nouns.mail import Mail, MailAccount, MailAction, MailKey, MailRule, MailState, RuleId, Watermark
from actors.store.store import Store

log = structlog.get_logger(__name__)

_SAFE = (MailState.TAKEN, MailState.DONE)
# After these, nothing more can be done to a mail.
_LAST_ACTIONS = (MailAction.MOVE, MailAction.DELETE)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where mail is worked on. `gnupg_home` is the folder of the keys that open mails."""

    store: Store
    accept: Accept
    now: Now
    gnupg_home: Path | None = None


class Visit:
    """Looks through one folder of a mailbox."""

    def __init__(self, desk: Desk, box: Mailbox, account: MailAccount, folder: str) -> None:
        """Take the parts."""
        self._desk, self._box, self._account, self._folder = desk, box, account, folder
        self._mails = desk.store.mails
        self._delivery = Delivery(desk.store, desk.accept, account.facts)
        self._uidvalidity = 0

    def make(self) -> int:
        """Look through it, and tell the UID that the next mail will have, 0 where the server does not say.

        Raises NoFolder, MailboxAway, MailboxRefused, ArchiveAway; all that was done before is kept.
        """
        opened = self._box.open(self._folder, to_change=True)
        self._uidvalidity = opened.uidvalidity
        rules = self._desk.store.mail_rules.of_folder(self._account.id, self._folder)
        self._go_on(rules)
        self._look_further(rules, opened.next_uid)
        return opened.next_uid

    def _go_on(self, rules: Sequence[MailRule]) -> None:
        """Take up what has failed or was broken off, and is due; what belongs to a rule that rests waits for it."""
        asked, due = {rule.id for rule in rules}, dict[MailKey, list[Mail]]()
        for entry in self._mails.due(self._account.id, self._desk.now()):
            if entry.key.folder == self._folder and entry.rule in asked:
                due.setdefault(entry.key, []).append(entry)
        for key, entries in due.items():
            meant = {entry.rule for entry in entries}
            head = self._find_again(key, entries[0])
            if head is not None:
                self._handle(key, head, [rule for rule in rules if rule.id in meant])
            for entry in self._mails.find(key):
                self._close(entry, gone=head is None)

    def _find_again(self, key: MailKey, entry: Mail) -> Head | None:
        """Find a mail by its number, or by its Message-ID where the server has counted anew; None when it is gone."""
        if key.uidvalidity == self._uidvalidity:
            return next(iter(self._box.heads([key.uid])), None)
        if not can_be_asked_for(entry.head.message_id):
            return None
        found = self._box.heads(self._box.find(entry.head.message_id))
        return next((head for head in found if is_same(entry, replace(key, uidvalidity=self._uidvalidity), head_of(head))), None)

    def _close(self, entry: Mail, gone: bool) -> None:
        """End what is still due after the mail was looked at: it is gone, or no rule wants anything of it any more."""
        now = self._desk.now()
        if entry.rule is None or entry.next_time is None or entry.next_time > now:
            return
        if gone and entry.state is not MailState.TAKEN and not self._is_taken_anew(entry, entry.rule):
            self._mails.keep_failed(entry.key, entry.head, entry.rule, "it is no longer in the folder", None, now)
        elif gone or entry.state is not MailState.TAKEN:
            self._mails.keep_done(entry.id, now)

    def _is_taken_anew(self, entry: Mail, rule: RuleId) -> bool:
        """Tell whether a mail was taken under the number that it got when its server counted anew."""
        known = self._mails.known(self._account.id, entry.head.message_id, rule)
        return known is not None and is_same(known, entry.key, entry.head)

    def _look_further(self, rules: Sequence[MailRule], next_uid: int) -> None:
        """Look at what lies behind the watermark, bunch by bunch: where a visit is broken off, the next goes on."""
        digest, mark = digest_of(rules), self._mails.watermark(self._account.id, self._folder)
        same = mark is not None and (mark.uidvalidity, mark.digest) == (self._uidvalidity, digest)
        seen = mark.uid if mark is not None and same else 0
        meant: dict[int, list[MailRule]] = {}
        # A mail that comes between the searches would be known to the later rules alone: it is the next visit's.
        end = next_uid or max((*self._box.newest(1), seen)) + 1
        for rule in rules:
            for uid in self._box.search(rule.facts.filters, seen + 1, self._desk.now().date()):
                if uid < end:
                    meant.setdefault(uid, []).append(rule)
        uids, reached = sorted(meant), seen
        for place in range(0, len(uids), BUNCH):
            bunch = uids[place : place + BUNCH]
            for head in self._box.heads(bunch):
                self._handle(MailKey(self._account.id, self._folder, self._uidvalidity, head.uid), head, meant.get(head.uid, ()))
            reached = bunch[-1]
            self._mark(digest, reached)
        # The server will never give these numbers again.
        if rules and (next_uid - 1 > reached or not same):
            self._mark(digest, max(next_uid - 1, reached))

    def _mark(self, digest: str, uid: int) -> None:
        self._mails.set_watermark(self._account.id, self._folder, Watermark(self._uidvalidity, digest, uid))

    def _handle(self, key: MailKey, head: Head, rules: Sequence[MailRule]) -> None:
        """Take what rules want of a mail, then do to it what they say."""
        entries = {entry.rule: entry for entry in self._mails.find(key)}
        open_rules = [rule for rule in rules if self._is_open(entries.get(rule.id)) and self._may_mean(rule, head)]
        if any(may_be_wanted(head.leaves, rule.facts) for rule in open_rules):
            self._take(key, head, [rule for rule in rules if rule in open_rules or _is_safe(entries.get(rule.id))], entries)
        self._finish(key, head, rules)

    def _is_open(self, entry: Mail | None) -> bool:
        """Tell whether a mail is to be taken now: not before its time, where it has failed."""
        if entry is None:
            return True
        return entry.state not in _SAFE and (entry.next_time is None or entry.next_time <= self._desk.now())

    def _may_mean(self, rule: MailRule, head: Head) -> bool:
        by_head = replace(rule.facts.filters, body="", include=(), exclude=())
        return choose(replace(rule.facts, filters=by_head), head.letter, self._desk.now()).matched

    def _take(self, key: MailKey, head: Head, rules: Sequence[MailRule], entries: Mapping[RuleId | None, Mail]) -> None:
        try:
            letter, data = self._fetched(head)
        except MailFailed as error:
            self._fail_all(key, head, rules, error, entries)
            return
        except MailboxAway as error:
            # If it is this mail at which the connection breaks off each time, it must not keep the others waiting.
            self._fail_all(key, head, rules, MailFailed(str(error)), entries)
            raise
        for rule in rules:
            entry = entries.get(rule.id)
            if not _is_safe(entry):
                choice = choose(rule.facts, letter, self._desk.now())
                if not choice.matched:
                    continue
                self._take_for(rule, key, head, choice, letter, data, entry)
            if rule.facts.last:
                return

    def _fetched(self, head: Head) -> tuple[Letter, bytes]:
        try:
            with tempfile.TemporaryDirectory(prefix="mail-") as folder:
                path = Path(folder) / "mail.eml"
                self._box.save(head, path)
                data = path.read_bytes()
        except OSError as error:
            raise ArchiveAway(f"there is no room to look at mails: {error.strerror}") from error
        try:
            data = decrypted(data, self._desk.gnupg_home)
            return read_letter(data), data
        except MailFailed:
            raise
        except MailUnreadable as error:
            raise MailFailed(f"it can't be taken apart: {error}", for_good=True) from error
        except Exception as error:  # whatever a mail makes the libraries raise, the others are taken
            log.exception("mail not taken apart", account_id=self._account.id)
            raise MailFailed(f"it can't be taken apart: {type(error).__name__}") from error

    def _take_for(self, rule: MailRule, key: MailKey, head: Head, choice: Choice, letter: Letter, data: bytes, entry: Mail | None) -> None:
        told, now = head_of(head), self._desk.now()
        known = self._mails.known(self._account.id, told.message_id, rule.id)
        if known is not None and is_same(known, key, told):
            self._act_for_known(rule, known, head)
            return
        try:
            documents = self._delivery.take(key, rule, choice, letter, data)
        except MailFailed as error:
            self._fail(key, head, rule, error, entry)
            return
        if documents or entry is not None:
            self._mails.keep_taken(key, told, rule.id, documents, now)
            log.info("mail taken", account_id=key.account, rule_id=rule.id, documents=len(documents))

    def _act_for_known(self, rule: MailRule, known: Mail, head: Head) -> None:
        """Finish a mail that was taken before its server counted anew."""
        if known.state is MailState.TAKEN:
            self._act(rule, known, head)

    def _finish(self, key: MailKey, head: Head, rules: Sequence[MailRule]) -> None:
        """Do what rules say to a mail of which all is safe that any of them wanted; what takes it away comes last, and once."""
        entries = self._mails.find(key)
        if any(entry.state not in _SAFE for entry in entries):
            return
        by_rule = {entry.rule: entry for entry in entries if entry.state is MailState.TAKEN}
        due = [(rule, by_rule[rule.id]) for rule in rules if rule.id in by_rule]
        away = [pair for pair in due if pair[0].facts.action in _LAST_ACTIONS]
        for rule, entry in [*(pair for pair in due if pair not in away), *away[:1]]:
            self._act(rule, entry, head)
        for _, entry in away[1:]:
            self._mails.keep_done(entry.id, self._desk.now())

    def _act(self, rule: MailRule, entry: Mail, head: Head) -> None:
        try:
            self._box.act(head.uid, rule.facts)
        except MailFailed as error:
            self._fail(entry.key, head, rule, error, entry)
        else:
            self._mails.keep_done(entry.id, self._desk.now())

    def _fail_all(
        self, key: MailKey, head: Head, rules: Sequence[MailRule], error: MailFailed, entries: Mapping[RuleId | None, Mail]
    ) -> None:
        for rule in rules:
            if not _is_safe(entries.get(rule.id)):
                self._fail(key, head, rule, error, entries.get(rule.id))

    def _fail(self, key: MailKey, head: Head, rule: MailRule, error: MailFailed, entry: Mail | None) -> None:
        now = self._desk.now()
        again = None if error.for_good else next_try((entry.tries if entry else 0) + 1, now)
        self._mails.keep_failed(key, head_of(head), rule.id, str(error), again, now)
        log.warning("mail failed", account_id=key.account, rule_id=rule.id, error=str(error))


def _is_safe(entry: Mail | None) -> bool:
    return entry is not None and entry.state in _SAFE
