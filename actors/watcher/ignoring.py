"""Which files and folders nobody meant as documents."""

from collections.abc import Iterable

import regex  # type: ignore[import-untyped]  # the package has no types

from actors.watcher.settings import WatcherSettings

# A file that the intake renamed on its way out, and left because its process died (intake/source.py): hidden, and still to be looked at.
_TAKEN = ".scriba-taken-"

_FILES = (
    r"^\.",  # hidden: .DS_Store, ._resource forks, .syncthing.*.tmp, .~lock.*#
    r"^~\$",  # office lock files
    r"(?i)^(Thumbs\.db|desktop\.ini)$",
    r"(?i)\.(part|partial|filepart|tmp|temp|crdownload|download|swp)$",  # downloads and saves that are not done
)
_DIRS = (
    r"^\.",  # hidden: .stfolder, .stversions, .Trash-1000, .git
    r"^(@eaDir|#recycle|@Recycle|\$RECYCLE\.BIN|System Volume Information|lost\+found|__MACOSX)$",
)
# The names come from whoever drops files, so a pattern of the settings must not hang on one.
_PATTERN_SECONDS = 0.1


class IgnoreRules:
    """The fixed rules and those of the settings."""

    def __init__(self, patterns: Iterable[str] = (), dirs: Iterable[str] = ()) -> None:
        """Compile the rules; raise ValueError for a pattern that is no regular expression."""
        self._files = [_compiled(pattern) for pattern in (*_FILES, *patterns)]
        self._dirs = [_compiled(pattern) for pattern in _DIRS]
        self._dir_names = frozenset(dirs)

    def ignores_file(self, name: str) -> bool:
        """Tell whether a file of this name is left alone."""
        return not name.startswith(_TAKEN) and any(_found(pattern, name) for pattern in self._files)

    def ignores_dir(self, name: str) -> bool:
        """Tell whether nothing below a folder of this name is looked at."""
        return name in self._dir_names or any(_found(pattern, name) for pattern in self._dirs)


def ignore_rules(settings: WatcherSettings) -> IgnoreRules:
    """Give the rules that the settings ask for."""
    return IgnoreRules(settings.ignore_patterns, settings.ignore_dirs)


def _compiled(pattern: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"the ignore pattern {pattern!r} is not a regular expression: {error}") from error


def _found(pattern: regex.Pattern[str], name: str) -> bool:
    """Search a name; one that takes the pattern too long does not match, so that the file is rather taken in than lost from sight."""
    try:
        return pattern.search(name, timeout=_PATTERN_SECONDS) is not None
    except TimeoutError:
        return False
