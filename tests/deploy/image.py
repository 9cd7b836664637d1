"""Makes of our Dockerfile what an engine would make of it: each step is carried out in a system of Debian's own (debootstrap)."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from tests.deploy.dockerfile import IMAGE, Stage, Step, read_stages
from tests.deploy.rooms import Room

ROOT = IMAGE.parents[1]
MIRROR = "http://deb.debian.org/debian"
NODE = ("/usr/bin/node", "/usr/bin/npm", "/usr/bin/npx", "/usr/lib/node_modules/npm")


@dataclass(frozen=True, slots=True)
class Image:
    """What was built, and how it is to be started."""

    room: Room
    stage: Stage

    @property
    def environment(self) -> dict[str, str]:
        """Give what each program in it finds in its environment."""
        return self.stage.pairs("ENV")


@dataclass(slots=True)
class Builder:
    """Builds stage after stage in a folder. The image with Node is Debian and the Node of this machine."""

    folder: Path
    _rooms: dict[str, Room] = field(default_factory=dict)

    def build(self) -> Image:
        """Carry out all of it; give what the last stage makes."""
        stages = read_stages(IMAGE.read_text(encoding="utf-8"))
        for number, stage in enumerate(stages):
            self._build(stage, stage.name or str(number))
        return Image(self._rooms[stages[-1].name or str(len(stages) - 1)], stages[-1])

    def _build(self, stage: Stage, name: str) -> None:
        room = self._rooms[name] = Room(self.folder / name)
        copy(self._debian(), room.root)
        if stage.image.startswith("node:"):
            for path in NODE:
                copy(Path(path), room.root / path.lstrip("/"))
        folder, environment, given = "/", dict[str, str](), dict[str, str]()
        for step in stage.steps:
            match step.word:
                case "RUN":
                    room.build(step.rest, {**given, **environment}, folder)
                case "COPY":
                    self._copy(step, room, folder)
                case "WORKDIR":
                    folder = step.rest
                    (room.root / folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
                case "ENV":
                    environment |= pairs(step)
                case "ARG":
                    given |= pairs(step)

    def _copy(self, step: Step, room: Room, folder: str) -> None:
        words = step.words
        source = self._rooms[words.pop(0).removeprefix("--from=")].root if words[0].startswith("--") else self._sources()
        *names, target = words
        place = room.root / (Path("/") / folder / target).relative_to("/")
        if len(names) == 1 and not (target.endswith("/") and (source / names[0]).is_file()):
            copy(source / names[0].lstrip("/"), place)
            return
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            copy(source / name, place / Path(name).name)

    def _sources(self) -> Path:
        """Give the sources as an engine gets them: without what .dockerignore leaves out."""
        place = self.folder / "sources"
        if not place.exists():
            rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
            listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
            for name in wanted([name for name in listed if name], rules):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, place / name)
        return place

    def _debian(self) -> Path:
        place = self.folder / "debian"
        if not place.exists():
            command = ["debootstrap", "--variant=minbase", "bookworm", str(place), MIRROR]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return place


def pairs(step: Step) -> Mapping[str, str]:
    """Read NAME=VALUE."""
    return {name: value for name, _, value in (word.partition("=") for word in step.words)}


def copy(source: Path, target: Path) -> None:
    """Copy a file, or what a folder holds, with all that it is: owners, modes, links, times."""
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "-T", str(source), str(target)], check=True)


def wanted(names: Sequence[str], rules: Sequence[str]) -> Iterator[str]:
    """Choose files as .dockerignore says: the last rule that speaks of a file or of a folder around it decides."""
    plain = [rule for rule in rules if rule and not rule.startswith("#")]
    for name in names:
        ignored = False
        for rule in plain:
            if _speaks_of(rule.removeprefix("!"), name):
                ignored = not rule.startswith("!")
        if not ignored:
            yield name


def _speaks_of(rule: str, name: str) -> bool:
    around = [name, *(str(folder) for folder in Path(name).parents if str(folder) != ".")]
    return any(fnmatch(each, rule) or (rule.startswith("**/") and fnmatch(Path(each).name, rule[3:])) for each in around)
