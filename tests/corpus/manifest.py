"""The list of the corpus: real documents, and what is expected of each."""

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(os.environ.get("SCRIBA_CORPUS") or Path(__file__).parents[2].parent / "shared" / "corpus")
MISSING = f"the corpus of real documents is not at {CORPUS}: set SCRIBA_CORPUS"
_QUOTES_AND_REMARKS = re.compile(r'"([^"]+)"|\([^()]*\)')
_MAY_FAIL = re.compile(r"^error:|else error:")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the corpus."""

    name: str
    sha256: str
    expect: str

    @property
    def path(self) -> Path:
        """Say where it is."""
        return CORPUS / self.name

    @property
    def phrases(self) -> list[str]:
        """Give what must be found in it; what is quoted in parentheses is a remark."""
        if not self.expect.startswith(("text", "subject")):
            return []
        return [match[1] for match in _QUOTES_AND_REMARKS.finditer(self.expect) if match[1]]

    @property
    def may_fail(self) -> bool:
        """Tell whether it may be beyond reading."""
        return bool(_MAY_FAIL.search(self.expect))

    @property
    def is_trouble(self) -> bool:
        """Tell whether a person must see that something is wrong with it; what is no mail is text."""
        return self.expect.startswith("error:") and " or " not in self.expect and not self.expect.startswith("error:not-a-mail")


def papers() -> list[Paper]:
    """Read the list; nothing where the corpus is not there."""
    listing = CORPUS / "MANIFEST.tsv"
    if not listing.exists():
        return []
    with listing.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Paper(row["path"], row["sha256"], row["expect"]) for row in rows]
