"""A scanner that tests put into the PATH: it speaks as `scanimage` 1.2 does, and has the paper that a test gives it."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OPTIONS = """
All options specific to device `test:0':
  Scan Mode:
    --mode Lineart|Gray|Color [Gray]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --resolution 1..1200dpi (in steps of 1) [50]
        Sets the resolution of the scanned image.
    --source {sources} [Flatbed]
        Selects the scan source (such as a document-feeder).
{more}"""
_SCRIPT = """#!{python}
import json, re, sys
from pathlib import Path
scanner = json.loads(Path({facts!r}).read_text())
arguments = sys.argv[1:]
Path({asked!r}).open("a").write(json.dumps(arguments) + "\\n")
options = dict(one.partition("=")[::2] for one in arguments)
if "-f" in arguments:
    sys.stdout.write("".join(f"{{name}}\\t{{title}}\\n" for name, title in scanner["devices"]))
    sys.exit(0)
if not scanner["devices"]:
    sys.exit("scanimage: no SANE devices found")
if "-A" in arguments:
    sys.stdout.write(scanner["options"])
    sys.exit(0)
if scanner["rounds_to"]:
    sys.stderr.write(f"scanimage: rounded value of resolution from {{options['--resolution']}} to {{scanner['rounds_to']}}\\n")
most = int(options.get("--batch-count", len(scanner["paper"]) + 1))
for number, page in enumerate(scanner["paper"][:most], 1):
    path = Path(options["--batch"] % number)
    path.write_bytes(bytes.fromhex(page))
    print(path, flush=True)
    sys.stderr.write(f"Scanning page {{number}}\\nScanned page {{number}}. (scanner status = 5)\\n")
if most > len(scanner["paper"]):
    sys.stderr.write(f"scanimage: sane_start: {{scanner['end']}}\\nBatch terminated, {{len(scanner['paper'])}} pages scanned\\n")
    sys.exit(scanner["code"])
"""


@dataclass
class Scanner:
    """What is in front of it. `paper` are pages as PNM; `end` and `code` are said where more is wanted."""

    folder: Path
    devices: Sequence[tuple[str, str]] = (("test:0", "Noname frontend-tester, virtual device0"),)
    paper: Sequence[str] = ()
    sources: str = "Flatbed|ADF Front|ADF Duplex"
    more: str = ""
    rounds_to: int = 0
    end: str = "Document feeder out of documents"
    code: int = 7

    def set_up(self) -> None:
        """Put it into a folder of programs."""
        facts, asked, program = self.folder / "facts.json", self.folder / "asked", self.folder / "scanimage"
        told = asdict(self) | {"folder": "", "options": OPTIONS.format(sources=self.sources, more=self.more)}
        facts.write_text(json.dumps(told))
        program.write_text(_SCRIPT.format(python=sys.executable, facts=os.fspath(facts), asked=os.fspath(asked)))
        program.chmod(0o700)

    @property
    def asked(self) -> list[str]:
        """Give what it was asked last."""
        last: list[str] = json.loads((self.folder / "asked").read_text().splitlines()[-1])
        return last


def gray(level: int, width: int = 4, height: int = 2) -> str:
    """Make a page of one grey."""
    return (b"P5\n# SANE data follows\n%d %d\n255\n" % (width, height) + bytes([level]) * (width * height)).hex()
