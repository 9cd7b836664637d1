"""Paths that every file system takes: no way out of the folder, no name that means something else, nothing too long."""

import re
import unicodedata

from actors.templates.errors import TemplateError

LONGEST_PART = 255
LONGEST_PATH = 1024
# What is set behind the last name: versions, counters and the suffix of the file, such as _v12_01.pdf.
ROOM = 32

_FORBIDDEN = re.compile(r'[\\:*?"<>|]')
# Most names are of these alone, and need nothing done: a path is written in half the time.
_PLAIN = re.compile(r"[\w !#-).;=@\[\]{}^`~+,-]*", re.ASCII)
# Those that turn a line round, or are not seen.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)


def clean_value(text: str) -> str:
    """Make one name of a value: a slash in it makes no folder."""
    return clean_part(text.replace("/", "-"))


def clean_part(text: str) -> str:
    """Take out what a name can't have: control characters become spaces, signs that some system forbids become dashes."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    lined = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in seen)
    return " ".join(_FORBIDDEN.sub("-", lined).split())


def clean_path(text: str) -> str:
    """Make a relative path, without suffix, of what a template wrote. Lines are joined; empty and dotted parts are left out."""
    line = "".join(part.strip() for part in text.splitlines())
    parts = [part for part in (_named(part) for part in line.split("/")) if part]
    if not parts:
        raise TemplateError("the path is empty for this document")
    *folders, name = parts
    path = "/".join([*(_cut(folder, LONGEST_PART) for folder in folders), _cut(name, LONGEST_PART - ROOM)])
    if (length := len(path.encode())) > LONGEST_PATH - ROOM:
        raise TemplateError(f"the path has {length} bytes for this document; {LONGEST_PATH - ROOM} are allowed")
    return path


def _named(part: str) -> str:
    # Dots at the beginning hide a file; dots and spaces at the end are lost on Windows.
    name = clean_part(part).strip(" .")
    return f"_{name}" if _DEVICE.match(name) else name


def _cut(part: str, most: int) -> str:
    data = part.encode()
    return part if len(data) <= most else data[:most].decode("utf-8", "ignore").rstrip(" .")
