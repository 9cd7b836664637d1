"""The words of the settings: lists in text, and what users of paperless write."""

import json
from collections.abc import Mapping
from datetime import date
from ipaddress import ip_network

from actors.dates.candidates import DateOrder
from actors.dates.settings import read_day

# The peer's defaults are `clean` and `true`: they mean "make the page readable", which `auto` does where a page needs it.
PEER_WHEN: Mapping[str, str] = {
    "clean": "auto",
    "true": "auto",
    "yes": "auto",
    "1": "auto",
    "clean-final": "always",
    "none": "never",
    "false": "never",
    "no": "never",
    "0": "never",
}
PEER_MODE: Mapping[str, str] = {"auto": "skip"}


def read_when(value: object) -> object:
    """Turn the peer's words for cleaning, deskewing and turning into ours; leave others for the type to judge."""
    if isinstance(value, bool | int | str):
        word = str(value).strip().lower()
        return PEER_WHEN.get(word, word)
    return value


def read_mode(value: object) -> object:
    """Turn the peer's word for an OCR mode into ours."""
    if isinstance(value, str):
        word = value.strip().lower()
        return PEER_MODE.get(word, word)
    return value


def read_list(value: object) -> object:
    """Split text into a list: JSON where it begins with a bracket, else at commas."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError(f'must be a list like a,b or ["a", "b"]; {error.msg} at column {error.colno}') from error
        except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists inside lists inside lists
            raise ValueError('must be a list like a,b or ["a", "b"]') from error
    return [part.strip() for part in value.split(",") if part.strip()]


def read_capitals(value: object) -> object:
    """Write a word in capitals."""
    return value.strip().upper() if isinstance(value, str) else value


def read_dates(value: object, order: DateOrder, today: date) -> object:
    """Read a list of dates in any form that is known from documents; numbers stand in the set order."""
    days = read_list(value)
    return [_read_date(day, order, today) for day in days] if isinstance(days, list) else days


def _read_date(value: object, order: DateOrder, today: date) -> object:
    if not isinstance(value, str):
        return value
    day = read_day(value, order, today)
    if day is None:
        raise ValueError(f"must be dates like 2024-12-31; {value!r} is none")
    return day


def read_mapping(value: object) -> object:
    """Read a JSON object; a table of scriba.toml is one already."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ValueError('must be a JSON object like {"TAG:(.*)": "\\\\g<1>"}') from error


def read_networks(value: object) -> object:
    """Take an address for the network of it alone, and one within a network for that network."""
    words = read_list(value)
    if not isinstance(words, list | tuple):
        return words
    try:
        return [ip_network(str(word), strict=False) for word in words]
    except ValueError:
        raise ValueError("must be addresses and networks like 10.0.0.2 or fd00::/64") from None


def read_languages(value: object) -> object:
    """Split `deu+eng` into its languages."""
    return [part.strip() for part in value.split("+")] if isinstance(value, str) else value


def hide_password(url: str) -> str:
    """Replace the password in a URL by stars."""
    scheme, separator, rest = url.partition("://")
    login, at, place = rest.rpartition("@")
    user, colon, _ = login.partition(":")
    return f"{scheme}{separator}{user}:***{at}{place}" if at and colon else url
