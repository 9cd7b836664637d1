"""Which Ray the archive works on, and what is said where one that is there does not fit."""

from pathlib import Path

import pytest

from actors.runtime.errors import ClusterNotStarted
from actors.runtime.guest import RayThere, look_at
from daemon.engine import needed_processes, unfit
from daemon.service.opened import Versions
from daemon.settings.loading import SettingsError, load_settings
from tests.ports import free_port

HERE = Versions("0.1.0", "2.60.0", "3.11.2")


@pytest.mark.parametrize(
    ("ray", "python", "words"),
    [
        ("2.60.0", "3.11.2", ""),
        ("2.60.0", "3.11.9", ""),
        ("2.59.1", "3.11.2", "the Ray at ray:6379 is 2.59.1, and Scriba's 2.60.0: start it from Scriba's image, or with ray==2.60.0"),
        ("2.60.0", "3.12.2", "the Ray at ray:6379 runs on Python 3.12.2, and Scriba on 3.11.2: both need the same, to the second number"),
    ],
)
def test_another_version_is_told_with_what_to_do(ray: str, python: str, words: str) -> None:
    assert unfit(RayThere(ray, python), HERE, "ray:6379") == words


def test_a_ray_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(ClusterNotStarted, match=r"No Ray answers at 127\.0\.0\.1:\d+: Connection refused"):
        look_at(f"127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"SCRIBA_CLUSTER_RAY_ADDRESS": "ray-head"}, "must be HOST:PORT of a Ray"),
        ({"SCRIBA_CLUSTER_RAY_ADDRESS": "ray-head:70000"}, "must be HOST:PORT of a Ray"),
        ({"SCRIBA_CLUSTER_RAY_ADDRESS": "ray-head:6379", "SCRIBA_CLUSTER": "true"}, "can't go together"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, said: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load_settings({"data_dir": tmp_path}, said)


def test_the_processes_of_a_ray_elsewhere_are_not_missed_here(tmp_path: Path) -> None:
    own = load_settings({"data_dir": tmp_path}, {}).settings
    guest = load_settings({"data_dir": tmp_path}, {"SCRIBA_CLUSTER_RAY_ADDRESS": "ray-head:6379"}).settings
    assert (needed_processes(own), needed_processes(guest)) == (("gcs_server", "raylet"), ("raylet",))
