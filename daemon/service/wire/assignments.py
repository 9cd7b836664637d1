"""Who gave which value: ours and the contract's, in pairs."""

from actors.store.errors import AssignmentNotFound
from actors.store.nouns.assignments import Aspect, Assignment, AssignmentId, Giver
from daemon.service.wire.values import number, timestamp
from scriba.v1 import assignments_pb2 as pb

ASPECTS = {aspect: pb.Aspect.Value(f"ASPECT_{aspect.value.upper()}") for aspect in Aspect}
GIVERS = {giver: pb.Giver.Value(f"GIVER_{giver.name}") for giver in Giver}


def assignment_message(assignment: Assignment) -> pb.Assignment:
    """Tell who gave a value, and why."""
    return pb.Assignment(
        id=str(assignment.id),
        time=timestamp(assignment.time),
        aspect=ASPECTS[assignment.aspect],
        field=assignment.subject,
        value=assignment.value,
        before=assignment.before,
        giver=GIVERS[assignment.reason.giver],
        reason=assignment.reason.words,
        score=assignment.reason.score,
        undone=assignment.undone,
    )


def assignment_id(text: str) -> AssignmentId:
    """Read an id; raises AssignmentNotFound for one that no assignment can have."""
    if not (row := number(text)):
        raise AssignmentNotFound(f"{text!r}")
    return AssignmentId(row)
