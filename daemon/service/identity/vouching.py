"""Who somebody is whom a provider vouches for. It asks the database, so it works in threads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actors.identity.names import LONGEST_NAME, BadName, shown_name
from actors.store.audit.watching import text_of
from actors.store.nouns.audit import Act, AuditNoun, Deed
from actors.store.nouns.identity import Role, User, UserFacts, UserId, Vouched
from actors.store.store import Store
from daemon.service.callers import author, caller_address
from daemon.service.identity.signing_in import known_as
from daemon.service.refusals import InvalidRequest, NotLinked, SignInRefused, Violation
from daemon.service.wire.identity import email_of


@dataclass(frozen=True, slots=True)
class VouchRules:
    """What a provider's word is good for: a new user with a role, or none without one; and the groups that a claim names.

    Without a claim, groups are those given here.
    """

    create_role: Role | None = None
    groups_claim: str = ""

    @property
    def wanted(self) -> tuple[str, ...]:
        """Name the claims that are needed besides who it is."""
        return (*(("preferred_username",) if self.create_role else ()), *((self.groups_claim,) if self.groups_claim else ()))


class Vouching:
    """Finds users by a provider's own word for them; names and addresses, which people choose there, find nobody."""

    def __init__(self, store: Store, rules: VouchRules) -> None:
        self._store, self._rules = store, rules

    def user_of(self, claims: Mapping[str, object], now: datetime) -> User:
        """Give the user whom claims are about, made now where the rules allow it.

        Raises SignInRefused for one who is disabled, NotLinked, NameTaken, InvalidRequest for a name that can be none.
        """
        vouched = vouched_by(claims)
        user = self._store.identities.find(vouched)
        if user is not None and not user.facts.enabled:
            self._tell_refused(claims, now)
            raise SignInRefused
        if user is None and self._rules.create_role is None:
            self._tell_refused(claims, now)
            raise NotLinked
        if user is None:
            facts = facts_of(claims, self._rules.create_role or Role.UPLOADER)
            user = self._acting(facts.name, None, now).identities.create(facts, vouched, now)
        self._keep_groups(user, claims, now)
        return user

    def link(self, user_id: UserId, claims: Mapping[str, object], now: datetime) -> User:
        """Let the provider's word stand for a user from now on. Raises SignInRefused, IdentityTaken, ServiceHasNoPassword, UserNotFound."""
        known = self._store.users.get(user_id)
        if not known.facts.enabled:
            raise SignInRefused
        user = self._acting(known.facts.name, user_id, now).identities.link(user_id, vouched_by(claims), now)
        self._keep_groups(user, claims, now)
        return user

    def _keep_groups(self, user: User, claims: Mapping[str, object], now: datetime) -> None:
        if self._rules.groups_claim:
            told = claims.get(self._rules.groups_claim)
            names = told if isinstance(told, list) else [told]
            wanted = [name for name in names if isinstance(name, str) and name]
            self._acting(user.facts.name, user.id, now).identities.set_groups(user.id, wanted)

    def _acting(self, name: str, user: UserId | None, now: datetime) -> Store:
        return self._store.acting(known_as(name, user, caller_address()), lambda: now)

    def _tell_refused(self, claims: Mapping[str, object], now: datetime) -> None:
        """Let the audit tell who was refused, by the name that the provider gives, or else by its word for him."""
        name = text_of(str(claims.get("preferred_username") or claims["sub"]), LONGEST_NAME)
        self._store.acting(author(), lambda: now).audit.note(Deed(Act.REFUSED, AuditNoun.USER, name=name))


def vouched_by(claims: Mapping[str, object]) -> Vouched:
    """Tell who it is for the provider."""
    return Vouched(str(claims["iss"]), str(claims["sub"]))


def facts_of(claims: Mapping[str, object], role: Role) -> UserFacts:
    """Tell what a new user is called; raises InvalidRequest where nothing can be a name."""
    told = next((text for key in ("preferred_username", "name", "email") if isinstance(text := claims.get(key), str) and text), "")
    try:
        name = shown_name(told)
    except BadName as error:
        raise InvalidRequest(Violation("name", f"as the provider tells it {error}")) from None
    try:
        email = email_of(str(claims.get("email") or ""))
    except InvalidRequest:  # who has no address that we can keep is let in all the same
        email = ""
    return UserFacts(name, role, email=email)
