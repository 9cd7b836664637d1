"""`python office_program.py LIBRARY PROFILE SOURCE TARGET OPTIONS`: LibreOffice by its C interface, LibreOfficeKit.

It knows no module of ours: a process that is started inside a sandbox finds none.
The interface is a table of functions that only ever grows at its end (LibreOfficeKit/LibreOfficeKit.h).
"""

import ctypes
import os
import sys
from pathlib import Path


class _Document(ctypes.Structure):
    """A document that is open."""


class _Office(ctypes.Structure):
    """LibreOffice itself."""


_DocumentPointer, _OfficePointer = ctypes.POINTER(_Document), ctypes.POINTER(_Office)
_text, _yes = ctypes.c_char_p, ctypes.c_int


class _DocumentFunctions(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("destroy", ctypes.CFUNCTYPE(None, _DocumentPointer)),
        ("save_as", ctypes.CFUNCTYPE(_yes, _DocumentPointer, _text, _text, _text)),
    )


class _OfficeFunctions(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("destroy", ctypes.CFUNCTYPE(None, _OfficePointer)),
        ("load", ctypes.CFUNCTYPE(_DocumentPointer, _OfficePointer, _text)),
    )


_Document._fields_ = (("functions", ctypes.POINTER(_DocumentFunctions)),)  # a type that names itself is completed so
_Office._fields_ = (("functions", ctypes.POINTER(_OfficeFunctions)),)  # likewise


def convert(library: Path, profile: Path, source: Path, target: Path, *, options: str) -> bool:
    """Convert a file; False where LibreOffice refuses it."""
    begin = ctypes.CDLL(str(library)).libreofficekit_hook_2
    begin.restype, begin.argtypes = _OfficePointer, (_text, _text)
    office = begin(str(library.parent).encode(), profile.as_uri().encode())
    if not office:
        return False
    document = office.contents.functions.contents.load(office, source.as_uri().encode())
    if not document:
        return False
    return bool(document.contents.functions.contents.save_as(document, target.as_uri().encode(), b"pdf", options.encode()))


if __name__ == "__main__":
    *paths, options = sys.argv[1:]
    done = convert(*map(Path, paths), options=options)
    # Its own end takes as long as its start, and there is nothing to keep.
    os._exit(0 if done else 1)
