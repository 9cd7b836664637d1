"""An actor's process with a decoder that has left a daemon: `python -m tests.sandbox.actor LEVEL WORD`, to be killed."""

import asyncio
import sys

from actors.sandbox.level import SandboxLevel
from tests.sandbox.house import Attacker


async def main() -> None:
    attacker = Attacker(SandboxLevel(sys.argv[1]))
    await attacker.isolation.call("daemonise", f"left-by-{sys.argv[2]}", 600, returns=str)


if __name__ == "__main__":
    asyncio.run(main())
