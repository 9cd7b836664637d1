"""What goes wrong on the way to a provider and back, as a browser is told of it."""

import structlog

from actors.openid.errors import ProviderUnreachable, ProviderWrong, SignInDenied
from actors.store.errors import StoreError, StoreFailed, StoreUnavailable
from daemon.service.refusals import Refusal

log = structlog.get_logger()

TOLD = (Refusal, StoreError, SignInDenied, ProviderUnreachable, ProviderWrong)


def told_as(error: Exception) -> int:
    """Give the HTTP status of an error in TOLD; of what is wrong with the provider the log says more than a page."""
    match error:
        case StoreUnavailable() | StoreFailed():
            return 503
        case ProviderUnreachable():
            log.warning("provider not reached", reason=str(error))
            return 502
        case ProviderWrong():
            log.warning("provider not believed", reason=str(error))
            return 502
        case _:
            return 403
