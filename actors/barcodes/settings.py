"""What barcodes mean to this archive."""

from dataclasses import dataclass

# Regular expression → what a tag is made of it, as `regex.sub` understands it.
TAG_MAPPING = (("TAG:(.*)", r"\g<1>"),)


@dataclass(frozen=True, slots=True)
class BarcodeSettings:
    """Which barcodes are heeded, and how.

    `separate` lets sheets that bear `separator` divide a scan, and, with `asn`, pages with an archive serial number, too. `tag_mapping` is
    gone through in order; the first expression that matches a code, whatever its case, makes the tag.
    """

    separate: bool = False
    separator: str = "PATCHT"
    keep_separators: bool = False
    asn: bool = False
    asn_prefix: str = "ASN"
    tags: bool = False
    tag_mapping: tuple[tuple[str, str], ...] = TAG_MAPPING
    separate_at_tags: bool = False

    @property
    def wanted(self) -> bool:
        """Tell whether barcodes are worth reading."""
        return self.separate or self.asn or self.tags

    @property
    def may_separate(self) -> bool:
        """Tell whether barcodes can make several documents of one."""
        return self.separate or (self.tags and self.separate_at_tags)
