"""How somebody proves who he is. Hashing takes time and memory on purpose, so all of this works in threads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import BoundedSemaphore

from actors.identity.names import LONGEST_NAME
from actors.identity.one_time_codes import new_recovery_codes, plain_recovery_code, step_of
from actors.identity.passwords import WeakPassword, check_password, hash_password, verify_password
from actors.identity.throttle import Throttle
from actors.identity.tokens import digest, new_token, plain_code
from actors.sealing.errors import CannotUnseal
from actors.sealing.seals import Seals
from actors.store.audit.watching import text_of
from actors.store.catalog.label_rows import name_key
from actors.store.errors import StoreError
from actors.store.identity.errors import InvitationUsedUp, TokenNotFound, UserNotFound
from actors.store.nouns.audit import Act, AuditNoun, Author, AuthorKind, Deed
from actors.store.nouns.identity import NewToken, Token, TokenId, TokenKind, User, UserId
from actors.store.store import Store
from daemon.service.callers import author, caller_address
from daemon.service.refusals import (
    InvalidRequest,
    PasswordsOff,
    SecondFactorLost,
    SecondFactorNeeded,
    SignInRefused,
    TooManyFailures,
    Violation,
)
from daemon.service.wire.identity import shown_name

SESSION = timedelta(days=30)
# Failures that cost nothing: of one address at one account; of all at an account; of an address at all. The first is the promise of
# security, the other two slow down those who have many addresses, or many names.
FREE_OF_BOTH, FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 30, 30
# Each takes 64 MiB of memory and 4 threads for a moment.
HASHED_AT_ONCE = 2


class SignIns:
    """Lets in who knows a password, and makes guessing slow.

    `clock` counts seconds and never jumps; `now` is the time of day. Without `passwords` nobody begins a session by one; codes of
    invitations are still good, so that who was invited can sign in once, and link himself to a provider. `count_refused` hears of each
    refusal whether the word was wrong, or its sayer must wait.
    """

    def __init__(
        self,
        store: Store,
        seals: Seals,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        passwords: bool = True,
        count_refused: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._passwords, self._count_refused = passwords, count_refused
        self._store, self._users, self._invitations = store, store.users, store.invitations
        self._seals, self._now, self._clock = seals, now, clock
        self._both, self._account, self._address = Throttle(FREE_OF_BOTH), Throttle(FREE_OF_ACCOUNT), Throttle(FREE_OF_ADDRESS)
        self._hashing = BoundedSemaphore(HASHED_AT_ONCE)

    def sign_in(self, name: str, password: str, code: str, client: str, address: str) -> tuple[str, Token, User]:
        """Begin a session, and give its secret once. Raises SignInRefused, SecondFactorNeeded, TooManyFailures, PasswordsOff."""
        if not self._passwords:
            raise PasswordsOff
        with self._guessed(name, address):
            user = self._proven(self._find(name), password)
            self._check_code(user, code)
        return self.begin(user, client)

    def has_administrator(self) -> bool:
        """Tell whether the first administrator has come. Raises StoreUnavailable."""
        return self._users.has_administrator()

    def confirm(self, user_id: UserId, password: str, address: str) -> User:
        """Ask a user who has signed in for the password again. Raises SignInRefused, TooManyFailures."""
        user = self._users.get(user_id)
        with self._guessed(user.facts.name, address):
            return self._proven(user, password)

    def change_password(self, user_id: UserId, password: str, new: str, address: str, kept: TokenId | None) -> None:
        """Set another password, which ends all sessions but one. Raises SignInRefused, TooManyFailures, InvalidRequest."""
        user = self.confirm(user_id, password, address)
        self._signed(author()).users.set_password(user_id, self._hashed(new, user.facts.name), kept)

    def invited(self, code: str, address: str) -> tuple[str, datetime]:
        """Tell for whom an invitation is, '' for the first administrator, and how long it holds.

        Raises InvitationUsedUp, TooManyFailures.
        """
        with self._guessed("", address):
            return self._invitations.get(digest(plain_code(code)), self._now())

    def accept(self, code: str, name: str, password: str, client: str, address: str) -> tuple[str, Token, User]:
        """Let somebody who was invited choose a password, and begin a session.

        Raises InvitationUsedUp, TooManyFailures, InvalidRequest, NameTaken.
        """
        invited, _ = self.invited(code, address)
        chosen = invited or shown_name("user_name", name)
        hashed = self._hashed(password, chosen)
        known = self._find(invited) if invited else None
        comes = known_as(chosen, None if known is None else known.id, address)
        user = self._signed(comes).invitations.accept(digest(plain_code(code)), chosen, hashed, self._now())
        return self.begin(user, client)

    def end(self, user_id: UserId, token: TokenId) -> None:
        """End a session, if it has not ended by itself."""
        with suppress(TokenNotFound):
            self._signed(author()).tokens.revoke(user_id, token)

    def set_second_factor(self, user: User, secret: str, code: str) -> tuple[str, ...]:
        """Ask a user for one-time codes from now on, and give recovery codes once. Raises InvalidRequest for a wrong code."""
        step = step_of(secret, code, self._now(), 0)
        if step is None:
            raise InvalidRequest(Violation("one_time_code", "is not what the app shows now: look whether this machine's clock is right"))
        codes = new_recovery_codes()
        self._signed(author()).users.set_second_factor(user.id, self._seals.seal(secret), step, [digest(each) for each in codes])
        return codes

    @contextmanager
    def _guessed(self, name: str, address: str) -> Iterator[None]:
        """Count what is refused inside, and refuse at once who must wait."""
        now, account = self._clock(), name_key(name)
        counted = [(self._both, f"{account}\0{address}"), (self._address, address)] + ([(self._account, account)] if account else [])
        if (pause := max(throttle.pause(key, now) for throttle, key in counted)) > 0:
            self._count_refused("must_wait")
            raise TooManyFailures(pause)
        try:
            yield
        except (SignInRefused, InvitationUsedUp):
            for throttle, key in counted:
                throttle.failed(key, now)
            self._count_refused("wrong")
            self._tell_refused(name)
            raise
        for throttle, key in counted:
            if throttle is not self._address:  # a right password of one's own must not let one guess at others' for ever
                throttle.succeeded(key)

    def _tell_refused(self, name: str) -> None:
        """Let the audit tell which name was tried, as it was given: nobody knows here whether there is such a user."""
        deed = Deed(Act.REFUSED, AuditNoun.USER, name=text_of(name, LONGEST_NAME))
        with suppress(StoreError):  # a disk that fails must not tell a wrong password from a right one
            self._signed(author()).audit.note(deed)

    def _signed(self, who: Author) -> Store:
        return self._store.acting(who, self._now)

    def _find(self, name: str) -> User | None:
        try:
            return self._users.find(name)
        except UserNotFound:
            return None

    def _proven(self, user: User | None, password: str) -> User:
        kept = "" if user is None else self._users.credentials(user.id).password_hash
        with self._hashing:
            verdict = verify_password(kept, password)
        if user is None or not verdict.right or not user.facts.enabled:
            raise SignInRefused
        if verdict.rehashed:
            self._users.rehash(user.id, kept, verdict.rehashed)
        return user

    def _check_code(self, user: User, code: str) -> None:
        if not user.has_second_factor:
            return
        if not code.strip():
            raise SecondFactorNeeded
        credentials = self._users.credentials(user.id)
        try:
            step = step_of(self._seals.unseal(credentials.secret), code, self._now(), credentials.last_step)
            refused: SignInRefused = SignInRefused()
        except CannotUnseal:
            step, refused = None, SecondFactorLost()
        if step is not None and self._users.use_step(user.id, step):
            return
        proven = self._signed(known_as(user.facts.name, user.id, caller_address()))
        if not proven.users.use_recovery_code(user.id, digest(plain_recovery_code(code))):
            raise refused

    def begin(self, user: User, client: str) -> tuple[str, Token, User]:
        """Begin a session for somebody who has proven who he is, and give its secret once."""
        secret, now = new_token(), self._now()
        session = NewToken(user.id, TokenKind.SESSION, client, digest(secret), expire_time=now + SESSION)
        token = self._signed(known_as(user.facts.name, user.id, caller_address())).tokens.create(session, now)
        return secret, token, self._users.get(user.id)

    def _hashed(self, password: str, name: str) -> str:
        try:
            check_password(password, name)
        except WeakPassword as error:
            raise InvalidRequest(Violation("new_password", str(error))) from None
        with self._hashing:
            return hash_password(password)


def known_as(name: str, user: UserId | None, address: str) -> Author:
    """Name somebody who has proven who he is, by no token yet."""
    return Author(AuthorKind.USER, name, user, address=address)
