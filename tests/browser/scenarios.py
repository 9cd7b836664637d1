"""Finds the scenarios in clients/web/e2e, and runs those of a file in Debian's chromium, in a process of its own."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.browser.site import WEB, Site

E2E = WEB / "e2e"
# Of an archive in which there is nobody yet.
EMPTY = E2E / "empty"
# Of one in which there are people, who bring all papers themselves.
JOURNEY = E2E / "journey"
RUN_SECONDS = 900.0
_NAME = re.compile(r"\bscenario\(\s*([\"`])(.+?)\1,", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One claim, as its file words it; `pattern` where a part of the name is filled in there."""

    file: Path
    name: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Give what matches the names under which it is run."""
        return re.compile(".+".join(re.escape(part) for part in re.split(r"\$\{.*?\}", self.name)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario ended; `words` are those of its failure."""

    name: str
    passed: bool
    words: str


def all_scenarios() -> list[Scenario]:
    """List what the files claim."""
    return [Scenario(file, name) for file in sorted(E2E.rglob("*.scenarios.ts")) for _, name in _NAME.findall(file.read_text())]


def run_file(file: Path, site: Site, evidence: Path, wanted: Sequence[str] = ()) -> list[Outcome]:
    """Run the scenarios of a file, or those `wanted`; raises RuntimeError where it can't be run at all."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if not node or not chromium:
        raise RuntimeError("scenarios need node and chromium: make setup-dev")
    results = evidence / f"{file.stem}.json"
    told = {**site.told, "SITE": site.url, "CHROMIUM": chromium, "EVIDENCE": str(evidence), "SCENARIOS": json.dumps(list(wanted))}
    command = [node, "node_modules/vitest/vitest.mjs", "run", "--config", "e2e/vitest.config.ts", str(file.relative_to(WEB))]
    ended = subprocess.run(
        [*command, "--reporter=json", f"--outputFile={results}"],
        cwd=WEB,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
        timeout=RUN_SECONDS,
    )
    if not results.exists():
        raise RuntimeError(f"{file.name} can't be run: {ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    (suite,) = json.loads(results.read_text())["testResults"]
    if suite.get("message") and not suite["assertionResults"]:
        raise RuntimeError(f"{file.name} can't be run: {suite['message']}")
    tests = [test for test in suite["assertionResults"] if test["status"] in ("passed", "failed")]
    return [Outcome(test["title"], test["status"] == "passed", "\n".join(test["failureMessages"])) for test in tests]
