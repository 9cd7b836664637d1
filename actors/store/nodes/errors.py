"""What is refused of machines, in words that say what to do."""

from actors.store.errors import StoreError


class NodeNotFound(StoreError):
    """No such machine has joined, or it was removed. List them for the right one."""

    def __init__(self, node: int | str) -> None:
        super().__init__(f"there is no machine {node}")
        self.node = node


class JoinCodeUsedUp(StoreError):
    """The code was used, has ended, or never was one. Ask for another."""

    def __init__(self) -> None:
        super().__init__("this join code was used, has ended, or is none: ask for another with `scriba nodes add`")


class NodeUnknown(StoreError):
    """The machine's key is unknown: it was removed, or the archive is another. It joins anew with a code."""

    def __init__(self) -> None:
        super().__init__("this machine is not known here any more: join again with a code of `scriba nodes add`")
