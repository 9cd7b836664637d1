"""Settings of who is let in by another's word."""

from pathlib import Path

import pytest

from daemon.settings.loading import load_settings
from daemon.start_error import StartError
from tests.daemon.test_settings import problems

ISSUER = "https://sign-in.example"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"oidc_issuer": ISSUER}, "oidc_issuer needs oidc_client_id, and public_url"),
        (
            {"oidc_issuer": "http://sign-in.example", "oidc_client_id": "x", "public_url": "https://a.example"},
            "oidc_issuer must begin with https://",
        ),
        ({"oidc_issuer": ISSUER, "oidc_client_id": "x", "public_url": "http://a.example"}, "public_url must begin with https://"),
        ({"oidc_issuer": "sign-in.example"}, "must be an address"),
        ({"oidc_create_users": "owner"}, "oidc_create_users"),
    ],
)
def test_half_a_provider_and_one_that_anyone_on_the_way_could_be_are_refused(tmp_path: Path, given: dict[str, object], words: str) -> None:
    (line,) = problems({"data_dir": tmp_path, **given}, {})
    assert words in line


def test_a_secret_that_cannot_be_read_stops_the_start_in_words(tmp_path: Path) -> None:
    given = {"oidc_issuer": ISSUER, "oidc_client_id": "x", "public_url": "https://a.example", "oidc_client_secret_file": tmp_path / "none"}
    settings = load_settings({"data_dir": tmp_path, **given}, {}).settings
    with pytest.raises(StartError, match=r"oidc_client_secret_file, .*/none, can.t be read"):
        settings.provider()


def test_a_provider_on_this_machine_needs_no_tls(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    environment = {
        "SCRIBA_PUBLIC_URL": "http://127.0.0.1:8440/",
        "SCRIBA_OIDC_ISSUER": "http://localhost:9000/realms/a",
        "SCRIBA_OIDC_CLIENT_ID": "scriba",
        "SCRIBA_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        "SCRIBA_OIDC_SCOPES": "openid,groups",
    }
    provider = load_settings({"data_dir": tmp_path}, environment).settings.provider()
    assert provider is not None
    assert (provider.client_secret, provider.redirect_uri) == ("hidden", "http://127.0.0.1:8440/sign-in/oidc/callback")
    assert provider.scopes == ("openid", "groups")
    assert "hidden" not in repr(provider)
    assert load_settings({"data_dir": tmp_path}, {}).settings.provider() is None
