"""What is written for people, cut into the pieces that can be checked."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_INLINE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
_TABLE_CODE = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced piece of a page."""

    kind: str
    text: str


def name_of(page: Path) -> str:
    """Name a page as people do."""
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> list[Block]:
    """Give the fenced pieces."""
    return [Block(kind, text) for kind, text in _FENCE.findall(page.read_text(encoding="utf-8"))]


def prose(page: Path) -> str:
    """Give what is not fenced."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def inline_code(page: Path) -> list[str]:
    """Give what stands between back-ticks in the text."""
    return _INLINE.findall(prose(page))


def links(page: Path) -> list[str]:
    """Give what the page links to inside the repository."""
    return [target for target in _LINK.findall(prose(page)) if not target.startswith(("http://", "https://"))]


def anchors(page: Path) -> set[str]:
    """Give the headings as a link names them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(prose(page))}


def first_column(page: Path, heading: str) -> list[str]:
    """Give the code in the first column of the tables under a heading."""
    section = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return _TABLE_CODE.findall(next(part for part in section if part.startswith(f"{heading}\n")))


def commands(page: Path) -> Iterator[list[str]]:
    """Give every command line that the page shows, in fenced pieces and in the text, as words."""
    for block in blocks(page):
        if block.kind == "sh":
            yield from (shlex.split(line) for line in block.text.splitlines() if line)
        if block.kind == "console":
            yield from (shlex.split(line[2:]) for line in block.text.splitlines() if line.startswith("$ "))
    yield from (shlex.split(code) for code in inline_code(page) if re.match(r"(scribad?|make) ", code) and "…" not in code)
