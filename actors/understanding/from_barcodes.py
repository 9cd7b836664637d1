"""What barcodes say."""

from collections.abc import Sequence

from actors.barcodes.meaning import meaning
from actors.barcodes.settings import BarcodeSettings
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.understanding.facts import Understood


def from_barcodes(pages: Sequence[Sequence[str]], settings: BarcodeSettings) -> Understood:
    """Propose the archive serial number and the tags that barcodes name."""
    facts = meaning(pages, settings)
    proposals = [Proposal(Aspect.TAG, tag, Reason(Giver.BARCODE, f"the barcode of the tag '{tag}'")) for tag in facts.tags]
    if facts.asn is not None:
        proposals.insert(0, Proposal(Aspect.ASN, facts.asn, Reason(Giver.BARCODE, f"the barcode '{facts.asn_code}'")))
    return Understood(tuple(proposals), facts.notices)
