"""All fuzz targets: one for each parser of ours."""

from collections.abc import Mapping

from tests.fuzz import barcodes, bills, clients, dates, files, pages, queries, requests, settings
from tests.fuzz.target import Target

TARGETS: Mapping[str, Target] = {
    target.name: target for room in (barcodes, queries, dates, files, pages, bills, requests, settings, clients) for target in room.TARGETS
}
