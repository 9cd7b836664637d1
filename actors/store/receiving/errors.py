"""What is refused of upload links, in words that say what the caller can do."""

from actors.store.errors import StoreError


class UploadLinkNotFound(StoreError):
    """There is no such link among those that the caller made: it was taken back, or there never was one. List them for the right one."""

    def __init__(self, link: int | str) -> None:
        super().__init__(f"there is no upload link {link}")
        self.link = link
