"""What the servicers themselves refuse. Each says what the caller can do; around/errors.py gives each its status."""

import math
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A field of the request and what is wrong with it."""

    field: str
    description: str


class Refusal(Exception):
    """Why a call is refused, in words for a person."""


class NotSignedIn(Refusal):
    """Wants a valid token."""

    def __init__(self) -> None:
        super().__init__("a valid token is needed in the metadata 'authorization: Bearer TOKEN'")


class CalledFromElsewhere(NotSignedIn):
    """Wants to come from a page of this archive: a browser sends the session's cookie along whoever has it call."""

    def __init__(self) -> None:
        Refusal.__init__(self, "a browser's session counts in calls from this archive's own pages alone, and this one came from elsewhere")


class UnknownToProxy(NotSignedIn):
    """Wants to be added, or enabled: the proxy lets in somebody who is no user here."""

    def __init__(self, name: str) -> None:
        Refusal.__init__(
            self, f"the proxy says that you are {name!r}, who is no user of this archive, or a disabled one: ask an administrator"
        )


class NoSession(Refusal):
    """Wants to sign out where he has signed in."""

    def __init__(self) -> None:
        super().__init__("a proxy says who you are, so there is no session here to end: sign out there")


class RightsChanged(Refusal):
    """Wants to be called again: what a stream began to tell, its caller may not see any more, or may see more of."""

    def __init__(self) -> None:
        super().__init__("your rights have changed: call again")


class RoleTooLow(Refusal):
    """Wants a token with a higher role."""

    def __init__(self, least: str) -> None:
        super().__init__(f"this needs the role {least}")
        self.least = least


class ScopeMissing(Refusal):
    """Wants a token that is bound to other scopes, or to none."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"this token is bound to scopes, and {scope} is none of them")
        self.scope = scope


class NotYours(Refusal):
    """Wants an administrator: documents of others, and those that bear a label, are not one's own to grant."""

    def __init__(self) -> None:
        super().__init__("you can grant your own documents alone; those of others, and those that bear a label, an administrator")


class OwnerNotYours(Refusal):
    """Wants an administrator: what one brings is one's own, or nobody's."""

    def __init__(self) -> None:
        super().__init__("what you bring is yours or nobody's; an administrator can bring it for somebody else")


class SignInRefused(Refusal):
    """Wants another name, password or code; which of them is nobody's business."""

    def __init__(self) -> None:
        super().__init__("the name, the password or the one-time code is wrong, or the user is disabled")


class NotLinked(SignInRefused):
    """Wants to be linked, by himself once signed in, or to be added."""

    def __init__(self) -> None:
        Refusal.__init__(
            self, "no user of this archive is linked to this sign-in: sign in by your password and link it, or ask an administrator"
        )


class PasswordsOff(Refusal):
    """Wants to sign in by the provider, or the proxy, that the archive trusts: nobody's password is asked for."""

    def __init__(self) -> None:
        super().__init__(
            "passwords let nobody in here (disable_regular_login): sign in with a browser, and give programs access tokens; "
            "on the archive's own machine no sign-in is needed"
        )


class SignInExpired(SignInRefused):
    """Wants to begin again, in the browser that will come back."""

    def __init__(self) -> None:
        Refusal.__init__(self, "this sign-in took too long, was used already, or was begun in another browser or at another address")


class MailNotSent(Refusal):
    """Wants another try later: the mail server was not reached, or asks for that."""


class MailRefused(Refusal):
    """The mail server does not take it as it is."""


class NoticeNotSent(Refusal):
    """Wants another try later: the service was not reached, or asks for that."""


class NoticeRefused(Refusal):
    """The service does not take it as it is."""


class TooManyMails(Refusal):
    """Wants a pause."""

    def __init__(self, most: int, seconds: float) -> None:
        super().__init__(f"e-mails to more than {most} recipients within an hour: try again in {math.ceil(seconds / 60)} min")
        self.seconds = seconds


class TooManyAtOnce(Refusal):
    """Wants a moment."""

    def __init__(self) -> None:
        super().__init__("too many are signing in at once; try again in a moment")


class SecondFactorLost(SignInRefused):
    """Wants a recovery code, or an administrator: nobody can tell which one-time codes are right."""

    def __init__(self) -> None:
        Refusal.__init__(
            self, "one-time codes can't be checked, since secrets/secrets.key is another: use a recovery code, or ask an administrator"
        )


class SecondFactorNeeded(Refusal):
    """Wants a one-time code as well."""

    def __init__(self) -> None:
        super().__init__("a one-time code is needed too: that of the app, or a recovery code")


class ClusterClosed(Refusal):
    """Wants other machines to be allowed."""

    def __init__(self) -> None:
        super().__init__("no other machine may join this archive: start it with --cluster, or with cluster = true in the settings")


class MachineMisfit(Refusal):
    """Wants a machine with other versions, or another time."""


class HeadStays(Refusal):
    """Wants a machine that has joined."""

    def __init__(self) -> None:
        super().__init__("the head runs the archive: it neither rests nor leaves")


class TooManyFailures(Refusal):
    """Wants a pause."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many failures: try again in {math.ceil(seconds)} s")
        self.seconds = seconds


class NoAccount(Refusal):
    """Wants to be called by a user who has signed in."""

    def __init__(self) -> None:
        super().__init__("this token belongs to no user: sign in as one")


class NotAService(Refusal):
    """Wants a service account; a person makes his own tokens."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a person, who makes his own tokens once signed in")


class DeadlineExceeded(Refusal):
    """Wants more patience or a smaller request."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done within {seconds:.1f} s")


class ShuttingDown(Refusal):
    """Wants the call again in a moment."""

    def __init__(self) -> None:
        super().__init__("the server is shutting down; call again in a moment")


class InvalidRequest(Refusal):
    """Wants other fields."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__("; ".join(f"{violation.field}: {violation.description}" for violation in violations[:3]))
        self.violations = violations


class PathRefused(Refusal):
    """Wants a mask of paths that can be changed."""

    def __init__(self, path: str, allowed: Collection[str]) -> None:
        super().__init__(f"update_mask: '{path}' cannot be changed; these can: {', '.join(allowed)}")
        self.path, self.allowed = path, allowed


class TokenMismatch(Refusal):
    """Wants the token that came with an answer to this query."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} was damaged or belongs to another query; begin again without it")
        self.field = field


class NoSuchDocument(Refusal):
    """Wants an id that a document can have."""

    def __init__(self, text: str) -> None:
        super().__init__(f"there is no document {text!r}")
        self.text = text


class NoSuchJob(Refusal):
    """Wants an id that a job can have."""

    def __init__(self, text: str) -> None:
        super().__init__(f"there is no job {text!r}")
        self.text = text


class QueryRefused(Refusal):
    """Wants a query that follows the grammar. `column` counts code points from 1."""

    def __init__(self, field: str, column: int, expected: str, explanation: str) -> None:
        super().__init__(explanation)
        self.field, self.column, self.expected = field, column, expected


class HiddenDuplicate(Refusal):
    """Wants a word with who owns the document that holds these bytes."""

    def __init__(self) -> None:
        super().__init__("these very bytes are in the archive already, in a document that you may not see: ask an administrator")


class UploadNotFound(Refusal):
    """Wants an upload that was begun."""

    def __init__(self, request_id: str) -> None:
        super().__init__(f"no upload '{request_id}' was begun, or it is too old; begin it again")


class UploadBusy(Refusal):
    """Wants the other call of the same upload to end first."""

    def __init__(self, request_id: str) -> None:
        super().__init__(f"another call is sending upload '{request_id}'")


class UploadOffsetWrong(Refusal):
    """Wants the call to go on where the upload stands."""

    def __init__(self, offset: int, received: int) -> None:
        super().__init__(f"start.offset is {offset}, but {received} bytes have arrived; go on from there")
        self.received = received


class UploadIncomplete(Refusal):
    """Wants the rest of the bytes."""

    def __init__(self, received: int, size: int) -> None:
        super().__init__(f"the stream ended after {received} of {size} bytes; go on from there")
        self.received = received


class NoArchive(Refusal):
    """Wants the original."""

    def __init__(self) -> None:
        super().__init__("the document has no archive file; its original is the one to read")


class NoThumbnail(Refusal):
    """Wants patience, or does without a picture."""

    def __init__(self) -> None:
        super().__init__("the document has no thumbnail: it was not rendered yet, or cannot be")


class NoText(Refusal):
    """Wants patience."""

    def __init__(self) -> None:
        super().__init__("the document has no text: it was not read yet, or cannot be")


class OutOfRange(Refusal):
    """Wants a page or an offset that exists."""

    def __init__(self, field: str, value: int, least: int, most: int) -> None:
        super().__init__(f"{field} is {value}; it can be {least} to {most}")
        self.field, self.most = field, most


class NotEncrypted(Refusal):
    """Wants an encrypted document."""

    def __init__(self) -> None:
        super().__init__("the document is not encrypted")
