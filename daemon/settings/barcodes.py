"""Settings of barcodes on pages."""

from collections.abc import Mapping
from typing import Annotated

import regex  # type: ignore[import-untyped]  # the package has no types
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_settings import NoDecode

from actors.barcodes.settings import TAG_MAPPING, BarcodeSettings
from daemon.settings.words import read_mapping


def _check_substitutes(mapping: Mapping[str, str]) -> Mapping[str, str]:
    for pattern, substitute in mapping.items():
        try:
            regex.compile(pattern)
            # What is made of nothing at all shows whether the groups are there that it names.
            regex.compile(f"(?:{pattern})|").sub(substitute, "")
        except regex.error as error:
            raise ValueError(f"{pattern}: must be a regular expression and what is made of it; {error}") from error
    return mapping


TagMapping = Annotated[
    Mapping[str, str],
    NoDecode,
    BeforeValidator(read_mapping),
    AfterValidator(_check_substitutes),
    Field(max_length=1_000),
]


class BarcodeSection(BaseModel):
    """What barcodes are looked for, and what they mean."""

    consumer_enable_barcodes: bool = Field(
        False, description="Divide scans at separator sheets and, where they are read, at archive serial numbers; TIFF files, too."
    )
    consumer_barcode_string: str = Field("PATCHT", min_length=1, max_length=200, description="What a separator sheet's barcode says.")
    consumer_barcode_retain_split_pages: bool = Field(
        False, description="Keep separator sheets, each as the first page of what follows it; else they are left out."
    )
    consumer_enable_asn_barcode: bool = Field(False, description="Take archive serial numbers from barcodes.")
    consumer_asn_barcode_prefix: str = Field(
        "ASN", min_length=1, max_length=200, description="How such a barcode begins; the digits behind it are the number."
    )
    consumer_enable_tag_barcode: bool = Field(False, description="Take tags from barcodes.")
    consumer_tag_barcode_mapping: TagMapping = Field(
        dict(TAG_MAPPING),
        description="Regular expressions and what tag is made of a barcode that begins so, as JSON; the first that matches counts.",
    )
    consumer_tag_barcode_split: bool = Field(False, description="A page with a barcode that is a tag begins a document of its own.")
    consumer_barcode_dpi: int = Field(300, ge=72, le=1_200, description="Dots per inch at which barcodes are looked for on PDF pages.")
    consumer_barcode_upscale: float = Field(
        0, ge=0, le=10, description="Enlarge pages by this factor before barcodes are looked for, if it is above 1; helps with small ones."
    )
    consumer_barcode_max_pages: int = Field(0, ge=0, le=100_000, description="Look for barcodes on the first pages only; 0 looks on all.")

    def barcodes(self) -> BarcodeSettings:
        """Give what barcodes mean."""
        return BarcodeSettings(
            separate=self.consumer_enable_barcodes,
            separator=self.consumer_barcode_string,
            keep_separators=self.consumer_barcode_retain_split_pages,
            asn=self.consumer_enable_asn_barcode,
            asn_prefix=self.consumer_asn_barcode_prefix,
            tags=self.consumer_enable_tag_barcode,
            tag_mapping=tuple(self.consumer_tag_barcode_mapping.items()),
            separate_at_tags=self.consumer_tag_barcode_split,
        )
