"""Settings of how mail is fetched from mailboxes."""

from pathlib import Path

from pydantic import Field

from actors.egress.rules import Rules, read_listed
from actors.mail.settings import USUAL_CRON, MailboxSettings
from daemon.settings.place import PlaceSection
from daemon.settings.schedules import Cron
from daemon.settings.sending import SendingSection


class FetchingSection(PlaceSection, SendingSection):
    """How mailboxes are reached."""

    email_task_cron: Cron = Field(
        USUAL_CRON,
        description="When mailboxes are asked for mail, which most tell by themselves: minute, hour, day, month, weekday; or `disable`.",
    )
    email_allow_internal_hosts: bool = Field(
        False, description="Let all mailboxes be on this machine and in private networks; `allowed_internal_hosts` names some."
    )
    email_certificate_location: Path | None = Field(
        None, description="A file of certificates that mail servers may be vouched for by, beside the usual authorities."
    )
    email_gnupg_home: Path | None = Field(None, description="The folder of GPG's keys that open encrypted mails.")

    def mailboxes(self) -> MailboxSettings:
        """Give the part that fetches."""
        return MailboxSettings(
            rules=Rules(internal=self.email_allow_internal_hosts, listed=read_listed(self.allowed_internal_hosts)),
            certificates=self.email_certificate_location,
            gnupg_home=self.email_gnupg_home,
            cron=self.email_task_cron,
            time_zone=self.time_zone,
        )
