"""Which language a text is in, and how tantivy's stemmers call it."""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock

STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "hu": "hungarian",
    "it": "italian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "es": "spanish",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

# Written languages that the model names by their close relatives, or by three letters.
_RELATIVES = {"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "nn": "no", "lb": "de"}

SAMPLE_LETTERS = 4_000
_LEAST_LETTERS = 12
# The model's own probability; below it, short or mixed texts come out as any language (measured on titles and tables).
_LEAST_CONFIDENCE = 0.5

_LOADING = Lock()
Classify = Callable[[str], tuple[str, float]]


def detect_language(text: str, classify: Classify | None = None) -> str:
    """Name the language by ISO 639-1; '' when the text is short or the answer unsure."""
    sample = " ".join(text[: 4 * SAMPLE_LETTERS].split())[:SAMPLE_LETTERS]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return "" if sample.isascii() or not sample else _confident((classify or _model())(sample))
    return _confident((classify or _model())(sample))


def _confident(answer: tuple[str, float]) -> str:
    code, confidence = answer
    code = _RELATIVES.get(code, code)
    return code if confidence >= _LEAST_CONFIDENCE and len(code) == 2 else ""


def _model() -> Classify:
    with _LOADING:  # else every thread that comes while it is being loaded would load one of its own
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Classify:
    # Imported here: the model costs 0.6 s and 60 MB, which only the process that detects languages should pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # has no stubs

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def classify(text: str) -> tuple[str, float]:
        code, confidence = identifier.classify(text)
        return str(code), float(confidence)

    return classify
