"""Whether a machine fits in a cluster: what travels between its machines is Python's and Ray's own, and differs from version to version."""

from datetime import datetime, timedelta

from daemon.service.opened import Versions

# Certificates begin a day early, but leases and late pages are judged by clocks, and a person reads times of all machines.
MOST_CLOCK_DIFFERENCE = timedelta(minutes=5)


def misfit(head: Versions, machine: Versions) -> str:
    """Say in words how a machine's versions do not fit, and what to do; '' where they do."""
    if machine.scriba != head.scriba:
        return f"the head runs Scriba {head.scriba} and this machine {machine.scriba}: install the head's version here"
    if machine.python_minor != head.python_minor:
        return f"the head runs Python {head.python_minor} and this machine {machine.python_minor}: both need the same, to the second number"
    if machine.ray != head.ray:
        return f"the head runs Ray {head.ray} and this machine {machine.ray}: install ray=={head.ray} here"
    return ""


def clock_misfit(head: datetime, machine: datetime) -> str:
    """Say in words how far a machine's clock is off; '' where it is right enough."""
    difference = machine - head
    if abs(difference) <= MOST_CLOCK_DIFFERENCE:
        return ""
    way = "ahead of" if difference > timedelta() else "behind"
    return f"this machine's clock is {_span(abs(difference))} {way} the head's: set it, best by a time server"


def _span(difference: timedelta) -> str:
    minutes = round(difference.total_seconds() / 60)
    for size, word in ((60 * 24, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{minutes // size} {word}"
    return f"{minutes} minutes"
