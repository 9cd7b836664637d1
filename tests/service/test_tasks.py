"""What is done by the clock, through the real server."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import grpc
import pytest

from actors.store.nouns.tasks import TaskName
from scriba.v1 import access_pb2
from scriba.v1 import admin_pb2 as pb
from tests.service.house import NOW, House, failing

NAME = TaskName("empty_trash")
NEXT = NOW + timedelta(hours=13)


async def listed(house: House) -> list[pb.Task]:
    answer: pb.ListTasksResponse = await house.admin.ListTasks(pb.ListTasksRequest())
    return list(answer.tasks)


def moment(task: pb.Task, field: Literal["next_time", "start_time", "end_time"]) -> datetime | None:
    return getattr(task, field).ToDatetime(tzinfo=UTC) if task.HasField(field) else None


async def test_a_task_tells_of_its_next_run_and_of_its_last(house: House) -> None:
    tasks = house.store.tasks
    assert await listed(house) == []
    fence = tasks.take(NAME, "0 1 * * *", NOW, "daemon", NOW)
    assert fence is not None
    (at_work,) = await listed(house)
    assert (at_work.name, at_work.schedule, at_work.running, moment(at_work, "start_time")) == ("empty_trash", "0 1 * * *", True, NOW)
    assert tasks.finish(NAME, fence, NEXT, "2 removed for ever", "", NOW)
    (done,) = await listed(house)
    assert (done.running, done.outcome, done.error) == (False, "2 removed for ever", "")
    assert (moment(done, "next_time"), moment(done, "end_time")) == (NEXT, NOW)


async def test_a_disabled_task_has_no_next_run(house: House) -> None:
    assert house.store.tasks.take(NAME, "disable", None, "daemon", NOW) is None
    (task,) = await listed(house)
    assert (task.schedule, moment(task, "next_time"), moment(task, "end_time")) == ("disable", None, None)


@pytest.mark.parametrize("role", [access_pb2.ROLE_VIEWER, access_pb2.ROLE_EDITOR])
async def test_only_an_admin_sees_them(house: House, role: int) -> None:
    house.tokens.role = role
    failure = await failing(house.admin.ListTasks(pb.ListTasksRequest()))
    assert failure.code is grpc.StatusCode.PERMISSION_DENIED
