"""Templates of papers: each paper of one template says the same, but for a month, a name or some amounts."""

import random
from datetime import timedelta

from tests.similarity.senders import FIRMS, FIRST_NAMES, MONATE, MONTHS, PROSE, SAETZE, House, betrag, money, month_of

Page = tuple[str, ...]


def invoice(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a monthly invoice with items."""
    day = month_of(turn) + timedelta(days=chance.randint(0, 20))
    number = 10_000 + turn * 37 + chance.randint(0, 30)
    counts = [(name, price, chance.randint(1, 9)) for name, price in house.goods]
    total = sum(price * count for _, price, count in counts)
    items = [f"{count} x {name}   {money(price)}   {money(price * count)}" for name, price, count in counts]
    return [
        (
            *house.head(),
            f"Invoice no. {day.year}-{number}",
            f"Date of invoice: {day:%d.%m.%Y}    Customer no.: {house.customer}",
            "",
            "Dear customer,",
            "we thank you for your order and charge you as follows:",
            "",
            *items,
            "",
            f"Net total   {money(total)}",
            f"VAT 19 %   {money(total * 19 // 100)}",
            f"Amount due   {money(total + total * 19 // 100)} EUR",
            "",
            f"Please pay until {day + timedelta(days=14):%d.%m.%Y} to the account {house.iban}.",
            house.prose[0],
            "Kind regards",
            house.firm,
        )
    ]


def rechnung(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a monthly bill in German, of few words that change."""
    day = month_of(turn) + timedelta(days=4)
    used = chance.randint(120, 480)
    total = 1295 + used * 31
    return [
        (
            *house.head(),
            f"Rechnung {day:%Y%m}{chance.randint(100, 999)}",
            f"Rechnungsdatum {day:%d.%m.%Y}   Kundennummer {house.customer}",
            "",
            f"Sehr geehrte Damen und Herren, für den Monat {MONATE[day.month - 1]} berechnen wir:",
            "Grundpreis   12,95 EUR",
            f"Verbrauch {used} kWh zu 0,31 EUR   {betrag(used * 31)} EUR",
            f"Rechnungsbetrag   {betrag(total)} EUR",
            f"Der Betrag wird am {day + timedelta(days=10):%d.%m.%Y} von Ihrem Konto {house.iban} abgebucht.",
            *SAETZE,
            "Mit freundlichen Grüßen",
            house.firm,
        )
    ]


def rent(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a receipt in which nothing but the month is another."""
    day = month_of(turn)
    return [
        (
            *house.head(),
            f"Receipt for the rent of {MONTHS[day.month - 1]} {day.year}",
            "",
            f"We confirm that the rent of {money(house.goods[0][1] * 10)} EUR for the flat in {house.home}",
            f"has been paid on {day + timedelta(days=2):%d.%m.%Y} to our account {house.iban}.",
            *house.prose[:3],
            "Kind regards",
            house.firm,
        )
    ]


def statement(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a bank statement: a table of numbers."""
    day, balance = month_of(turn), chance.randint(50_000, 900_000)
    lines = [f"Opening balance {day:%d.%m.%Y}   {money(balance)}"]
    for booking in range(18):
        amount = chance.randint(300, 80_000)
        balance += amount if chance.random() < 0.3 else -amount
        words = chance.choice(("Card payment", "Standing order", "Direct debit", "Transfer from", "Cash withdrawal"))
        lines.append(f"{day + timedelta(days=booking):%d.%m.}  {words} {chance.choice(FIRMS)}   {money(amount)}")
    number = f"Statement of account no. {turn % 12 + 1}/{day.year}"
    return [(*house.head(), number, f"IBAN {house.iban}", "", *lines, f"Closing balance   {money(abs(balance))}", house.prose[1])]


def payslip(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a payslip: every amount as in the month before, but for the sums of the year and the hours."""
    day, gross = month_of(turn), house.goods[0][1] * 50
    taxes = (("Income tax", 17), ("Church tax", 1), ("Health insurance", 8), ("Pension insurance", 9), ("Unemployment insurance", 1))
    lines = [f"{name}   {money(gross * share // 100)}   {money(gross * share // 100 * (turn % 12 + 1))}" for name, share in taxes]
    return [
        (
            *house.head(),
            f"Payslip {MONTHS[day.month - 1]} {day.year}    Personnel no. {house.customer[:5]}",
            f"Hours worked {chance.randint(140, 176)}   Days of leave left {chance.randint(0, 28)}",
            f"Gross pay   {money(gross)}   {money(gross * (turn % 12 + 1))}",
            *lines,
            f"Net pay   {money(gross * 64 // 100)}",
            f"Paid to {house.iban}",
        )
    ]


def family(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a letter that goes to each of a family: the first name is another, and the number of the insured."""
    first = FIRST_NAMES[turn % len(FIRST_NAMES)]
    insured = f"{house.last[0].upper()}{random.Random(f'{house.customer} {first}').randint(100_000_000, 999_999_999)}"
    return [
        (
            house.firm,
            f"{house.street}, {house.town}",
            "",
            f"{first} {house.last}",
            house.home,
            "",
            f"Your new insurance card, {first}      Insured no. {insured}",
            "",
            f"Dear {first} {house.last},",
            "with this letter you receive your new card. It is valid from the first of January on.",
            *house.prose[:4],
            f"Kind regards, {house.firm}, telephone {house.phone}",
        )
    ]


def reminder(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a reminder of one bill: the first, the second, the last, each with a later day and a higher fee."""
    words = ("First reminder", "Second reminder", "Third reminder", "Last reminder")[turn % 4]
    day = month_of(3) + timedelta(days=16 * turn)
    total = house.goods[0][1] * 7
    return [
        (
            *house.head(),
            words,
            f"{house.town.split()[1]}, {day:%d.%m.%Y}",
            f"Invoice {house.customer[:6]} of {month_of(2):%d.%m.%Y} over {money(total)} EUR",
            "",
            "Dear customer,",
            "perhaps it has escaped your notice that the invoice above has not been paid yet.",
            f"Please pay it with a fee of {money(250 * turn)} EUR, {money(total + 250 * turn)} EUR in all, to {house.iban}.",
            *house.prose[:3],
            "Kind regards",
            house.firm,
        )
    ]


def order(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write what belongs to one order: confirmation, delivery note, invoice; the same goods, address and number stand on each."""
    names = ("Confirmation of order", "Delivery note", "Invoice", "Credit note")
    closing = (
        "We have received your order and will send the goods soon.",
        "Please check the goods at once and sign below.",
        f"Please pay within two weeks to {house.iban}.",
        "The amount has been credited to your account.",
    )
    day = month_of(5) + timedelta(days=3 * turn)
    priced = turn % 4 != 1
    items = [
        f"{count} x {name}" + (f"   {money(price * count)}" if priced else "") for count, (name, price) in enumerate(house.goods, start=2)
    ]
    title = (names[turn % 4], f"Order no. {house.customer}   Date {day:%d.%m.%Y}")
    return [(*house.head(), *title, "", *items, "", closing[turn % 4], house.firm)]


def contract(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write three pages of clauses between the same parties; rent, day and flat are others."""
    pages: list[Page] = []
    for number in range(3):
        clauses = [f"§ {number * 5 + index + 1}  {PROSE[(number * 5 + index) % len(PROSE)]}" for index in range(5)]
        pages.append((f"Contract between {house.firm} and {house.first} {house.last}, page {number + 1} of 3", "", *clauses))
    rate = money(house.goods[1][1] * 10 + turn * 1_050)
    pages[0] = (*pages[0], f"The rate is {rate} EUR a month, due from {month_of(turn):%d.%m.%Y} on, for object {400 + turn * 3}.")
    return pages


def notice(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write two pages of a yearly notice with one table."""
    year, base = 2015 + turn, chance.randint(20_000, 90_000)
    table = [f"{name}   {money(base * share)}" for name, share in (("Income", 50), ("Deductions", 7), ("Taxable", 43), ("Assessed", 11))]
    first = (*house.head(), f"Notice of assessment for {year}", f"File no. {house.customer}/{year}", "", *table, "", *house.prose[:3])
    return [first, ("Explanations", "", *house.prose[3:], *PROSE[6:10])]


def personal(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a letter by hand of a person: no two have more in common than sender and reader."""
    words = chance.sample(PROSE, 7)
    day, writer = f"{MONTHS[turn % 12]} {chance.randint(1, 28)}", chance.choice(FIRST_NAMES)
    return [(house.home, day, "", f"Dear {house.first},", *words, f"Yours, {writer}")]


def invitation(house: House, turn: int, chance: random.Random) -> list[Page]:
    """Write a letter that goes to each of a family: nothing but the first name is another."""
    first = FIRST_NAMES[turn % len(FIRST_NAMES)]
    return [
        (
            house.firm,
            f"{house.street}, {house.town}",
            "",
            f"{first} {house.last}",
            house.home,
            "",
            f"Dear {first} {house.last},",
            "you are invited to the yearly meeting of our members on the last Friday of next month.",
            *house.prose[:5],
            f"Kind regards, {house.firm}, telephone {house.phone}",
        )
    ]
