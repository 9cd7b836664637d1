"""Every setting of the daemon, as one frozen model. Where they come from is in loading.py."""

from collections.abc import Mapping
from datetime import timedelta

from pydantic import BaseModel
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from actors.intake.settings import IntakeSettings
from actors.understanding.settings import UnderstandingSettings
from daemon.settings.audit import AuditSection
from daemon.settings.barcodes import BarcodeSection
from daemon.settings.cluster import ClusterSection
from daemon.settings.dates import DateSection
from daemon.settings.encryption import EncryptionSection
from daemon.settings.fetching import FetchingSection
from daemon.settings.filing import FilingSection
from daemon.settings.folders import FolderSection
from daemon.settings.limits import LimitSection
from daemon.settings.mailboxes import GrantSection
from daemon.settings.place import PlaceSection
from daemon.settings.reading import ReadingSection
from daemon.settings.schedules import WorkflowSection
from daemon.settings.scripts import ScriptSection
from daemon.settings.sending import SendingSection
from daemon.settings.signing_in import SigningInSection
from daemon.settings.smtp import SmtpSection
from daemon.settings.trash import TrashSection

# In the order in which people read them, each with its heading.
SECTIONS: Mapping[str, type[BaseModel]] = {
    "Place and port": PlaceSection,
    "Cluster": ClusterSection,
    "Encryption": EncryptionSection,
    "Signing in": SigningInSection,
    "Watched folders": FolderSection,
    "Mail that is sent here": SmtpSection,
    "Barcodes": BarcodeSection,
    "Reading": ReadingSection,
    "Dates": DateSection,
    "Folders of documents": FilingSection,
    "Trash": TrashSection,
    "Audit": AuditSection,
    "Workflows": WorkflowSection,
    "Sending": SendingSection,
    "Mailboxes": FetchingSection,
    "Mailboxes at providers": GrantSection,
    "Scripts": ScriptSection,
    "Limits": LimitSection,
}


class Settings(
    SigningInSection,
    FolderSection,
    SmtpSection,
    ReadingSection,
    DateSection,
    FilingSection,
    TrashSection,
    AuditSection,
    WorkflowSection,
    ScriptSection,
    GrantSection,
    FetchingSection,
    ClusterSection,
    LimitSection,
    BaseSettings,
):
    """All settings; `SCRIBA_` and a name in capitals sets one in the environment."""

    model_config = SettingsConfigDict(env_prefix="SCRIBA_", env_ignore_empty=True, extra="forbid", frozen=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the library gives all five by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what loading.py has merged, and nothing else: it keeps where each value came from."""
        return (init_settings,)

    def intake(self) -> IntakeSettings:
        """Give the part that the intake gets."""
        return IntakeSettings(
            max_file_bytes=int(self.max_upload_bytes),
            min_free_bytes=int(self.min_free_bytes),
            delete_duplicates=self.consumer_delete_duplicates,
            sides_patience=timedelta(minutes=self.consumer_collate_double_sided_minutes),
        )

    def understanding(self) -> UnderstandingSettings:
        """Give the part that makes sense of documents."""
        return UnderstandingSettings(self.barcodes(), self.dates())
