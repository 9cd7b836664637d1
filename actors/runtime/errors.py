"""What can go wrong between actors."""


class ActorSystemError(Exception):
    """Base of every error of the runtime."""


class ClusterNotStarted(ActorSystemError):
    """Ray did not start; the message tells where its logs are."""


class ActorLost(ActorSystemError):
    """The actor's process ended before it answered; the same message may be sent again."""
