"""What is done to a mail on its server, once all that was wanted of it is safe."""

from imap_tools.imap_utf7 import utf7_encode
from imap_tools.utils import encode_folder

from actors.egress.imap import VettedMailBox
from actors.mail.errors import MailFailed
from actors.store.nouns.mail import MailAction, RuleFacts

APPLE = "apple:"
# Apple's colours are three keywords, read as a number beside \Flagged.
_BITS = ("$MailFlagBit0", "$MailFlagBit1", "$MailFlagBit2")
_COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "gray")
_GMAIL = "X-GM-EXT-1"
_NO_ATOM = frozenset('(){%*"\\] ')


def mark(box: VettedMailBox, uid: int, rule: RuleFacts, keywords: frozenset[str]) -> None:
    """Do what a rule wants; `keywords` are those that its folder keeps, in small letters. Raises MailFailed, and as `told_imap` says."""
    match rule.action:
        case MailAction.NOTHING:
            return
        case MailAction.MARK_READ:
            _store(box, uid, "+FLAGS", "(\\Seen)")
        case MailAction.FLAG:
            _store(box, uid, "+FLAGS", "(\\Flagged)")
        case MailAction.TAG:
            _tag(box, uid, rule.parameter, keywords)
        case MailAction.MOVE:
            _move(box, uid, rule.parameter)
        case MailAction.DELETE:
            _remove(box, uid)


def _tag(box: VettedMailBox, uid: int, name: str, keywords: frozenset[str]) -> None:
    if name.startswith(APPLE):
        _colour(box, uid, name.removeprefix(APPLE), keywords)
    elif _GMAIL in box.client.capabilities:
        _store(box, uid, "+X-GM-LABELS", b"(" + encode_folder(name) + b")")
    else:
        keyword = utf7_encode(name.replace(" ", "_")).decode("ascii")
        if not keyword or _NO_ATOM.intersection(keyword) or not keyword.isprintable():
            raise MailFailed(f"“{name}” can't be a keyword", for_good=True)
        _require(keywords, keyword)
        _store(box, uid, "+FLAGS", f"({keyword})")


def _colour(box: VettedMailBox, uid: int, colour: str, keywords: frozenset[str]) -> None:
    if colour not in _COLOURS:
        raise MailFailed(f"there is no colour “{colour}”: {', '.join(_COLOURS)}", for_good=True)
    _require(keywords, _BITS[0])
    number = _COLOURS.index(colour)
    unset = [bit for place, bit in enumerate(_BITS) if not number >> place & 1]
    kept = " ".join(bit for bit in _BITS if bit not in unset)
    _store(box, uid, "+FLAGS", f"(\\Flagged {kept})".replace(" )", ")"))
    if unset:
        _store(box, uid, "-FLAGS", f"({' '.join(unset)})")


def _require(keywords: frozenset[str], keyword: str) -> None:
    """Refuse a keyword that the folder would lose; one that tells nothing may keep all."""
    if keywords and "\\*" not in keywords and keyword.lower() not in keywords:
        raise MailFailed("its folder keeps no keywords")


def _move(box: VettedMailBox, uid: int, folder: str) -> None:
    if "MOVE" in box.client.capabilities:
        box.ordered("MOVE", str(uid), encode_folder(folder))
        return
    # One that is marked was copied before the connection broke off: it must not be there twice.
    if not _is_marked(box, uid):
        box.ordered("COPY", str(uid), encode_folder(folder))
    _remove(box, uid)


def _remove(box: VettedMailBox, uid: int) -> None:
    """Remove one mail; where one alone can't be, it is only marked: others that somebody has marked are not ours to remove."""
    _store(box, uid, "+FLAGS", "(\\Deleted)")
    if "UIDPLUS" in box.client.capabilities:
        box.ordered("EXPUNGE", str(uid))


def _is_marked(box: VettedMailBox, uid: int) -> bool:
    answers = box.ordered("FETCH", str(uid), "(UID FLAGS)")
    return any(isinstance(answer, bytes) and b"\\deleted" in answer.lower() for answer in answers)


def _store(box: VettedMailBox, uid: int, item: str, value: str | bytes) -> None:
    box.ordered("STORE", str(uid), item, value)
