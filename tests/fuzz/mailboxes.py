"""What any server may say of mails."""

from collections.abc import Iterator

from actors.mail.answers import AnswerUnreadable, Piece, read_fetched
from actors.mail.structure import leaves_of, may_be_wanted
from actors.store.nouns.mail import AccountId, RuleFacts, Scope
from tests.fuzz.target import Target

RULE = RuleFacts("any", AccountId(1))


def _pieces(data: bytes) -> Iterator[Piece]:
    """Cut bytes into pieces as imaplib does: where a literal is announced, what follows is one."""
    for line in data.split(b"\n"):
        text, literal, after = line.partition(b"\xff")
        yield (text, after) if literal else text


def fuzz_fetched(data: bytes) -> None:
    """Any answer is read, or told to be none; where nothing is known of a mail's parts, it is fetched."""
    try:
        answers = list(read_fetched(_pieces(data)))
    except AnswerUnreadable:
        return
    for answer in answers:
        assert all(name == name.upper() for name in answer)
        leaves = list(leaves_of(answer.get(b"BODYSTRUCTURE")))
        assert leaves or may_be_wanted(leaves, RULE)
        assert may_be_wanted(leaves, RuleFacts("any", AccountId(1), scope=Scope.MAIL))


TARGETS = (
    Target(
        fuzz_fetched,
        (
            b'1 (UID 7 RFC822.SIZE 20 BODYSTRUCTURE ("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 12 1 NIL ("inline" NIL) NIL))',
            b'2 (UID 8 BODYSTRUCTURE (("text" "plain" NIL NIL NIL "7bit" 1 1)("application" "pdf" ("name" {5}\xffa.pdf\n)) "mixed"))',
            b"3 (UID 9 BODY[HEADER.FIELDS (FROM TO)] {9}\xffFrom: a@b\n)\n4 (FLAGS (\\Seen))",
        ),
    ),
)
