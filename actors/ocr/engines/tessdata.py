"""Which languages tesseract can read on this machine."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.messages import Notice

# Debian and Ubuntu, Fedora, Arch, source builds, Homebrew; the newest version of a folder first.
KNOWN_PLACES = (
    "usr/share/tesseract-ocr/*/tessdata",
    "usr/share/tessdata",
    "usr/share/tesseract/tessdata",
    "usr/local/share/tessdata",
    "opt/homebrew/share/tessdata",
)
NOT_LANGUAGES = frozenset({"osd", "equ", "snum"})
SUFFIX = ".traineddata"


def find_tessdata(environment: Mapping[str, str], root: Path = Path("/")) -> Path:
    """Find the folder of tesseract's models: where TESSDATA_PREFIX says, else where systems put it."""
    named = environment.get("TESSDATA_PREFIX")
    candidates = [Path(named), Path(named) / "tessdata"] if named else []
    for place in KNOWN_PLACES:
        candidates.extend(sorted(root.glob(place), reverse=True))
    for folder in candidates:
        if any(folder.glob(f"*{SUFFIX}")):
            return folder
    raise DocumentUnreadable("tesseract has no language models here: install tesseract-ocr-eng, or set TESSDATA_PREFIX to their folder")


def models(folder: Path) -> frozenset[str]:
    """Name the models in a folder, `osd` among them."""
    return frozenset(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}"))


def installed_languages(environment: Mapping[str, str]) -> frozenset[str]:
    """Name the languages that can be read here; none where tesseract is not installed."""
    try:
        return only_languages(models(find_tessdata(environment)))
    except DocumentUnreadable:
        return frozenset()


def only_languages(names: Iterable[str]) -> frozenset[str]:
    """Leave out the models that read no text."""
    return frozenset(names) - NOT_LANGUAGES


def package(language: str) -> str:
    """Name Debian's package for a language."""
    return f"tesseract-ocr-{language.lower().replace('_', '-')}"


def usable_languages(wanted: Sequence[str], installed: frozenset[str]) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Keep the wanted languages that are installed, and say which package each missing one needs. Raises when none is left."""
    usable = tuple(language for language in dict.fromkeys(wanted) if language in installed)
    missing = [language for language in dict.fromkeys(wanted) if language not in installed]
    if not usable:
        raise DocumentUnreadable(f"no language to read with: install {' '.join(map(package, missing)) or package('eng')}")
    notices = tuple(
        Notice("language-missing", f"read without {language}: its model is not installed (Debian: {package(language)})")
        for language in missing
    )
    return usable, notices
