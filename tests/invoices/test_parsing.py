"""Hostile XML is refused in words, before it costs anything."""

import time

import pytest

from actors.invoices.errors import InvoiceUnreadable, NotAnInvoice
from actors.invoices.parsing import BOUNDS, Bounds, parse
from actors.invoices.reading import ROOTS, read_invoice
from tests.invoices import bills

NAMESPACE = f"{bills.UBL}:Invoice-2"
HEAD = f'<Invoice xmlns="{NAMESPACE}"><ID>7</ID>'
TAIL = "</Invoice>"
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 30))


def whole(inside: str) -> bytes:
    return (HEAD + inside + TAIL).encode()


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (f'<!DOCTYPE Invoice [<!ENTITY l0 "ha">{LAUGHS}]>{HEAD}<Note>&l29;</Note>{TAIL}', "document type"),
        (f'<!DOCTYPE Invoice [<!ENTITY a "{"a" * 100_000}">]>{HEAD}<Note>{"&a;" * 100_000}</Note>{TAIL}', "document type"),
        (f'<!DOCTYPE Invoice [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}<Note>&a;</Note>{TAIL}', "document type"),
        (f'<!DOCTYPE x:Invoice [<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;]>{HEAD}{TAIL}', "document type"),
        (f'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1/a.dtd">{HEAD}{TAIL}', "document type"),
        (f"{HEAD}<Note>&undeclared;</Note>{TAIL}", "damaged: undefined entity"),
        (HEAD + "<a>" * 100_000, "nested deeper"),
        (HEAD + "<a/>" * 400_000 + TAIL, "more than 300000 elements"),
        (HEAD, "damaged: no element found"),
        (HEAD + "<a></b>", "damaged: mismatched tag"),
        (HEAD + '<a b="1" b="2"/>' + TAIL, "damaged: duplicate attribute"),
        (HEAD + "\0" + TAIL, "damaged: not well-formed"),
        (HEAD + "x" * 30_000_000, "more than 20 MB"),
    ],
    ids=[
        "laughs",
        "one large entity",
        "a file",
        "parameters",
        "an outer type",
        "undeclared",
        "deep",
        "many",
        "cut",
        "crossed",
        "twice",
        "nul",
        "large",
    ],
)
def test_a_hostile_invoice_is_refused_at_once(xml: str, reason: str) -> None:
    data = xml.encode()
    begun = time.process_time()
    with pytest.raises(InvoiceUnreadable) as caught:
        read_invoice(data)
    assert reason in caught.value.reason
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Dear Sir",
        b"%PDF-1.7",
        b"<html><body/></html>",
        b"<Invoice/>",
        b'<Invoice xmlns="urn:somebody:else"/>',
        f'<x:Invoice xmlns="{NAMESPACE}"/>'.encode(),
        b'<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>',
        b'<?xml version="1.0" encoding="no-such-thing"?><Invoice/>',
        b'<?xml version="1.0" encoding="utf-7"?><Invoice/>',
        b"<" + b"a" * 1_000_000,
    ],
)
def test_what_is_no_invoice_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NotAnInvoice):
        read_invoice(data)


def test_a_namespace_of_a_megabyte_is_not_written_out_at_each_element() -> None:
    xml = f'<Invoice xmlns="{NAMESPACE}" xmlns:q="{"u" * 5_000_000}"><ID>7</ID>{"<q:a/>" * 50_000}</Invoice>'.encode()
    begun = time.process_time()
    assert read_invoice(xml).facts.number == "7"
    assert time.process_time() - begun < 20  # it took minutes when namespaces were resolved


def test_a_file_inside_an_element_is_cut_and_does_not_weigh() -> None:
    root = parse(whole(f"<Note>{'x' * 1_000_000}</Note>"), ROOTS)
    assert root.part("Note").text == "x" * BOUNDS.text


@pytest.mark.parametrize(("bounds", "fits"), [(Bounds(depth=5), True), (Bounds(depth=4), True), (Bounds(depth=3), False)])
def test_the_bound_on_depth_holds(bounds: Bounds, fits: bool) -> None:
    accepted(whole("<a><b><c/></b></a>"), bounds, fits)


@pytest.mark.parametrize(("bounds", "fits"), [(Bounds(elements=6), True), (Bounds(elements=5), True), (Bounds(elements=4), False)])
def test_the_bound_on_elements_holds(bounds: Bounds, fits: bool) -> None:
    accepted(whole("<a/><b/><c/>"), bounds, fits)


@pytest.mark.parametrize(("more", "fits"), [(1, True), (0, True), (-1, False)])
def test_the_bound_on_size_holds(more: int, fits: bool) -> None:
    xml = whole("<Note>some words</Note>")
    accepted(xml, Bounds(size=len(xml) + more), fits)


def accepted(xml: bytes, bounds: Bounds, fits: bool) -> None:
    if fits:
        assert parse(xml, ROOTS, bounds).part("ID").text == "7"
    else:
        with pytest.raises(InvoiceUnreadable):
            parse(xml, ROOTS, bounds)
