"""What the Dockerfile promises; that it can be built and works is shown in test_image.py."""

import subprocess

from tests.deploy.dockerfile import IMAGE, read_stages
from tests.deploy.image import ROOT, wanted

STAGES = read_stages(IMAGE.read_text(encoding="utf-8"))
LAST = STAGES[-1]


def sources() -> list[str]:
    """List what an engine is given."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return list(wanted(listed, (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()))


def test_it_is_run_by_nobody_in_particular() -> None:
    user, _, group = LAST.last("USER").rest.partition(":")
    assert user.isdecimal()
    assert group.isdecimal()
    assert "0" not in (user, group)


def test_what_runs_is_built_on_the_system_that_it_runs_on() -> None:
    pages, packages, last = STAGES
    assert packages.image == last.image
    assert pages.image.startswith("node:")


def test_every_package_is_held_to_its_hash_or_its_lock() -> None:
    lines = [step.rest for stage in STAGES for step in stage.steps if step.word == "RUN"]
    installs = [line for line in lines if "pip install" in line or "npm " in line]
    assert len(installs) == 3
    assert all(any(held in line for held in ("--require-hashes", "--no-deps --no-build-isolation", "npm ci")) for line in installs)


def test_all_that_it_copies_is_there_and_nothing_else_is_sent_to_the_engine() -> None:
    sent = sources()
    copied = [
        name for stage in STAGES for step in stage.steps if step.word == "COPY" and "--from" not in step.rest for name in step.words[:-1]
    ]
    assert [name for name in copied if not any(one == name or one.startswith(f"{name}/") for one in sent)] == []
    assert {name.split("/")[0] for name in sent} == {name.split("/")[0] for name in copied}
    assert [name for name in sent if "e2e" in name] == []


def test_a_step_over_several_lines_is_one_step() -> None:
    [stage] = read_stages("FROM debian AS one\n# why\nRUN first \\\n  && second\nENV A=1 \\\n  B='2 3'\nCMD [\"run\"]\n")
    assert (stage.name, [step.word for step in stage.steps]) == ("one", ["RUN", "ENV", "CMD"])
    assert stage.steps[0].rest == "first && second"
    assert stage.pairs("ENV") == {"A": "1", "B": "2 3"}
    assert stage.last("CMD").words == ["run"]
