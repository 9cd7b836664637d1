"""Why a task was not done."""


class TaskFailed(Exception):
    """A run came to nothing, in words for a person; it is tried again within the hour."""
