"""What codes say of a document."""

import pytest

from actors.barcodes.meaning import ASN_AMBIGUOUS, ASN_TOO_LARGE, TAG_CODE_SLOW, BarcodeFacts, meaning
from actors.barcodes.settings import BarcodeSettings

ALL = BarcodeSettings(separate=True, asn=True, tags=True)


@pytest.mark.parametrize(
    ("payload", "number"),
    [
        ("ASN00123", 123),
        ("ASN0", 0),
        ("ASN 7", 7),
        ("ASN-00042-A", 42),
        ("ASN12x34", 1234),
        ("ASN4294967295", 2**32 - 1),
        ("ASN", None),
        ("ASNXYZ", None),
        ("ASN١٢٣", None),
        ("asn123", None),
        ("XASN123", None),
        ("123", None),
    ],
)
def test_a_number_is_what_stands_behind_the_prefix_without_all_that_is_no_digit(payload: str, number: int | None) -> None:
    facts = meaning([[payload]], ALL)
    assert (facts.asn, facts.asn_code, facts.notices) == (number, payload if number is not None else "", ())


def test_the_prefix_may_be_another() -> None:
    settings = BarcodeSettings(asn=True, asn_prefix="CUSTOM-PREFIX-")
    assert meaning([["CUSTOM-PREFIX-00123"]], settings).asn == 123
    assert meaning([["ASN00123"]], settings).asn is None


@pytest.mark.parametrize("digits", ["4294967296", "9" * 5_000])
def test_a_number_that_is_too_large_is_none_and_is_told(digits: str) -> None:
    facts = meaning([[], [f"ASN{digits}"]], ALL)
    assert facts.asn is None
    assert [(notice.code, notice.page) for notice in facts.notices] == [(ASN_TOO_LARGE, 2)]
    assert len(facts.notices[0].message) < 200


def test_the_first_number_counts_and_others_are_told() -> None:
    facts = meaning([["ASN7"], ["ASN007", "ASN8"], ["ASN9"]], ALL)
    assert (facts.asn, facts.asn_code) == (7, "ASN7")
    assert [notice.code for notice in facts.notices] == [ASN_AMBIGUOUS]
    assert "7 was taken, not 8, 9" in facts.notices[0].message


def test_a_number_that_is_none_does_not_hide_the_next() -> None:
    facts = meaning([["ASN99999999999"], ["ASN5"]], ALL)
    assert (facts.asn, [notice.code for notice in facts.notices]) == (5, [ASN_TOO_LARGE])


@pytest.mark.parametrize(
    ("payload", "tags"),
    [
        ("TAG:invoice", ("invoice",)),
        ("tag:Invoice", ("Invoice",)),
        ("TAG: to pay ", ("to pay",)),
        ("TAG:a,TAG:b , TAG:a", ("a", "b")),
        ("TAG:a,b", ("a",)),
        ("TAG:", ()),
        ("A TAG:a", ()),
        ("invoice", ()),
    ],
)
def test_each_part_between_commas_names_a_tag_if_it_matches(payload: str, tags: tuple[str, ...]) -> None:
    assert meaning([[payload]], ALL) == BarcodeFacts(tags=tags)


def test_the_first_expression_that_matches_makes_the_tag() -> None:
    mapping = (("ASN12.*", "JOHN"), ("ASN1.*", "SMITH"), ("(.)-(.*)", r"\2 \g<1>"))
    pages = [["ASN1234", "ASN1300"], ["T-Doe", "nothing"]]
    assert meaning(pages, BarcodeSettings(tags=True, tag_mapping=mapping)).tags == ("JOHN", "SMITH", "Doe T")


def test_an_expression_that_runs_wild_is_stopped_and_told() -> None:
    facts = meaning([["a" * 5_000 + "b", "TAG:x"]], BarcodeSettings(tags=True, tag_mapping=(("(a|aa)+$", "x"), ("TAG:(.*)", r"\1"))))
    assert facts.tags == ("x",)
    assert [(notice.code, notice.page) for notice in facts.notices] == [(TAG_CODE_SLOW, 1)]


def test_what_is_not_enabled_says_nothing() -> None:
    assert meaning([["PATCHT", "ASN5", "TAG:a"]], BarcodeSettings(separate=True)) == BarcodeFacts()
    assert not BarcodeSettings().wanted
