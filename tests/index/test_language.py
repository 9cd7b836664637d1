"""Languages of texts, short ones among them."""

import pytest

from actors.index.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Rechnung ist bis zum 31. Dezember zu zahlen.", "de"),
        ("The invoice has to be paid until the end of the month.", "en"),
        ("Portez ce vieux whisky au juge blond qui fume", "fr"),
        ("这是一个测试文件，关于保险合同的条款。", "zh"),
        ("هذه فاتورة يجب دفعها قبل نهاية الشهر", "ar"),
        ("De factuur moet voor het einde van de maand worden betaald.", "nl"),
        ("", ""),
        ("12345 6789", ""),
        ("RE-0815", ""),
        ("support Oppose", ""),
    ],
)
def test_the_language_of_a_text_is_named_or_left_open(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_an_unsure_answer_is_no_answer() -> None:
    text = "a text of some length"
    assert detect_language(text, lambda _: ("en", 0.2)) == ""
    assert detect_language(text, lambda _: ("zxx", 0.9)) == ""
    assert detect_language(text, lambda _: ("yue", 0.9)) == "zh"


def test_only_the_begin_of_a_long_text_is_looked_at() -> None:
    lengths = list[int]()

    def classify(sample: str) -> tuple[str, float]:
        lengths.append(len(sample))
        return "en", 1.0

    detect_language("word " * 100_000, classify)
    assert lengths[0] <= 4_000
