"""What a monitor reads, and that the dashboard and the alerts beside it ask for nothing else."""

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from actors.pipeline.tally import Tally
from actors.store.files.data_dir import DataDir
from actors.store.files.disks import Place, look_at
from actors.store.files.health import SOUND, DiskLook
from actors.store.nouns.tasks import TaskName
from daemon.commands.backup import take_backup
from daemon.keeping.figures import Figures
from daemon.keeping.reconciling import Reconciled
from daemon.machines import machine_figures
from daemon.metrics import Looks, MachineFigures, archive_registry, refused_sign_ins
from daemon.service.around.observation import observed
from daemon.service.ports import Node, NodeState
from daemon.settings.loading import load_settings
from tests.archives import open_archive
from tests.store.making import START, deliver, leased

DOCKER = Path(__file__).parents[2] / "docker"
BOARD = json.loads((DOCKER / "grafana-dashboard.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((DOCKER / "prometheus-alerts.yaml").read_text(encoding="utf-8"))
SEEN = datetime(2026, 11, 28, tzinfo=UTC)
MACHINES = (
    Node("head", "annas-pc", head=True, state=NodeState.WORKING, pages_read=7),
    Node("3", "berts-laptop", head=False, state=NodeState.AWAY, join_time=SEEN, seen_time=SEEN),
)
_NAME = re.compile(r"\b(?:scriba|process)_[a-z_]+")
_LABEL = re.compile(r"\b([a-z_]+)\s*(?:=|!=|=~|!~)\s*\"")
_GROUPED = re.compile(r"\b(?:by|without|on) \(([a-z_, ]+)\)")


def shown(looks: Looks) -> dict[tuple[str, ...], float]:
    """Read metrics as a monitor does: each sample by its name and its labels' values."""
    text = generate_latest(archive_registry(looks)).decode()
    return {(each.name, *each.labels.values()): each.value for family in text_string_to_metric_families(text) for each in family.samples}


@pytest.fixture
def looks(tmp_path: Path) -> Iterator[Looks]:
    """Give an archive with one document of each fate, behind real looks."""
    store = open_archive(DataDir(tmp_path / "archive"))
    broken = leased(store, "broken")
    store.jobs.fail(broken.id, broken.fence, "no", retryable=False, now=START, jitter=0.0)
    leased(store, "running")
    deliver(store, "queued")
    fence = store.tasks.take(TaskName("empty_trash"), "0 3 * * *", START, "daemon", START)
    assert fence is not None
    store.tasks.finish(TaskName("empty_trash"), fence, START, "", "no", START)
    figures = Figures(store, lambda: START, lambda: Reconciled(12.0, missing=1))
    tally = Tally(pages_failed=2, pages_late=3, readers_lost=4)
    yield Looks(
        figures,
        lambda: SOUND,
        lambda: machine_figures(MACHINES, tally),
        lambda: look_at([Place(store.data.originals, "the originals")], write=False),
        {"version": "1", "database": "sqlite"},
    )
    store.close()


def test_each_fate_of_a_document_is_told(looks: Looks) -> None:
    told = shown(looks)
    expected = {
        ("scriba_build_info", "sqlite", "1"): 1,
        ("scriba_documents",): 3,
        ("scriba_documents_failed",): 1,
        ("scriba_jobs", "queued"): 1,
        ("scriba_jobs", "running"): 1,
        ("scriba_jobs", "retrying"): 0,
        ("scriba_jobs", "failed"): 1,
        ("scriba_index_pending_documents",): 3,
        ("scriba_index_differences", "missing"): 1,
        ("scriba_index_compared_time_seconds",): 12,
        ("scriba_mail_accounts", "failing"): 0,
        ("scriba_backup_time_seconds",): 0,
        ("scriba_task_failed", "empty_trash"): 1,
    }
    assert {name: told.get(name) for name in expected} == expected
    assert told["scriba_stored_bytes", "database"] > 100_000
    assert told["scriba_disk_size_bytes", "the originals"] >= told["scriba_disk_free_bytes", "the originals"] > 0


def test_when_the_last_whole_backup_was_made_is_told(looks: Looks, tmp_path: Path) -> None:
    settings = load_settings({"data_dir": tmp_path / "archive"}, {}).settings
    _, whole = take_backup(settings, tmp_path / "backup", secrets=False, prune=False, verify=False)
    assert whole
    assert shown(looks)["scriba_backup_time_seconds",] == pytest.approx(time.time(), abs=600)


def test_machines_are_told_by_their_ids_and_never_by_the_names_of_their_hosts(looks: Looks) -> None:
    told = shown(looks)
    expected = {
        ("scriba_machines", "working"): 1,
        ("scriba_machines", "resting"): 0,
        ("scriba_machines", "away"): 1,
        ("scriba_pages_read_total", "head"): 7,
        ("scriba_pages_read_total", "3"): None,
        ("scriba_machine_seen_time_seconds", "3"): SEEN.timestamp(),
        ("scriba_pages_failed_total",): 2,
        ("scriba_pages_late_total",): 3,
        ("scriba_readers_lost_total",): 4,
    }
    assert {name: told.get(name) for name in expected} == expected
    assert not [name for name in told if {"annas-pc", "berts-laptop"} & set(name)]


def test_all_else_is_told_while_those_who_know_the_machines_begin_anew(looks: Looks) -> None:
    told = shown(Looks(looks.archive, looks.health, lambda: None))
    assert (told["scriba_documents",], ("scriba_pages_failed_total",) in told) == (3, False)


def test_a_disk_whose_room_does_not_count_is_not_told(looks: Looks) -> None:
    told = shown(Looks(looks.archive, looks.health, MachineFigures, lambda: (DiskLook("Ray's temporary files", 1 << 62),)))
    assert not [name for name in told if name[0] == "scriba_disk_free_bytes"]


def queries() -> list[str]:
    """Give all that the dashboard and the alerts ask."""
    targets = [target["expr"] for panel in BOARD["panels"] for target in panel.get("targets", ())]
    return [*targets, *(rule["expr"] for group in RULES["groups"] for rule in group["rules"])]


def labels_of_all(looks: Looks) -> dict[str, set[str]]:
    """Name all samples of a whole daemon, with their labels."""
    registry = archive_registry(looks)
    refused_sign_ins(registry)
    observed(registry)
    families = list(text_string_to_metric_families(generate_latest(registry).decode()))
    # What calls have taken is told from the first call on.
    return {sample.name: set(sample.labels) for family in families for sample in family.samples} | {
        "scriba_rpc_seconds_count": {"method", "code"},
        "scriba_rpc_seconds_bucket": {"method", "code", "le"},
    }


@pytest.mark.parametrize("query", queries())
def test_all_that_the_dashboard_and_the_alerts_ask_for_is_told(looks: Looks, query: str) -> None:
    labels = labels_of_all(looks)
    asked = _NAME.findall(query)
    assert asked
    assert not [name for name in asked if name not in labels]
    named = {*_LABEL.findall(query), *(label for group in _GROUPED.findall(query) for label in group.split(", "))}
    assert named <= {"job", "instance", *(label for name in asked for label in labels[name])}


def test_the_page_for_those_who_run_it_names_all_figures_and_no_others(looks: Looks) -> None:
    told = {name.removesuffix("_count").removesuffix("_bucket") for name in labels_of_all(looks) if name.startswith("scriba_")}
    page = Path(__file__).parents[2] / "docs" / "operate.md"
    named = set(re.findall(r"`(scriba_[a-z_]+)`", page.read_text(encoding="utf-8")))
    assert named == {name for name in told if not name.endswith("_created")}


def test_the_dashboard_is_one_that_any_grafana_takes_in() -> None:
    source = {"type": "prometheus", "uid": "${source}"}
    (variable,) = [one for one in BOARD["templating"]["list"] if one["name"] == "source"]
    assert (variable["type"], variable["query"], BOARD["id"]) == ("datasource", "prometheus", None)
    panels: list[dict[str, Any]] = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    assert all(panel["datasource"] == source and panel["title"] and panel["targets"] for panel in panels)
    assert not [panel["title"] for panel in panels if len({target["refId"] for target in panel["targets"]}) != len(panel["targets"])]


def test_panels_of_the_dashboard_do_not_lie_over_each_other() -> None:
    taken = [
        (x, y)
        for at in (panel["gridPos"] for panel in BOARD["panels"])
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert (len(taken), max(x for x, _ in taken)) == (len(set(taken)), 23)


def test_each_alert_says_what_is_wrong_and_what_to_do() -> None:
    rules = [rule for group in RULES["groups"] for rule in group["rules"]]
    assert all(rule["labels"]["severity"] in ("warning", "critical") for rule in rules)
    assert all(rule["annotations"]["summary"] and rule["annotations"]["description"] for rule in rules)
