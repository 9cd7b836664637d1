"""Settings by which people sign in to their mailboxes at a provider."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field, SecretStr, model_validator

from actors.grants.providers import PROVIDERS, GrantClient
from actors.store.nouns.mail import Proof
from daemon.settings.encryption import EncryptionSection
from daemon.web.mailboxes.granting import BACK


class GrantSection(EncryptionSection):
    """What the providers of mailboxes know this archive by."""

    gmail_oauth_client_id: str = Field("", description="What Google calls this archive; without, mailboxes of Gmail can't be linked.")
    gmail_oauth_client_secret: SecretStr = Field(SecretStr(""), description="The secret that goes with it.")
    outlook_oauth_client_id: str = Field("", description="What Microsoft calls it; without, mailboxes of Outlook can't be linked.")
    outlook_oauth_client_secret: SecretStr = Field(SecretStr(""), description="The secret that goes with it.")

    @model_validator(mode="after")
    def _refuse_no_way_back(self) -> Self:
        if (self.gmail_oauth_client_id or self.outlook_oauth_client_id) and not self.public_url:
            raise ValueError("gmail_oauth_client_id and outlook_oauth_client_id need public_url, to which the provider sends people back")
        return self

    def grant_clients(self) -> Mapping[Proof, GrantClient]:
        """Give what is known of each provider that this archive is known to."""
        known = {
            Proof.GOOGLE: (self.gmail_oauth_client_id, self.gmail_oauth_client_secret),
            Proof.MICROSOFT: (self.outlook_oauth_client_id, self.outlook_oauth_client_secret),
        }
        back = self.public_url + BACK
        return {
            proof: GrantClient(PROVIDERS[proof], client_id, back, secret.get_secret_value())
            for proof, (client_id, secret) in known.items()
            if client_id
        }
