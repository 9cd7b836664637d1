"""Puts the text layers of read pages onto the pages of an open PDF."""

import hashlib
from contextlib import suppress
from io import BytesIO

import pikepdf
from ocrmypdf._graft import strip_invisible_text  # the one part of it without a public name; our version bound of ocrmypdf covers it
from pikepdf import Dictionary, Name

from actors.ocr.binding.placement import Box, placement, visible_box
from actors.ocr.files.bounds import check_page_number
from actors.ocr.files.pdf_files import MALFORMED
from actors.ocr.messages import BoundPage

DEEPEST = 12  # a font is six levels of dictionaries; more is a loop


class Overlay:
    """Lays text over the pages of one PDF; the layers' fonts are stored once, however many pages use them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts: dict[bytes, pikepdf.Object] = {}

    def place(self, order: BoundPage, *, strip_old_layer: bool) -> None:
        """Give one page its layer, or put the layer in the page's place."""
        check_page_number(order.number, len(self._pdf.pages))
        page = self._pdf.pages[order.number - 1]
        # Read whole: the copies below are taken when the PDF is saved, and hundreds of files would be open by then.
        with pikepdf.open(BytesIO(order.layer.read_bytes())) as layers:
            layer = layers.pages[0]
            if order.replaces:
                self._replace(page, layer)
                return
            if strip_old_layer:
                with suppress(*MALFORMED):  # a page that can't be taken apart keeps its old layer
                    strip_invisible_text(self._pdf, page)
            self._lay_over(page, layer, order.turned)

    def _replace(self, page: pikepdf.Page, layer: pikepdf.Page) -> None:
        """Change the page in place, so that outlines and links still find it."""
        self._pdf.pages.append(layer)
        page.emplace(self._pdf.pages[-1])
        del self._pdf.pages[-1]

    def _lay_over(self, page: pikepdf.Page, layer: pikepdf.Page, turned: int) -> None:
        rotation = (_rotation(page) + turned) % 360
        layer_box = visible_box(_box(layer.obj.get("/MediaBox")), None)
        page_box = visible_box(_box(page.obj.get("/MediaBox")), _box(page.obj.get("/CropBox")))
        matrix = placement(layer_box, page_box, rotation)
        name = self._own_resources(page, self._form(layer, layer_box))
        numbers = " ".join(f"{number:.6f}" for number in matrix)
        # Before the page's own content: there the coordinates are still the page's, whatever the content leaves behind.
        page.contents_add(f"q {numbers} cm {name} Do Q\n".encode(), prepend=True)
        page.obj[Name.Rotate] = rotation

    def _form(self, layer: pikepdf.Page, box: Box) -> pikepdf.Stream:
        layer.contents_coalesce()
        contents = layer.obj.get("/Contents")
        drawing = contents.read_bytes() if isinstance(contents, pikepdf.Stream) else b""
        form = self._pdf.make_stream(drawing)
        form[Name.Type], form[Name.Subtype] = Name.XObject, Name.Form
        form[Name.BBox] = pikepdf.Array([box.left, box.bottom, box.right, box.top])
        form[Name.Resources] = self._resources(layer.obj.get("/Resources", Dictionary()))
        return form

    def _resources(self, foreign: pikepdf.Object) -> Dictionary:
        """Copy what the layer uses, its fonts only where no earlier layer had the same."""
        own = Dictionary()
        for kind, entries in foreign.items():
            if kind == "/Font":
                own[Name.Font] = Dictionary({name: self._font(font) for name, font in entries.items()})
            elif kind != "/ProcSet":
                own[Name(kind)] = self._copied(entries)
        return own

    def _font(self, foreign: pikepdf.Object) -> pikepdf.Object:
        key = fingerprint(foreign)
        if key not in self._fonts:
            self._fonts[key] = self._copied(foreign)
        return self._fonts[key]

    def _copied(self, foreign: pikepdf.Object) -> pikepdf.Object:
        if foreign.is_indirect:
            return self._pdf.copy_foreign(foreign)
        return self._pdf.copy_foreign(foreign.with_same_owner_as(foreign))

    def _own_resources(self, page: pikepdf.Page, form: pikepdf.Stream) -> Name:
        """Name the form in resources that are the page's alone: pages often share theirs."""
        resources = _copy(page.obj.get("/Resources"))
        forms = _copy(resources.get("/XObject"))
        name = Name.random(prefix="Read")
        forms[name] = form
        resources[Name.XObject] = forms
        page.obj[Name.Resources] = resources
        return name


def fingerprint(thing: pikepdf.Object, depth: int = 0) -> bytes:
    """Tell objects of different files apart by all that they hold."""
    digest = hashlib.sha256()
    if depth > DEEPEST:
        return b""
    if isinstance(thing, pikepdf.Stream):
        digest.update(thing.read_raw_bytes())
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in sorted(thing.items()):
            digest.update(key.encode() + _part(value, depth))
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            digest.update(_part(value, depth))
    else:
        digest.update(thing.unparse())
    return digest.digest()


def _part(value: object, depth: int) -> bytes:
    return fingerprint(value, depth + 1) if isinstance(value, pikepdf.Object) else repr(value).encode()


def _copy(shared: object) -> Dictionary:
    """Copy the entries of a dictionary; what is none has none."""
    return Dictionary(dict(shared.items())) if isinstance(shared, Dictionary) else Dictionary()


def _rotation(page: pikepdf.Page) -> int:
    rotation = page.obj.get("/Rotate", 0)
    return int(rotation) % 360 if isinstance(rotation, int) else 0


def _box(values: object) -> Box | None:
    """Read a rectangle whose corners may stand in any order; None when it is none."""
    if not isinstance(values, pikepdf.Array) or len(values) != 4:
        return None
    try:
        across, down = sorted((float(values[0]), float(values[2]))), sorted((float(values[1]), float(values[3])))
    except (TypeError, ValueError):
        return None
    return Box(across[0], down[0], across[1], down[1])
