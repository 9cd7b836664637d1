"""What pages point to is there."""

import re
import tomllib
from pathlib import Path

import pytest

from actors.templates.filters import FILTERS
from actors.templates.variables import NAMES, DocumentView
from daemon.settings.folders import ConsumeFolder
from daemon.settings.model import Settings
from scriba.v1 import workflows_pb2
from tests.docs.pages import PAGES, ROOT, anchors, blocks, inline_code, links, name_of, prose

# Fields of the contract and names of other programs, which read like settings.
NO_SETTINGS = {
    "end_to_end", "gcs_server", "max_bytes", "max_calls", "max_restarts", "next_page_token", "page_size", "pg_dump", "request_id",
    "resume_token", "scriba_index_compared_time_seconds", "scriba_index_differences",
    "show_deleted", "update_mask", "validate_only",
}  # fmt: skip
FILE = re.compile(r"(?:proto|actors|daemon|clients|tests|docker|docs)/[\w./-]*|\.ci/\w+|pyproject\.toml|Makefile")
SETTING = re.compile(r"([a-z]+(?:_[a-z]+)+)(?: = .*)?|SCRIBA_([A-Z_]+)(?:=.*)?")
OF_TEMPLATES = NAMES | FILTERS.keys() | set(DocumentView.__slots__)
OF_WORKFLOWS = {field.name for message in workflows_pb2.DESCRIPTOR.message_types_by_name.values() for field in message.fields} | {
    name.removeprefix("TRIGGER_KIND_").lower() for name, _ in workflows_pb2.TriggerKind.items()
}
# SCRIBA_SERVER and so on
NOT_OF_THE_MODEL = {"server", "token", "token_file", "ca_file", "client_certificate", "client_key", "config", "failpoints"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_of_the_sources_that_is_named_is_there(page: Path) -> None:
    named = [code for code in inline_code(page) if FILE.fullmatch(code)]
    missing = [code for code in named if not any((base / code).exists() for base in (ROOT, ROOT / "clients/python", page.parent))]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_setting_that_is_named_is_there(page: Path) -> None:
    known = set(Settings.model_fields) | set(ConsumeFolder.model_fields) | NOT_OF_THE_MODEL
    # Figures for a monitor are looked for in tests/daemon/test_metrics.py.
    told = [code for code in inline_code(page) if not code.startswith("scriba_")]
    named = {(found[1] or found[2]).lower() for code in told if (found := SETTING.fullmatch(code))}
    assert named - known - NO_SETTINGS - OF_TEMPLATES - OF_WORKFLOWS == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_settings_file_that_is_shown_is_accepted(page: Path) -> None:
    for block in blocks(page):
        if block.kind == "toml":
            Settings(data_dir=Path("data"), **tomllib.loads(block.text))


def test_the_readme_is_short_and_shows_its_picture() -> None:
    readme = ROOT / "README.md"
    assert len(readme.read_text(encoding="utf-8").splitlines()) < 120
    assert "](docs/picture.svg)" in prose(readme)


def test_every_decision_has_its_number_and_the_options_that_lost() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        assert all(f"**{part}**" in text or f"**{part}.**" in text for part in ("Context", "Decision", "Options that lost", "Consequences"))
