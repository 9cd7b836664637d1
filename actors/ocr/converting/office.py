"""Has LibreOffice make the PDF of an office file, in a process of its own: it costs a second or two and keeps nothing of a stranger's file.

It is loaded by its C interface, which needs no socket and starts but once. Where the parts with its windows are not installed that opens no
spreadsheet; then its command line does.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from actors.ocr.converting.office_profile import OPTIONS, write_profile
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.zips import check_zip

# Where systems keep it, and what the part is called that other programs load.
HOMES = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/usr/local/lib/libreoffice/program")
OPTIONAL = Path("/opt")
PROGRAM = Path(__file__).with_name("office_program.py")
LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
ZIPS = frozenset({".docx", ".dotx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp"})
SHEETS = frozenset({".xls", ".xlsx", ".xlsm", ".ods"})
# So it ends when it has made its profile and wants to be started again.
AGAIN = 81
MISSING = (
    "No office program is installed: LibreOffice would show its pages "
    "(apt-get install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui)."
)
FAILED = "LibreOffice could not open the file: it is damaged, locked with a password, or not what it says."


class NoOffice(DocumentUnreadable):
    """No office program is here."""


def convert_office(path: Path, suffix: str, target: Path, homes: Iterable[Path] | None = None) -> None:
    """Write the PDF to `target`. Raises NoOffice, and DocumentUnreadable of a file that LibreOffice refuses or dies of."""
    library = find_library(places() if homes is None else homes)
    if library is None:
        raise NoOffice(MISSING)
    if suffix in ZIPS:
        check_zip(path)
    # It knows formats by the ending, too, and inputs have none.
    room = target.with_name("office")
    source = room / f"document{suffix}"
    room.mkdir()
    try:
        shutil.copyfile(path, source)
        profile = write_profile(room / "profile")
        made = _by_interface(library, profile, source, target)
        if not made and suffix in SHEETS:
            made = _by_command(library.parent, profile, source, target)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    if not made:
        target.unlink(missing_ok=True)
        raise DocumentUnreadable(FAILED)


def places() -> Sequence[Path]:
    """List the folders where LibreOffice may be."""
    return [*map(Path, HOMES), *sorted(OPTIONAL.glob("libreoffice*/program"), reverse=True)]


def find_library(homes: Iterable[Path]) -> Path | None:
    """Find the part of LibreOffice that can be loaded; None where it isn't installed."""
    candidates = (home / name for home in homes for name in LIBRARIES)
    return next((library for library in candidates if library.is_file()), None)


def _by_interface(library: Path, profile: Path, source: Path, target: Path) -> bool:
    program = [sys.executable, "-P", str(PROGRAM), *map(str, (library, profile, source, target)), OPTIONS]
    return _run(program, os.environ, profile.parent) == 0


def _by_command(home: Path, profile: Path, source: Path, target: Path) -> bool:
    """Convert by the command line.

    Its socket lies beside the profile: by a relative path, since that of a socket is short. Without /proc it finds its libraries by the
    environment alone.
    """
    program = [
        str(home / "soffice.bin"),
        f"-env:UserInstallation={profile.as_uri()}",
        "-env:OSL_SOCKET_PATH=.",
        *("--headless", "--norestore", "--nologo", "--nodefault"),
        *("--convert-to", f"pdf:calc_pdf_Export:{OPTIONS}", "--outdir", str(profile.parent), str(source)),
    ]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(home)}
    if _run(program, environment, profile.parent) == AGAIN:
        _run(program, environment, profile.parent)
    made = source.with_suffix(".pdf")
    if not made.is_file():
        return False
    made.replace(target)
    return True


def _run(program: Sequence[str], environment: Mapping[str, str], folder: Path) -> int:
    silent = subprocess.DEVNULL
    return subprocess.run(  # programs of ours, on files of the decoder's
        program, env=environment, cwd=folder, stdin=silent, stdout=silent, check=False
    ).returncode
