"""Forms that no browser sends: answered within bounds of memory and time, and nothing of them stays."""

import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.store.nouns.receiving import Bounds
from daemon.web.receiving.delivery import MOST_DISCARDED_BYTES
from daemon.web.receiving.multipart import LEAST_BYTES_A_SECOND, MOST_HEADER_BYTES, MOST_HEADERS, MOST_PARTS, PATIENCE_SECONDS
from tests.web.reception import PATH, Porch
from tests.web.sending import BOUNDARY, files, form, part, pieces, send

MIB = 1024**2


@pytest.fixture
def porch(tmp_path: Path) -> Iterator[Porch]:
    porch = Porch(tmp_path)
    porch.link()
    yield porch
    assert porch.spool() == []
    porch.store.close()


def with_headers(*headers: str) -> bytes:
    """Write a form whose file has more headers than it needs."""
    lines = ('Content-Disposition: form-data; name="file"; filename="a"', *headers)
    return f"--{BOUNDARY}\r\n".encode() + "".join(f"{line}\r\n" for line in lines).encode() + b"\r\nx\r\n" + form()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("multipart/form-data", 415),
        ("multipart/form-data; boundary=", 415),
        (f"multipart/form-data; boundary={'b' * 257}", 400),
        ("multipart/mixed; boundary=x", 415),
        ("application/octet-stream", 415),
        ("", 415),
    ],
)
async def test_what_is_no_form_with_a_boundary_is_refused(porch: Porch, kind: str, status: int) -> None:
    assert (await send(porch.app, PATH, [files(("a", b"x"))], kind=kind)).status == status


OPENED = f"--{BOUNDARY}".encode()


@pytest.mark.parametrize(
    "body", [b"", b"no form at all", b"\r\n" * 10_000, b"--" * 5_000, OPENED, OPENED + b"\r\nnonsense\r\n\r\nx"], ids=range(6)
)
async def test_what_is_no_form_is_not_whole(porch: Porch, body: bytes) -> None:
    assert (await send(porch.app, PATH, pieces(body))).status == 400


@pytest.mark.parametrize(("parts", "status"), [(MOST_PARTS - 1, 200), (MOST_PARTS, 200), (MOST_PARTS + 1, 413), (10_000, 413)])
async def test_a_form_has_a_number_of_parts(porch: Porch, parts: int, status: int) -> None:
    fields = [part(f"field-{number}", b"x") for number in range(parts - 1)]
    answer = await send(porch.app, PATH, pieces(form(part("file", b"x", "first"), *fields)))
    assert (answer.status, [one["name"] for one in answer.json()["files"]], porch.names()) == (status, ["first"], ["first"])


@pytest.mark.parametrize(("headers", "status"), [(MOST_HEADERS - 1, 200), (MOST_HEADERS, 200), (MOST_HEADERS + 1, 400)])
async def test_a_part_has_a_few_headers(porch: Porch, headers: int, status: int) -> None:
    body = with_headers(*(f"X-{number}: y" for number in range(headers - 1)))
    assert (await send(porch.app, PATH, [body])).status == status


async def test_a_header_without_an_end_is_refused_early(porch: Porch) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield f"--{BOUNDARY}\r\nX-Endless: ".encode()
        while True:
            taken += 1_024
            yield b"x" * 1_024

    assert (await send(porch.app, PATH, endless())).status == 400
    assert taken <= MOST_HEADER_BYTES + 1_024


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Scans\\a.txt", "a.txt"),
        ("a\x00b.txt", "a b.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("%22quoted%22.txt", "%22quoted%22.txt"),
        ("..", "unnamed"),
        ("x" * 2_000 + ".txt", "x" * 251 + ".txt"),
        ("Rechnung für Ömer.txt", "Rechnung für Ömer.txt"),
    ],
)
async def test_a_file_gets_a_name_that_can_be_shown(porch: Porch, sent: str, shown: str) -> None:
    answer = await send(porch.app, PATH, [files((sent, b"x"))])
    assert [one["name"] for one in answer.json()["files"]] == [shown] == porch.names()


async def test_a_name_that_is_no_text_is_one_all_the_same(porch: Porch) -> None:
    body = files(("a.txt", b"x")).replace(b"a.txt", b"\xff\xfe.txt")
    assert (await send(porch.app, PATH, [body])).status == 200


async def test_a_part_without_a_name_is_no_part_of_a_form(porch: Porch) -> None:
    assert (await send(porch.app, PATH, [form(b"--" + BOUNDARY.encode() + b"\r\nX: y\r\n\r\nx\r\n")])).status == 400


async def test_empty_files_are_told_and_no_file_is_no_delivery(porch: Porch) -> None:
    answer = await send(porch.app, PATH, [files(("a.txt", b""))])
    assert (answer.status, answer.json()["files"][0]["outcome"]) == (400, "empty")
    none = await send(porch.app, PATH, [files(("", b""))])
    assert (none.status, none.json()) == (400, {"files": [], "error": "no file"})


async def test_a_field_has_a_number_of_bytes(porch: Porch) -> None:
    assert (await send(porch.app, PATH, [form(part("ticket", b"x" * 1_024), part("file", b"x", "a"))])).status == 200
    assert (await send(porch.app, PATH, [form(part("ticket", b"x" * 1_025), part("file", b"y", "b"))])).status == 413


async def test_who_sends_too_slowly_is_not_waited_for(porch: Porch) -> None:
    async def drips() -> AsyncIterator[bytes]:
        yield files(("a.txt", b"x" * 9_000))[:200]
        porch.seconds += PATIENCE_SECONDS + 200 / LEAST_BYTES_A_SECOND
        yield b"x"
        porch.seconds += 1
        yield b"x"

    assert (await send(porch.app, PATH, drips())).status == 408
    assert porch.documents() == []


async def test_a_file_without_an_end_is_thrown_away_as_it_comes_and_not_for_ever(porch: Porch) -> None:
    piece, taken = b"x" * MIB, 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield part("file", b"", "endless")[:-2]
        while True:
            taken += MIB
            yield piece

    tracemalloc.start()
    answer = await send(porch.app, PATH, endless())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status == 413
    assert taken <= MOST_DISCARDED_BYTES + 2 * MIB
    assert most < 16 * MIB


@given(st.lists(st.binary(max_size=60), max_size=6), st.integers(1, 50), st.booleans())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_files_come_as_they_are_however_they_are_cut(porch: Porch, contents: list[bytes], size: int, twice: bool) -> None:
    named = [(f"{number}.bin", data) for number, data in enumerate(contents)]
    answer = await send(porch.app, PATH, pieces(files(*named), size))
    assert [one["outcome"] for one in answer.json()["files"]] == ["received" if data else "empty" for data in contents]
    stored = {porch.store.originals.path(document).read_bytes() for document in porch.documents()}
    assert {data for data in contents if data} <= stored


@given(st.binary(max_size=400), st.integers(1, 100))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_bytes_are_answered(porch: Porch, data: bytes, size: int) -> None:
    for body in (data, f"--{BOUNDARY}\r\n".encode() + data, files(("a", b"x"))[:-20] + data):
        answer = await send(porch.app, PATH, pieces(body, size))
        assert answer.status in (200, 400, 413)
        assert answer.whole


async def test_bounds_of_bytes_hold_for_who_lies_about_the_length(porch: Porch) -> None:
    porch.link(secret="small", bounds=Bounds(total_bytes=100))
    answer = await send(porch.app, "/u/small", pieces(files(("a.txt", b"x" * 5_000)), 100), headers={"content-length": "10"})
    assert (answer.status, porch.documents()) == (413, [])
