"""Lays an invoice out as rows, in the order in which people write invoices."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from actors.invoices.codes import unit_name
from actors.invoices.contents import Contents, Party, Payment, Position
from actors.invoices.labels import Label
from actors.invoices.rows import Cell, Row, Style
from actors.invoices.wording import Wording

# More would be hundreds of pages that nobody reads; an honest invoice of a hospital has some hundred.
MOST_POSITIONS = 2_000
MOST_OTHERS = 100
COLUMNS = (0.06, 0.43, 0.14, 0.13, 0.08, 0.16)
TAX_COLUMNS = (0.55, 0.15, 0.15, 0.15)
STANDARD_RATE = "S"  # of UNTDID 5305; the rate beside it says all


def compose(contents: Contents, wording: Wording) -> Iterator[Row]:
    """Write out an invoice: head, parties, positions, sums, taxes, payment, notes."""
    parts = (
        _head(contents, wording),
        _parties(contents, wording),
        _positions(contents.positions, wording),
        _sums(contents, wording),
        _taxes(contents, wording),
        _payment(contents, wording),
        _notes(contents, wording),
    )
    return (row for row in chain.from_iterable(parts) if row.text)


def title_of(contents: Contents, wording: Wording) -> str:
    """Name the invoice as it names itself, with its number."""
    return f"{contents.title or wording.words[contents.facts.kind]} {contents.facts.number}".strip()


def _head(contents: Contents, wording: Wording) -> Iterator[Row]:
    facts, delivery, words = contents.facts, contents.delivery, wording.words
    yield Row((Cell(title_of(contents, wording)),), Style.TITLE)
    yield from _pair(words[Label.NUMBER], facts.number)
    for label, day in ((Label.ISSUED, facts.issued), (Label.DUE, facts.due), (Label.DELIVERED, delivery.day)):
        yield from _pair(words[label], wording.day(day) if day else "")
    yield from _pair(words[Label.PERIOD], " – ".join(wording.day(day) for day in (delivery.first, delivery.last) if day))
    for reference in contents.references[:MOST_OTHERS]:
        yield from _pair(words[reference.kind], reference.value)


def _pair(label: str, value: str) -> Iterator[Row]:
    if value:
        yield Row((Cell(label, 0.3), Cell(value, 0.7)))


def _parties(contents: Contents, wording: Wording) -> Iterator[Row]:
    words = wording.words
    yield Row((Cell(words[Label.SELLER], 0.5), Cell(words[Label.BUYER], 0.5)), Style.LABEL, gap=True)
    yield Row((Cell(_party(contents.seller), 0.5), Cell(_party(contents.buyer), 0.5)))


def _party(party: Party) -> str:
    return "\n".join(line for line in (party.name, *party.address, *party.contact, *party.identifiers) if line)


def _positions(positions: tuple[Position, ...], wording: Wording) -> Iterator[Row]:
    if not positions:
        return
    labels = (Label.POSITION, Label.ITEM, Label.QUANTITY, Label.PRICE, Label.TAX, Label.AMOUNT)
    head = Row(_columns([wording.words[label] for label in labels]), Style.LABEL, gap=True)
    yield head
    for position in positions[:MOST_POSITIONS]:
        yield Row(_columns(_position(position, wording)), head=head)
    if len(positions) > MOST_POSITIONS:
        yield Row((Cell(f"{wording.words[Label.MORE]}: {len(positions) - MOST_POSITIONS}"),))


def _columns(texts: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell(text, share, right=at > 1) for at, (text, share) in enumerate(zip(texts, COLUMNS, strict=True)))


def _position(position: Position, wording: Wording) -> list[str]:
    unit = unit_name(position.unit, wording.code)
    quantity = f"{wording.number(position.quantity)} {unit}".strip() if position.quantity is not None else ""
    price = _money(position.price, wording)
    if price and position.per not in (None, 0, 1):
        price += f" / {wording.number(position.per)}"
    item = "\n".join((position.name, *position.details)).strip()
    return [position.number, item, quantity, price, _rate(position.rate, wording), _money(position.total, wording)]


def _money(amount: Decimal | None, wording: Wording) -> str:
    return "" if amount is None else wording.money(amount)


def _rate(rate: Decimal | None, wording: Wording) -> str:
    return "" if rate is None else f"{wording.number(rate)} %"


def _sums(contents: Contents, wording: Wording) -> Iterator[Row]:
    sums, words = contents.sums, wording.words
    yield from _sum(words[Label.POSITIONS], sums.positions, contents, wording, gap=True)
    for adjustment in contents.adjustments[:MOST_OTHERS]:
        label = words[Label.CHARGE if adjustment.charge else Label.ALLOWANCE]
        yield from _sum(f"{label}: {adjustment.reason}".rstrip(": "), adjustment.amount, contents, wording)
    for label, amount in (
        (Label.NET, sums.net),
        (Label.TAX, sums.tax),
        (Label.GROSS, sums.gross),
        (Label.PREPAID, sums.prepaid or None),
        (Label.ROUNDING, sums.rounding or None),
        (Label.PAYABLE, sums.payable),
    ):
        yield from _sum(words[label], amount, contents, wording)


def _sum(label: str, amount: Decimal | None, contents: Contents, wording: Wording, *, gap: bool = False) -> Iterator[Row]:
    if amount is not None:
        money = f"{wording.money(amount)} {contents.facts.currency}".strip()
        yield Row((Cell("", 0.4), Cell(label, 0.35), Cell(money, 0.25, right=True)), gap=gap)


def _taxes(contents: Contents, wording: Wording) -> Iterator[Row]:
    if not contents.taxes:
        return
    labels = ("", *(wording.words[label] for label in (Label.TAX_RATE, Label.BASIS, Label.TAX)))
    head = Row(_tax_columns(*labels), Style.LABEL, gap=True)
    yield head
    for tax in contents.taxes[:MOST_OTHERS]:
        amounts = (_rate(tax.rate, wording), _money(tax.basis, wording), _money(tax.amount, wording))
        kind = "" if tax.category == STANDARD_RATE else tax.category
        yield Row(_tax_columns(tax.reason or kind, *amounts), head=head)


def _tax_columns(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, share, right=at > 0) for at, (text, share) in enumerate(zip(texts, TAX_COLUMNS, strict=True)))


def _payment(contents: Contents, wording: Wording) -> Iterator[Row]:
    words = wording.words
    rows = [row for payment in contents.payments[:MOST_OTHERS] for row in _way_to_pay(payment, wording)]
    rows += _pair(words[Label.PAYMENT_REFERENCE], contents.payment_reference)
    rows += [Row((Cell(terms),)) for terms in contents.terms[:MOST_OTHERS]]
    if rows:
        yield Row((Cell(words[Label.PAYMENT]),), Style.LABEL, gap=True)
        yield from rows


def _way_to_pay(payment: Payment, wording: Wording) -> Iterator[Row]:
    if payment.information:
        yield Row((Cell(payment.information),))
    for label, value in ((Label.ACCOUNT, payment.account), (Label.HOLDER, payment.holder), (Label.BANK, payment.bank)):
        yield from _pair(wording.words[label], value)


def _notes(contents: Contents, wording: Wording) -> Iterator[Row]:
    if contents.notes:
        yield Row((Cell(wording.words[Label.NOTES]),), Style.LABEL, gap=True)
    for note in contents.notes[:MOST_OTHERS]:
        yield Row((Cell(note),))
