"""What may be wrong with notifications."""

from actors.store.errors import StoreError


class NotificationNotFound(StoreError):
    """There is none with this id that the caller may see."""

    def __init__(self, notification: object) -> None:
        super().__init__(f"there is no notification {notification}")
        self.notification = notification
