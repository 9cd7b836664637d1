"""What is shown when the daemon is ready: where to look, and what to try."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from daemon.certificates.self_made import News
from daemon.certificates.shown import Shown
from daemon.listen import ListenAddress
from daemon.settings.loading import default_data_dir
from daemon.settings.model import Settings

_USUAL_ADDRESS = "127.0.0.1:8440"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader of the greeting stands: the working directory, the way to type `scriba`, and the data folders it finds by itself."""

    folder: Path
    command: str
    found_data_dirs: tuple[Path, ...]


def place_of_reader(folder: Path, scriba: Path, on_path: str | None, default_data_dir: Path) -> Place:
    """Work out how the client is called from here: by name when that means the one beside this daemon, else by its path."""
    command = "scriba" if on_path and Path(on_path).resolve() == scriba.resolve() else short_path(scriba, folder)
    return Place(folder, command, (folder / "data", default_data_dir))


def greeting(settings: Settings, shown: Shown | None, code: str | None) -> str:
    """Write it for whoever started this process."""
    scriba = Path(sys.executable).with_name("scriba")
    place = place_of_reader(Path.cwd(), scriba, shutil.which("scriba"), default_data_dir(os.environ))
    return greeting_at(place, settings, shown, code)


def greeting_at(place: Place, settings: Settings, shown: Shown | None = None, code: str | None = None) -> str:
    """Write it for 80 columns; only a long path goes beyond.

    `shown` is what the port shows where it speaks TLS; with `code` somebody becomes the first administrator.
    """
    rows = [("page", url(settings.listen, shown))]
    if shown and settings.listen != settings.listen.reachable and shown.certificate.names:
        rows.append(("elsewhere", f"https://{shown.certificate.names[0]}:{settings.listen.port}/"))
    rows += [("drop into", f"{short_path(watched.path, place.folder)}/") for watched in settings.watched_folders]
    rows += [("try", f"{place.command} upload FILE --wait"), ("", f"{place.command} search WORD"), ("", f"{place.command} --help")]
    if code:
        # After the #, where no browser sends it and no log has it.
        rows += [("first user", f"{url(settings.listen, shown)}invitation#code={code}")]
        rows += [("", f"or {place.command} login --invited"), ("", f"with the code {code}")]
    if needed := _needed_variables(settings, place):
        rows += [("before that", f"export {needed[0]}"), *(("", f"export {variable}") for variable in needed[1:])]
    rows.append(("end", "Ctrl-C"))
    lines = ["Scriba is ready.", "", *(f"  {name:<11}  {value}" for name, value in rows), ""]
    return "\n".join([*lines, *(_certificate_lines(shown) if shown else [])])


def url(listen: ListenAddress, shown: Shown | None) -> str:
    """Give the address for a browser on this machine."""
    return f"{'https' if shown else 'http'}://{listen.reachable}/"


def _certificate_lines(shown: Shown) -> list[str]:
    if not shown.self_made:
        return ["The certificate is yours; its fingerprint is", f"  {shown.certificate.fingerprint}", ""]
    anew = [f"The certificate is made anew, since {shown.news}."] if shown.news not in (News.NONE, News.FIRST) else []
    return [
        *anew,
        "The certificate is made by Scriba. Browsers and `scriba login` ask whether you",
        "trust it: yes, where they show this fingerprint.",
        f"  {shown.certificate.fingerprint}",
        "",
    ]


def short_path(path: Path, folder: Path) -> str:
    """Write a path as seen from the folder when it lies below it."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _needed_variables(settings: Settings, place: Place) -> list[str]:
    needed = [] if str(settings.listen.reachable) == _USUAL_ADDRESS else [f"SCRIBA_SERVER={settings.listen.reachable}"]
    return needed if settings.data_dir in place.found_data_dirs else [*needed, f"SCRIBA_DATA_DIR={settings.data_dir}"]
