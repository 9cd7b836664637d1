"""Connects to mail servers that may be called."""

import smtplib
import socket
import ssl

from actors.egress.connecting import connect
from actors.egress.rules import Rules


class VettedSmtp(smtplib.SMTP):
    """Speaks SMTP with a host that may be called; raises Refused, and what smtplib raises."""

    def __init__(self, host: str, port: int, rules: Rules, seconds: float) -> None:
        self._rules = rules
        super().__init__(host, port, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect(host, port, self._rules, timeout)


class VettedSmtps(smtplib.SMTP_SSL, VettedSmtp):
    """Speaks SMTP, encrypted from the first byte; the certificate must be of that host."""

    def __init__(self, host: str, port: int, rules: Rules, seconds: float) -> None:
        self._rules = rules
        smtplib.SMTP_SSL.__init__(self, host, port, timeout=seconds, context=ssl.create_default_context())
