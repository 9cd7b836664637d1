"""The passwords of workflows, which are told to nobody: a client gets their numbers, and sends these back to leave them as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actors.store.nouns.workflows import Password, RemovePassword, WorkflowFacts
from daemon.service.refusals import Violation
from daemon.service.wire.webhooks import Seal
from scriba.v1 import workflows_pb2 as pb

MOST_PASSWORDS = 20
LONGEST_PASSWORD = 1_024


def kept_passwords(facts: WorkflowFacts | None) -> dict[int, Password]:
    """Give the passwords that a workflow keeps, by their numbers."""
    actions = () if facts is None else facts.actions
    kept = (password for action in actions if isinstance(action, RemovePassword) for password in action.passwords)
    return {password.number: password for password in kept}


def remove_password_message(action: RemovePassword) -> pb.RemovePasswordAction:
    """Tell which passwords there are, and none of them."""
    return pb.RemovePasswordAction(kept=[password.number for password in action.passwords])


@dataclass
class PasswordReader:
    """Reads the passwords of one workflow, which keeps some already; a new one gets a number that none of these had."""

    seal: Seal
    kept: Mapping[int, Password] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._last = max(self.kept, default=0)

    def read(self, told: pb.RemovePasswordAction) -> RemovePassword:
        """Read one action; what `violations` finds wrong is left out."""
        stay = [self.kept[number] for number in dict.fromkeys(told.kept) if number in self.kept]
        return RemovePassword((*stay, *map(self._new, told.passwords)))

    def violations(self, place: str, told: pb.RemovePasswordAction) -> Sequence[Violation]:
        """Say what is wrong with one action, and nothing of a password."""
        wrong = [
            Violation(f"{place}.kept", f"the workflow keeps no password {number}: send it anew")
            for number in told.kept
            if number not in self.kept
        ]
        if not 1 <= len(told.passwords) + len(told.kept) <= MOST_PASSWORDS:
            wrong.append(Violation(f"{place}.passwords", f"must be 1 to {MOST_PASSWORDS}, with those that are kept"))
        for number, password in enumerate(told.passwords):
            if not 1 <= len(password) <= LONGEST_PASSWORD or "\0" in password:
                wrong.append(Violation(f"{place}.passwords[{number}]", f"must have 1 to {LONGEST_PASSWORD:,} characters, without NUL"))
        return wrong

    def _new(self, text: str) -> Password:
        self._last += 1
        return Password(self._last, self.seal(text))
