"""The way of a document, step by step."""

from enum import StrEnum


class Step(StrEnum):
    """Every document goes this way, in this order; a job names the step at work or, once ended, the last one."""

    SEEN = "seen"
    ACCEPTED = "accepted"
    RENDERED = "rendered"
    READ = "read"
    BOUND = "bound"
    UNDERSTOOD = "understood"
    INDEXED = "indexed"
    READY = "ready"
