"""What all rooms of links have in common: the frame, its languages, small forms, guesses and tickets."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actors.identity.passwords import hash_password
from actors.identity.tokens import new_link_secret
from daemon.web.links.forms import MOST_BYTES, FormRefused, small_form
from daemon.web.links.guesses import FREE_OF_ADDRESS, FREE_OF_BOTH, FREE_OF_LINK, MOST_WAITING, Guesses, TooManyGuesses
from daemon.web.links.pages import Pages
from daemon.web.links.tickets import Tickets
from daemon.web.links.words import FRAMES, LANGUAGES, language_of
from tests.web.asking import Answer, ask

RIGHT = "four words of a password"


@pytest.fixture(scope="module")
def kept() -> str:
    return hash_password(RIGHT)


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.8", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr,de;q=0.2,en;q=0.1", "de"),
        ("de;q=0", "en"),
        ("de;q=x", "en"),
        ("*", "en"),
        (",;=,de;level=1", "en"),
    ],
)
def test_the_language_is_the_one_liked_best_of_ours(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


@given(st.text())
def test_any_header_leads_to_a_language(accepted: str) -> None:
    assert language_of(accepted) in LANGUAGES


def test_every_language_has_its_words_and_each_takes_the_same_values() -> None:
    assert tuple(FRAMES) == LANGUAGES
    assert all("{minutes}" in words.pause for words in FRAMES.values())


def test_a_secret_needs_no_escapes_and_is_made_once() -> None:
    made = {new_link_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(secret) == 43 and secret.replace("-", "").replace("_", "").isalnum() and secret.isascii() for secret in made)


async def page(path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask for one of the frame's own pages."""
    pages = Pages(Path(), dict.fromkeys(LANGUAGES, object()))

    async def gone(request: Request) -> Response:
        return pages.gone(request)

    async def password(request: Request) -> Response:
        return pages.password(request, 403, wrong=True)

    async def pause(request: Request) -> Response:
        return pages.pause(request, 61.2)

    routes = [Route("/gone", gone), Route("/password", password), Route("/pause", pause)]
    return await ask(Starlette(routes=routes), "GET", path, headers=headers)


async def test_pages_are_kept_by_nobody_run_nothing_and_send_forms_here_alone() -> None:
    answer = await page("/gone")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert b"<script" not in answer.body
    assert b"style=" not in answer.body


@pytest.mark.parametrize("path", ["/gone", "/password", "/pause"])
async def test_each_page_speaks_both_languages(path: str) -> None:
    english, german = await page(path), await page(path, {"accept-language": "de"})
    assert (english.headers["content-language"], german.headers["content-language"]) == ("en", "de")
    assert b'<html lang="de">' in german.body
    assert english.body != german.body


async def test_who_must_wait_is_told_how_long() -> None:
    answer = await page("/pause")
    assert (answer.status, answer.headers["retry-after"]) == (429, "62")
    assert b"in 2 min" in answer.body


async def fields(body: bytes, kind: str = "application/x-www-form-urlencoded") -> object:
    """Read a form; give its fields, or the status with which it was refused."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await small_form(request))
        except FormRefused as error:
            return JSONResponse(error.status)

    told = await ask(Starlette(routes=[Route("/", answer, methods=["POST"])]), "POST", "/", body, {"content-type": kind})
    return told.json()


async def test_a_form_may_have_so_many_bytes_and_no_more() -> None:
    for size, told in ((MOST_BYTES - 1, True), (MOST_BYTES, True), (MOST_BYTES + 1, False)):
        body = b"a=" + b"x" * (size - 2)
        assert await fields(body) == ({"a": "x" * (size - 2)} if told else 413)


async def test_only_plain_forms_are_read() -> None:
    assert await fields(b"password=a+b%26c&again=") == {"password": "a b&c", "again": ""}
    assert await fields(b"") == {}
    assert await fields(b"{}", "application/json") == 415
    assert await fields(b"&".join([b"a=1"] * 17)) == 400
    assert await fields("ä=ö".encode()) == 400


async def test_so_many_wrong_passwords_are_free_of_one_address_at_a_link(kept: str) -> None:
    clock = Clock()
    guesses = Guesses(clock)
    for _ in range(FREE_OF_BOTH):
        assert not await guesses.right("1", "::1", kept, "wrong")
    with pytest.raises(TooManyGuesses) as refused:
        await guesses.right("1", "::1", kept, RIGHT)
    assert await guesses.right("1", "::2", kept, RIGHT)
    clock.now += refused.value.seconds
    assert await guesses.right("1", "::1", kept, RIGHT)


@pytest.mark.parametrize(("links", "addresses", "free"), [(1, 100, FREE_OF_LINK), (100, 1, FREE_OF_ADDRESS)])
async def test_many_addresses_and_many_links_are_slowed_down_too(links: int, addresses: int, free: int) -> None:
    guesses = Guesses(Clock())
    for number in range(free):  # no hash is kept, and none is right
        assert not await guesses.right(str(number % links), str(number % addresses), "", "wrong")
    with pytest.raises(TooManyGuesses):
        await guesses.right(str(free % links), str(free % addresses), "", "wrong")


async def test_guesses_at_once_are_no_more_than_one_after_the_other(kept: str) -> None:
    guesses = Guesses(Clock())
    found = await asyncio.gather(*(guesses.right("1", "::1", kept, "wrong") for _ in range(MOST_WAITING + 5)), return_exceptions=True)
    assert found[:FREE_OF_BOTH] == [False] * FREE_OF_BOTH
    assert all(isinstance(each, TooManyGuesses) for each in found[FREE_OF_BOTH:])


def test_a_ticket_holds_for_its_subject_and_for_its_time() -> None:
    clock = Clock()
    tickets = Tickets(clock)
    ticket = tickets.give("link 1", 60)
    assert tickets.holds(ticket, "link 1")
    assert not tickets.holds(ticket, "link 2")
    assert not Tickets(clock).holds(ticket, "link 1")
    clock.now += 59
    assert tickets.holds(ticket, "link 1")
    clock.now += 1
    assert not tickets.holds(ticket, "link 1")


@given(st.text())
def test_nobody_makes_a_ticket(ticket: str) -> None:
    assert not Tickets(Clock()).holds(ticket, "link 1")


@pytest.mark.parametrize(("size", "told"), [(0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (2_500_000, "2.5 MB"), (5 * 10**15, "5000 TB")])
def test_sizes_are_written_as_people_read_them(size: int, told: str) -> None:
    assert FRAMES["en"].size(size) == told


def test_a_size_bears_the_readers_decimal_mark() -> None:
    assert FRAMES["de"].size(10_700_000_000) == "10,7 GB"
