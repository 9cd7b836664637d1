"""Why some XML gives no invoice. Each reason goes on after "it", and is for the person whose document it is."""


class InvoiceError(Exception):
    """Any XML that is not read as an invoice; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAnInvoice(InvoiceError):
    """The bytes are something else than an e-invoice, which need not be wrong."""


class InvoiceUnreadable(InvoiceError):
    """The bytes are meant as an e-invoice, and can't be read as one."""
