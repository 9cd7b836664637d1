"""All fuzz targets: one for each parser of ours."""

from collections.abc import Mapping

from tests.fuzz import (
    barcodes,
    bills,
    certificates,
    clients,
    dates,
    deliveries,
    egress,
    files,
    learned,
    likeness,
    mailboxes,
    page_lists,
    pages,
    queries,
    requests,
    rules,
    schedules,
    sealing,
    settings,
    templates,
    words,
    workflows,
)
from tests.fuzz.target import Target

ROOMS = (
    barcodes,
    bills,
    certificates,
    clients,
    dates,
    deliveries,
    egress,
    files,
    learned,
    likeness,
    mailboxes,
    page_lists,
    pages,
    queries,
    requests,
    rules,
    schedules,
    sealing,
    settings,
    templates,
    words,
    workflows,
)
TARGETS: Mapping[str, Target] = {target.name: target for room in ROOMS for target in room.TARGETS}
