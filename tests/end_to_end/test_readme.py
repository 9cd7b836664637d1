"""What the README shows is what happens: its first session, typed line by line on a fresh daemon."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.person import Person
from tests.ocr.papers import scan_pdf
from tests.running import running

README = Path(__file__).parents[2] / "README.md"
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Words without figures: dates, sizes and checksums are others each time.
_STEADY_WORD = re.compile(r"\b[A-Za-z][A-Za-z-]+\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A command, and what the README says that it prints."""

    command: str
    shown: str

    @property
    def steady_words(self) -> list[str]:
        """Give the words that are the same each time."""
        return _STEADY_WORD.findall(self.shown)


def examples(text: str) -> Iterator[Example]:
    """Take the commands out of a page's blocks marked `console`, in their order."""
    for block in _CONSOLE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield Example(command, shown)


def third_page(shown: list[Example]) -> str:
    """Give the text that the example's paper must bear."""
    return next(example.shown for example in shown if "--text --page 3" in example.command)


def test_the_first_session_of_the_readme_goes_as_shown(tmp_path: Path) -> None:
    shown = [example for example in examples(README.read_text()) if example.command.startswith("scriba ")]
    assert len(shown) >= 5
    bill = scan_pdf("Northgate Water\nBill for the year 2023", "Meter readings\nand amounts to pay", third_page(shown).strip(), dpi=150)
    with running(tmp_path / "data", consumer_stability_delay="0.3") as daemon, Person(daemon) as person:
        person.drop("water-bill.pdf", bill)
        person.wait_for_file("water-bill.pdf")
        for example in shown:
            typed = person.type(*shlex.split(example.command)[1:])
            assert (example.command, typed.code, typed.err if typed.code else "") == (example.command, 0, "")
            printed = _STEADY_WORD.findall(typed.out + typed.err)
            assert (example.command, [word for word in example.steady_words if word not in printed]) == (example.command, [])
