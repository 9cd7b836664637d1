"""The code lists of EN 16931, as far as a person is told what they say."""

from collections.abc import Mapping

from actors.invoices.facts import InvoiceKind

# UNTDID 1001: credit notes of all kinds. All other codes of invoices ask for money.
CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})


def kind_of(type_code: str) -> InvoiceKind:
    """Tell by its code whether money is asked for or given back."""
    return InvoiceKind.CREDIT_NOTE if type_code in CREDIT_NOTES else InvoiceKind.INVOICE


SIGNS = {
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "MTR": "m",
    "KMT": "km",
    "MTK": "m²",
    "MTQ": "m³",
    "LTR": "l",
    "KWH": "kWh",
    "MIN": "min",
    "P1": "%",
}
# UN/ECE Recommendation 20: the units that most positions are in. Others are shown by their code.
UNITS: Mapping[str, Mapping[str, str]] = {
    "C62": {"en": "pcs", "de": "Stück", "fr": "pièce(s)"},
    "H87": {"en": "pcs", "de": "Stück", "fr": "pièce(s)"},
    "EA": {"en": "pcs", "de": "Stück", "fr": "pièce(s)"},
    "HUR": {"en": "h", "de": "Std.", "fr": "h"},
    "DAY": {"en": "days", "de": "Tage", "fr": "jours"},
    "MON": {"en": "months", "de": "Monate", "fr": "mois"},
    "ANN": {"en": "years", "de": "Jahre", "fr": "ans"},
    "LS": {"en": "lump sum", "de": "pauschal", "fr": "forfait"},
    **{code: dict.fromkeys(("en", "de", "fr"), sign) for code, sign in SIGNS.items()},
}


def unit_name(code: str, language: str) -> str:
    """Write a unit as people do."""
    return UNITS.get(code, {}).get(language, code)
