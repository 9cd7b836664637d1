"""Which calls are those of our own pages, and which cookie is the session's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.service.around.browsers import Browsers, cookie_in, headers_of

HOST = "archive.example:8440"
TLS = Browsers(encrypted=True)
PLAIN = Browsers(encrypted=False)
BEHIND = Browsers(encrypted=False, url="https://archive.example")


@pytest.mark.parametrize(
    ("browsers", "headers", "ours"),
    [
        (TLS, {"sec-fetch-site": "same-origin"}, True),
        (TLS, {"sec-fetch-site": "same-origin", "origin": f"https://{HOST}"}, True),
        (TLS, {"sec-fetch-site": "same-site", "origin": f"https://{HOST}"}, False),
        (TLS, {"sec-fetch-site": "cross-site"}, False),
        (TLS, {"sec-fetch-site": "none"}, False),
        (TLS, {"origin": f"https://{HOST}"}, True),
        (TLS, {"origin": f"http://{HOST}"}, False),
        (TLS, {"origin": "https://archive.example"}, False),
        (TLS, {"origin": "https://archive.example.evil.example"}, False),
        (TLS, {"origin": f"https://evil.example, https://{HOST}"}, False),
        (TLS, {"origin": "null"}, False),
        (TLS, {"origin": ""}, False),
        (TLS, {}, False),
        (PLAIN, {"origin": f"http://{HOST}"}, True),
        (PLAIN, {"origin": f"https://{HOST}"}, True),
        (PLAIN, {"origin": "http://archive.example:3000"}, False),
        (BEHIND, {"origin": "https://archive.example"}, True),
        (BEHIND, {"origin": "https://other.example"}, False),
    ],
)
def test_only_a_page_of_this_very_origin_is_ours(browsers: Browsers, headers: dict[str, str], ours: bool) -> None:
    assert browsers.is_from_our_page({"x-scriba-host": HOST, **headers}) is ours


def test_what_says_nothing_of_pages_is_neither_from_ours_nor_from_another() -> None:
    assert (TLS.is_from_our_page({}), TLS.is_from_another_page({})) == (False, False)


def test_without_a_host_no_page_is_ours() -> None:
    assert not PLAIN.is_from_our_page({"origin": "http://"})


@given(st.dictionaries(st.sampled_from(["sec-fetch-site", "origin", "x-scriba-host"]), st.sampled_from(["", HOST, f"https://{HOST}", "x"])))
def test_no_call_is_from_our_page_and_from_another(headers: dict[str, str]) -> None:
    assert not (TLS.is_from_our_page(headers) and TLS.is_from_another_page(headers))


@pytest.mark.parametrize(
    ("browsers", "headers", "name"),
    [
        (TLS, {}, "__Host-scriba"),
        (PLAIN, {}, "scriba"),
        (PLAIN, {"origin": f"https://{HOST}"}, "__Host-scriba"),
        (BEHIND, {}, "__Host-scriba"),
        (BEHIND, {"origin": "http://127.0.0.1:8440"}, "scriba"),
    ],
)
def test_where_a_browser_sees_tls_the_cookie_is_one_that_no_neighbour_can_set(
    browsers: Browsers, headers: dict[str, str], name: str
) -> None:
    assert browsers.cookie_name(headers) == name


@pytest.mark.parametrize(
    ("browsers", "cookies", "session"),
    [
        (TLS, "a=1; __Host-scriba=right; scriba=wrong", "right"),
        (TLS, "scriba=a neighbour's", ""),
        (PLAIN, "scriba=mine", "mine"),
        (PLAIN, "scriba=one; scriba=another", ""),
        (PLAIN, "x-scriba=1;scriba", ""),
        (PLAIN, "", ""),
    ],
)
def test_the_session_is_read_from_its_own_cookie(browsers: Browsers, cookies: str, session: str) -> None:
    assert browsers.session_in({"cookie": cookies}) == session


def test_cookies_that_came_apart_are_put_together() -> None:
    headers = headers_of([("cookie", "a=1"), ("cookie", "scriba=2"), ("origin", "x"), ("origin", "y"), ("trace-bin", b"\0")])
    assert headers == {"cookie": "a=1; scriba=2", "origin": "x, y"}


@given(st.text(), st.text())
def test_any_text_of_cookies_is_read(cookies: str, name: str) -> None:
    assert isinstance(cookie_in({"cookie": cookies}, name), str)
