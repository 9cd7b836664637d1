"""Who takes files in."""

from actors.intake.intake import Intake
from actors.intake.ports import JobsWaiting
from actors.store.store import join_store
from daemon.script import Script


async def make_intake(script: Script, pipeline: JobsWaiting) -> Intake:
    """Build it, and drop the copies that a former life left half-way."""
    store = join_store(script.store_url, script.data)
    intake = Intake(store, script.data.incoming, pipeline, script.intake, checkpoint=script.checkpoint)
    await intake.recover()
    return intake
