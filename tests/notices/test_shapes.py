"""Messages in the shape of each service."""

import pytest

from actors.notices.shapes import call_for, check_url
from actors.notices.wording import MOST_LINES, Told, message_of
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.notifications import Event, Way

URL = "https://papers.example"
ONE = message_of([Told(DocumentId(7), "Stromrechnung für März", Event.FAILED)], URL)


def test_one_happening_is_told_in_the_title_and_leads_to_its_document() -> None:
    assert (ONE.title, ONE.body, ONE.link) == (
        "Could not be read: Stromrechnung für März",
        "Could not be read: Stromrechnung für März",
        f"{URL}/documents/7",
    )


def test_many_are_counted_and_the_first_are_listed() -> None:
    told = [Told(DocumentId(number), f"letter {number}", Event.ATTENTION) for number in range(MOST_LINES + 2)]
    message = message_of(told, URL)
    assert (message.title, message.link) == ("Scriba: 22 notices about 22 documents", URL)
    assert (len(message.lines), message.lines[0], message.lines[-1]) == (MOST_LINES + 1, "Needs attention: letter 0", "and 2 more")


def test_each_event_has_words_and_without_an_address_there_is_no_link() -> None:
    told = [Told(DocumentId(1), "Lease", Event.VIEW, "Home"), Told(DocumentId(1), "Lease", Event.DUE, "Pay until 2026-12-01")]
    message = message_of(told, "")
    assert message.lines == ("New in “Home”: Lease", "Due (Pay until 2026-12-01): Lease")
    assert (message.title, message.link) == ("Scriba: 2 notices about 1 document", "")


def test_ntfy_gets_text_with_a_title_that_a_header_can_hold() -> None:
    call = call_for(Way.NTFY, "https://ntfy.example/papers", "tk_1", ONE, "1")
    assert (call.method, call.url, call.content) == ("POST", "https://ntfy.example/papers", {"content": ONE.body.encode()})
    assert dict(call.headers) == {
        "Authorization": "Bearer tk_1",
        "Title": "=?UTF-8?B?Q291bGQgbm90IGJlIHJlYWQ6IFN0cm9tcmVjaG51bmcgZsO8ciBNw6Ryeg==?=",
        "Click": f"{URL}/documents/7",
    }


def test_gotify_gets_its_message_at_its_own_path() -> None:
    call = call_for(Way.GOTIFY, "https://gotify.example/", "A1", ONE, "1")
    assert (call.url, call.headers) == ("https://gotify.example/message", (("X-Gotify-Key", "A1"),))
    assert (call.content["json"]["title"], call.content["json"]["message"]) == (ONE.title, ONE.body)


def test_matrix_gets_it_under_a_number_that_counts_once() -> None:
    call = call_for(Way.MATRIX, "https://matrix.example/!abc:home.example", "t", ONE, "77")
    room = "https://matrix.example/_matrix/client/v3/rooms/%21abc%3Ahome.example"
    assert (call.method, call.url) == ("PUT", f"{room}/send/m.room.message/scriba-77")
    assert call.content["json"] == {"msgtype": "m.text", "body": f"{ONE.body}\n{ONE.link}"}


def test_plain_json_tells_each_happening() -> None:
    call = call_for(Way.JSON, "https://h.example/x", "", ONE, "1")
    assert call.headers == ()
    assert call.content["json"]["notices"] == [{"event": "failed", "document_id": "7", "title": "Stromrechnung für März", "words": ""}]


@pytest.mark.parametrize(
    ("way", "url", "fits"),
    [
        (Way.JSON, "https://h.example/x", True),
        (Way.JSON, "ftp://h.example/x", False),
        (Way.JSON, "", False),
        (Way.NTFY, "https://ntfy.example/papers", True),
        (Way.NTFY, "https://ntfy.example/", False),
        (Way.MATRIX, "https://matrix.example/!abc:home.example", True),
        (Way.MATRIX, "https://matrix.example/#papers:home.example", False),
        (Way.GOTIFY, "https://gotify.example", True),
    ],
)
def test_addresses_are_checked_for_their_way(way: Way, url: str, fits: bool) -> None:
    assert (check_url(way, url) == "") is fits


def test_no_secret_stands_in_what_a_call_shows_of_itself() -> None:
    assert "tk_1" not in repr(call_for(Way.NTFY, "https://ntfy.example/papers", "tk_1", ONE, "1"))
