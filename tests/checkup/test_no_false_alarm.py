"""A check that runs while documents come and go finds nothing, and repair does nothing."""

from actors.store.files.data_dir import DataDir
from actors.store.store import Store
from tests.checkup.archive import Shown, brief
from tests.checkup.traffic import Traffic

CHECKS = 6
STEPS = 120


def test_a_check_under_traffic_raises_no_alarm(url: str, data: DataDir, store: Store) -> None:
    shown = Shown(store)
    with Traffic(url, data, seed=7) as traffic:
        checks = 0
        while checks < CHECKS or traffic.done < STEPS:
            found = [reported.finding for reported in shown.check(repair=checks % 2 == 1)]
            assert traffic.goes_on
            assert brief(found) == [], found
            checks += 1
    assert shown.found() == []
    assert not data.quarantine.exists()
