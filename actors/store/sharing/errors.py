"""What is refused of links, in words that say what the caller can do."""

from actors.store.errors import StoreError


class ShareLinkNotFound(StoreError):
    """There is no such link among those that the caller made: it was taken back, or there never was one. List them for the right one."""

    def __init__(self, link: int | str) -> None:
        super().__init__(f"there is no link {link}")
        self.link = link
