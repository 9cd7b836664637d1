"""What the frame of links' pages says, in each language, and which language a visitor reads."""

from dataclasses import dataclass

LANGUAGES = ("en", "de")
_KILO = 1_000
_UNITS = ("kB", "MB", "GB", "TB")
# A browser names a few languages; nobody needs to look at more.
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class FrameWords:
    """The texts that all rooms of links have in common."""

    archive: str
    gone_title: str
    gone: str
    locked_title: str
    locked: str
    locked_label: str
    locked_wrong: str
    go_on: str
    pause_title: str
    pause: str
    away_title: str
    away: str
    point: str

    def size(self, size_bytes: int) -> str:
        """Write a size as people read it."""
        if size_bytes < _KILO:
            return f"{size_bytes} B"
        size, unit = size_bytes / _KILO, 0
        while size >= _KILO and unit < len(_UNITS) - 1:
            size, unit = size / _KILO, unit + 1
        return f"{size:.1f}".removesuffix(".0").replace(".", self.point) + f" {_UNITS[unit]}"


FRAMES = {
    "en": FrameWords(
        archive="A Scriba archive",
        gone_title="There is nothing here",
        gone="This link does not exist, or it has ended. Ask whoever gave it to you for another one.",
        locked_title="A password is needed",
        locked="Whoever gave you this link has set a password for it.",
        locked_label="Password",
        locked_wrong="That was not the password.",
        go_on="Continue",
        pause_title="Please wait a moment",
        pause="There were too many tries. Try again in {minutes} min.",
        away_title="Not just now",
        away="The archive cannot answer at the moment. Try again in a minute.",
        point=".",
    ),
    "de": FrameWords(
        archive="Ein Scriba-Archiv",
        gone_title="Hier ist nichts",
        gone="Diesen Link gibt es nicht, oder er gilt nicht mehr. Bitten Sie die Person, von der Sie ihn haben, um einen neuen.",
        locked_title="Ein Passwort ist nötig",
        locked="Die Person, von der Sie diesen Link haben, hat ihn mit einem Passwort geschützt.",
        locked_label="Passwort",
        locked_wrong="Das war nicht das Passwort.",
        go_on="Weiter",
        pause_title="Bitte warten Sie einen Moment",
        pause="Es waren zu viele Versuche. Versuchen Sie es in {minutes} min noch einmal.",
        away_title="Gerade geht es nicht",
        away="Das Archiv kann im Augenblick nicht antworten. Versuchen Sie es in einer Minute noch einmal.",
        point=",",
    ),
}


def language_of(accepted: str) -> str:
    """Choose the language that an Accept-Language header likes best, English where it likes none of ours (RFC 9110, 12.5.4)."""
    best, liked = LANGUAGES[0], 0.0
    for part in accepted.split(",")[:_MOST_NAMED]:
        name, _, weight = part.partition(";")
        language = name.strip().lower().partition("-")[0]
        if language in LANGUAGES and (quality := _quality(weight)) > liked:
            best, liked = language, quality
    return best


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if not weight.strip():
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
