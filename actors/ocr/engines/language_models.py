"""Which of tesseract's models reads which language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its English name, and the models that read it, the usual one first."""

    name: str
    models: tuple[str, ...]


# By ISO 639-1. Left out is what short texts and tables are mistaken for and hardly anyone writes: Latin, Esperanto, Occitan.
LANGUAGES: Mapping[str, Language] = {
    code: Language(name, tuple(models.split()))
    for code, name, models in (
        ("af", "Afrikaans", "afr"),
        ("ar", "Arabic", "ara"),
        ("be", "Belarusian", "bel"),
        ("bg", "Bulgarian", "bul"),
        ("bn", "Bengali", "ben"),
        ("ca", "Catalan", "cat"),
        ("cs", "Czech", "ces"),
        ("da", "Danish", "dan"),
        ("de", "German", "deu deu_latf frk deu_frak"),
        ("el", "Greek", "ell"),
        ("en", "English", "eng"),
        ("es", "Spanish", "spa"),
        ("et", "Estonian", "est"),
        ("fa", "Persian", "fas"),
        ("fi", "Finnish", "fin"),
        ("fr", "French", "fra"),
        ("he", "Hebrew", "heb"),
        ("hi", "Hindi", "hin"),
        ("hr", "Croatian", "hrv bos srp_latn"),
        ("hu", "Hungarian", "hun"),
        ("hy", "Armenian", "hye"),
        ("id", "Indonesian", "ind msa"),
        ("is", "Icelandic", "isl"),
        ("it", "Italian", "ita"),
        ("ja", "Japanese", "jpn"),
        ("ka", "Georgian", "kat"),
        ("ko", "Korean", "kor"),
        ("lt", "Lithuanian", "lit"),
        ("lv", "Latvian", "lav"),
        ("nl", "Dutch", "nld"),
        ("no", "Norwegian", "nor"),
        ("pl", "Polish", "pol"),
        ("pt", "Portuguese", "por"),
        ("ro", "Romanian", "ron"),
        ("ru", "Russian", "rus"),
        ("sk", "Slovak", "slk"),
        ("sl", "Slovenian", "slv"),
        ("sq", "Albanian", "sqi"),
        ("sr", "Serbian", "srp srp_latn"),
        ("sv", "Swedish", "swe"),
        ("ta", "Tamil", "tam"),
        ("th", "Thai", "tha"),
        ("tr", "Turkish", "tur"),
        ("uk", "Ukrainian", "ukr"),
        ("ur", "Urdu", "urd"),
        ("vi", "Vietnamese", "vie"),
        ("zh", "Chinese", "chi_sim chi_tra"),
    )
}


def model_to_read(language: Language, tried: Iterable[str], installed: frozenset[str]) -> str:
    """Choose an installed model for a language in which a page was not read yet; '' where it was, or none is installed."""
    if set(language.models) & set(tried):
        return ""
    return next((model for model in language.models if model in installed), "")


def is_missing(language: Language, tried: Iterable[str], installed: frozenset[str]) -> bool:
    """Tell whether a language was read without any model of its own because none is installed."""
    return not set(language.models) & (set(tried) | installed)
