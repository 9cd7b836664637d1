"""From bytes to a tree of elements, with nothing of XML that can be turned against its reader.

expat, and not lxml: it calls us at each element, so that what is too deep or too much ends the parsing there and then, and it stops at
the first word of a document type, before an entity can be declared. libxml2 builds the whole tree first, by rules of its own.
Namespaces are looked at in the root alone: to resolve them everywhere would write each one's name, of any length, at each element.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from actors.invoices.elements import Element
from actors.invoices.errors import InvoiceError, InvoiceUnreadable, NotAnInvoice

NAMESPACE = "xmlns"
# Some programs write a line break before the declaration, which may only stand first.
EARLY_SPACE = re.compile(rb"[ \t\r\n]+(?=<\?xml)")

Roots = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much XML may hold; the numbers are far beyond honest invoices.

    A position has forty elements, a scanned delivery note may come along as text, the deepest path has a dozen elements. `text` is how
    many letters are kept of one element: what is longer is no text, but a file.
    """

    size: int = 20_000_000
    elements: int = 300_000
    depth: int = 60
    text: int = 10_000


BOUNDS = Bounds()


def parse(data: bytes, roots: Roots, bounds: Bounds = BOUNDS) -> Element:
    """Read XML whose root is one of `roots`: a local name, and how its namespace may begin.

    Raises NotAnInvoice for all that has another root or none, InvoiceUnreadable for what can't be read on from there.
    """
    beginning = data[: bounds.size]
    if beginning[:1].isspace():
        beginning = EARLY_SPACE.sub(b"", beginning, count=1)
    return _Parsing(roots, bounds, too_large=len(data) > bounds.size).run(beginning)


class _Parsing:
    """One run over some bytes."""

    def __init__(self, roots: Roots, bounds: Bounds, *, too_large: bool) -> None:
        self._roots = roots
        self._bounds = bounds
        self._too_large = too_large
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0

    def run(self, data: bytes) -> Element:
        """Parse to the end, or to the first thing that is refused."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(data, True)
        except InvoiceError:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two: encodings that are none
            raise self._refusal(f"is damaged: {error}") from error
        if self._root is None:
            raise NotAnInvoice("is empty")
        return self._root

    def _refusal(self, reason: str) -> InvoiceError:
        return NotAnInvoice(reason) if self._root is None else InvoiceUnreadable(reason)

    def _document_type(self, name: str, *_rest: object) -> None:
        kind = InvoiceUnreadable if _local(name) in self._roots else NotAnInvoice
        raise kind("has a document type definition, which no e-invoice may have")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._root is None:
            self._check_root(name, attributes)
        self._count += 1
        if self._count > self._bounds.elements:
            raise InvoiceUnreadable(f"has more than {self._bounds.elements} elements")
        if len(self._open) >= self._bounds.depth:
            raise InvoiceUnreadable(f"is nested deeper than {self._bounds.depth} elements")
        kept = {_local(key): value[: self._bounds.text] for key, value in attributes.items() if not key.startswith(NAMESPACE)}
        element = Element(_local(name), kept)
        if self._root is None:
            self._root = element
        else:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _check_root(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        namespace = attributes.get(f"{NAMESPACE}:{prefix}" if prefix else NAMESPACE, "")
        if not namespace.startswith(self._roots.get(local, ())):
            raise NotAnInvoice(f"begins with {local[:50]}, which is no e-invoice")
        if self._too_large:
            raise InvoiceUnreadable(f"has more than {self._bounds.size / 1_000_000:g} MB")

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        element = self._open[-1]
        if len(element.text) < self._bounds.text:
            element.text += text[: self._bounds.text - len(element.text)]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
