"""Settings of who is let in by another's word."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from daemon.service.around.proxies import Proxies
from daemon.settings.encryption import PLAIN_TEXT_WORDS
from daemon.settings.loading import load_settings
from daemon.start_error import StartError
from daemon.web.signing_in.ways import ProviderWay, Ways
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
        ({"disable_regular_login": True}, "disable_regular_login needs oidc_issuer or remote_user_header"),
        ({"redirect_login_to_sso": True}, "redirect_login_to_sso needs oidc_issuer"),
        ({"logout_redirect_url": "javascript:alert(1)"}, "must be an address"),
        ({"logout_redirect_url": "//sign-in.example"}, "must be an address"),
        ({"logout_redirect_url": "https://anna@sign-in.example"}, "must be an address"),
        ({"oidc_create_users": "owner"}, "oidc_create_users"),
        ({"remote_user_header": "Remote-User"}, "remote_user_header needs trusted_proxies"),
        ({"remote_user_header": "Cookie", "trusted_proxies": "10.0.0.2"}, "a header that means nothing else"),
        ({"remote_user_header": "X-Scriba-Peer", "trusted_proxies": "10.0.0.2"}, "a header that means nothing else"),
        ({"remote_user_header": "two words", "trusted_proxies": "10.0.0.2"}, "a header that means nothing else"),
        ({"trusted_proxies": "0.0.0.0/0"}, "must not be everybody"),
        ({"trusted_proxies": "proxy.lan"}, "must be addresses and networks"),
    ],
)
def test_what_would_let_in_anyone_or_nobody_is_refused(tmp_path: Path, given: dict[str, object], words: str) -> None:
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


def test_a_proxy_is_named_by_its_address_and_a_header_as_the_peer_names_it(tmp_path: Path) -> None:
    environment = {"SCRIBA_TRUSTED_PROXIES": "10.0.0.2, fd00::7/64", "SCRIBA_REMOTE_USER_HEADER": "HTTP_X_REMOTE_USER"}
    settings = load_settings({"data_dir": tmp_path}, environment).settings
    assert settings.proxies() == Proxies((ip_network("10.0.0.2/32"), ip_network("fd00::/64")), "x-remote-user")
    assert load_settings({"data_dir": tmp_path}, {}).settings.proxies() == Proxies()


@pytest.mark.parametrize(("listen", "told"), [("127.0.0.1:1", False), ("0.0.0.0:1", True)])
def test_a_word_in_plain_text_from_other_machines_is_known(tmp_path: Path, listen: str, told: bool) -> None:
    plain = {"listen": listen, "tls": "off", "allow_plaintext": PLAIN_TEXT_WORDS, "trusted_proxies": "10.0.0.2"}
    assert not load_settings({"data_dir": tmp_path, **plain}, {}).settings.believes_plain_text
    assert load_settings({"data_dir": tmp_path, **plain, "remote_user_header": "remote-user"}, {}).settings.believes_plain_text is told


def test_the_ways_in_are_told_by_the_peers_names_of_the_settings(tmp_path: Path) -> None:
    environment = {
        "SCRIBA_PUBLIC_URL": "https://archive.example",
        "SCRIBA_OIDC_ISSUER": f"{ISSUER}/realms/home",
        "SCRIBA_OIDC_CLIENT_ID": "scriba",
        "SCRIBA_DISABLE_REGULAR_LOGIN": "true",
        "SCRIBA_REDIRECT_LOGIN_TO_SSO": "1",
        "SCRIBA_LOGOUT_REDIRECT_URL": f"{ISSUER}/logout?rd=https://archive.example/",
    }
    ways = Ways(False, ProviderWay("sign-in.example", "/sign-in/oidc", True), False, f"{ISSUER}/logout?rd=https://archive.example/")
    assert load_settings({"data_dir": tmp_path}, environment).settings.ways() == ways
    named = load_settings({"data_dir": tmp_path}, environment | {"SCRIBA_OIDC_NAME": "Family"}).settings.ways()
    assert named.oidc == ProviderWay("Family", "/sign-in/oidc", True)
    assert load_settings({"data_dir": tmp_path}, {}).settings.ways() == Ways()


def test_a_proxys_word_is_a_way_in_without_passwords_and_signing_out_may_stay_at_its_host(tmp_path: Path) -> None:
    given = {"trusted_proxies": "10.0.0.2", "remote_user_header": "Remote-User", "disable_regular_login": True}
    settings = load_settings({"data_dir": tmp_path, **given, "logout_redirect_url": "/oauth2/sign_out?rd=%2F"}, {}).settings
    assert settings.ways() == Ways(False, None, True, "/oauth2/sign_out?rd=%2F")
