"""Takes pictures of every page, light, dark, on a phone and in German: `python -m tests.browser.screenshots OUT`.

The archive has a third of a household's papers of a year, with their tags, correspondents, types, fields and dates.
"""

import sys
import tempfile
from pathlib import Path

from tests.browser.scenarios import E2E, run_file
from tests.browser.site import built_late, furnished, some_papers

EVERY = 3


def main(out: Path) -> int:
    """Make the pictures; give 1 where some could not be made, saying why."""
    if late := built_late():
        sys.stderr.write(f"{late}\n")
        return 1
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="scriba-pictures-") as folder, furnished(Path(folder) / "data", some_papers(EVERY)) as site:
        outcomes = run_file(E2E / "pictures" / "pages.pictures.ts", site, out.resolve())
    (out / "pages.pictures.json").unlink(missing_ok=True)
    failures = [f"{outcome.name}: {outcome.words}\n" for outcome in outcomes if not outcome.passed]
    sys.stderr.writelines(failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")))
