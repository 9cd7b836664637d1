"""The page on security names proofs that are there."""

import re

from tests.docs.pages import ROOT, prose

PAGE = ROOT / "docs/security.md"
_PROMISE = re.compile(r"^\| ([^|]+) \| (`tests/[^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"^(?:async )?def test_\w+|^Test\w+ = ", re.MULTILINE)


def promises() -> dict[str, list[str]]:
    """Give the files that prove each promise."""
    return {promise: re.findall(r"`([^`]+)`", proofs) for promise, proofs in _PROMISE.findall(prose(PAGE))}


def test_each_promise_names_files_that_hold_tests() -> None:
    assert len(promises()) >= 10
    for promise, proofs in promises().items():
        assert proofs, promise
        for proof in proofs:
            assert _TEST.search((ROOT / proof).read_text(encoding="utf-8")), proof


def test_each_line_of_the_table_has_its_proof() -> None:
    section = prose(PAGE).split("\n## What is promised\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ") and line != "| | proof |"]
    assert len(lines) == len(promises())


def test_the_page_is_found_from_the_first_one_and_from_that_on_operation() -> None:
    assert "](docs/security.md)" in prose(ROOT / "README.md")
    assert "](security.md)" in prose(ROOT / "docs/operate.md")
    assert "](docs/security.md#tell-us)" in prose(ROOT / "CONTRIBUTING.md")
