"""Settings of what workflows send out of the archive."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ByteSize, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from actors.egress.rules import Rules, read_listed
from actors.errands.settings import Encryption, ErrandSettings, MailSettings, WebhookSettings
from daemon.settings.sizes import GIBIBYTE, MEBIBYTE
from daemon.settings.words import read_list

Schemes = Annotated[tuple[Annotated[str, Field(pattern="^https?$")], ...], NoDecode, BeforeValidator(read_list), Field(min_length=1)]
Ports = Annotated[tuple[Annotated[int, Field(ge=1, le=65_535)], ...], NoDecode, BeforeValidator(read_list)]


def _check_hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    read_listed(hosts)
    return hosts


Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_list), AfterValidator(_check_hosts)]


class SendingSection(BaseModel):
    """How e-mails and webhooks go out."""

    email_host: str = Field("localhost", min_length=1, description="The mail server that takes the e-mails of workflows.")
    email_port: int = Field(25, ge=1, le=65_535, description="Its port: 587 for `email_use_tls`, 465 for `email_use_ssl`.")
    email_host_user: str = Field("", description="Who signs in there; nobody when empty.")
    email_host_password: SecretStr = Field(SecretStr(""), description="The password for that.")
    email_from: str = Field("", description="The sender of e-mails; `email_host_user` when empty.")
    email_use_tls: bool = Field(False, description="Encrypt after the greeting (STARTTLS).")
    email_use_ssl: bool = Field(False, description="Encrypt from the first byte.")
    email_max_bytes: ByteSize = Field(
        ByteSize(25 * MEBIBYTE), ge=1, le=GIBIBYTE, description="The most that documents sent together by `scriba send` may have."
    )
    webhooks_allowed_schemes: Schemes = Field(("http", "https"), description="How webhooks may call.")
    webhooks_allowed_ports: Ports = Field((), description="Ports that webhooks may call, with commas between; all when empty.")
    webhooks_allow_internal_requests: bool = Field(False, description="Let webhooks call this machine and private networks.")
    allowed_internal_hosts: Hosts = Field(
        (),
        description="Hosts of private networks that may be called all the same: `ha.lan:8123, 10.0.0.0/24, [fd00::1]:80`.",
    )

    @model_validator(mode="after")
    def _refuse_two_encryptions(self) -> Self:
        if self.email_use_tls and self.email_use_ssl:
            raise ValueError("email_use_tls and email_use_ssl are two ways of the same: set one")
        return self

    def errands(self) -> ErrandSettings:
        """Give the part that sends."""
        encryption = Encryption.STARTTLS if self.email_use_tls else Encryption.TLS if self.email_use_ssl else Encryption.NONE
        password = self.email_host_password.get_secret_value()
        mail = MailSettings(
            self.email_host,
            self.email_port,
            self.email_host_user,
            password,
            self.email_from,
            encryption,
            max_bytes=int(self.email_max_bytes),
        )
        return ErrandSettings(mail, WebhookSettings(self.webhook_rules()))

    def webhook_rules(self) -> Rules:
        """Give whom webhooks may call."""
        return Rules(
            self.webhooks_allowed_schemes,
            self.webhooks_allowed_ports,
            self.webhooks_allow_internal_requests,
            read_listed(self.allowed_internal_hosts),
        )
