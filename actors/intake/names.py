"""File names as people may see them: valid Unicode, one line, nothing that turns the text around. And the name of a file on its way out."""

import os
import re
import unicodedata

# Set in front of a name for the moment between "accepted" and "removed" (source.py); never part of what a person sees.
TAKEN_PREFIX = ".scriba-taken-"

_TAKEN = re.compile(re.escape(TAKEN_PREFIX) + r"([0-9a-f]{16})-?")
# Embeddings, overrides and isolates make "exe.fdp" read as "pdf.exe". The plain marks (LRM, RLM) stay: Arabic and Hebrew names use them.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_SUFFIX = re.compile(r"\.(?=[^.]*[A-Za-z])[A-Za-z0-9_-]{1,10}$")
_LONGEST_NAME_BYTES = 255
# A time before 1970 is negative, and wraps round.
_TIMES = 1 << 64
_UNNAMED = "unnamed"


def shown_text(text: str) -> str:
    """Give text that is safe to store and show in one line."""
    try:
        data = text.encode("utf-8", "surrogateescape")  # how the system spells bytes of a file name that are no UTF-8
    except UnicodeEncodeError:
        data = text.encode("utf-8", "replace")
    valid = data.decode("utf-8", "replace")
    directed = unicodedata.normalize("NFC", _DIRECTION.sub("", valid))  # in this order: a mark taken out brings letter and accent together
    lined = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in directed)
    return lined.strip()


def shown_name(name: str) -> str:
    """Give one file name as it is shown: what is left of `name`, at most 255 bytes, its suffix kept."""
    text = shown_text(_TAKEN.sub("", name, count=1) if name.startswith(TAKEN_PREFIX) else name).replace("/", "_")
    if text.strip(". ") == "":
        return _UNNAMED
    return _shortened(text)


def taken_name(name: str, ctime_ns: int) -> str:
    """Give a hidden name that tells which file it was: its name, where that fits, and when it had last changed before it was renamed."""
    taken = f"{TAKEN_PREFIX}{ctime_ns % _TIMES:016x}"
    whole = f"{taken}-{name}"
    return whole if len(os.fsencode(whole)) <= _LONGEST_NAME_BYTES else taken


def before_taken(name: str) -> tuple[str, int] | None:
    """Read such a name: the name and the change time before; None for every other, and where the name did not fit."""
    found = _TAKEN.match(name)
    if found is None or found.end() == len(name):
        return None
    return name[found.end() :], int(found[1], 16)


def upload_name(filename: str) -> str:
    """Give the name of an uploaded file: its last part, whichever system's path a client sent."""
    return shown_name(filename.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])


def title_of(name: str) -> str:
    """Give a title from a shown name: the name without its suffix, where that looks like one."""
    return _SUFFIX.sub("", name).strip() or name


def _shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST_NAME_BYTES:
        return name
    found = _SUFFIX.search(name)
    suffix = found.group() if found else ""
    stem = name.removesuffix(suffix).encode()[: _LONGEST_NAME_BYTES - len(suffix)]
    return stem.decode("utf-8", "ignore").rstrip() + suffix
