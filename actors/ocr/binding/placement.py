"""Where a text layer goes on a page: pure geometry in points."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the page's own coordinates, origin bottom left, before /Rotate."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


# What readers show when a page says nothing usable: US Letter.
LETTER = Box(0.0, 0.0, 612.0, 792.0)
Matrix = tuple[float, float, float, float, float, float]


def visible_box(media: Box | None, crop: Box | None) -> Box:
    """Tell the part of a page that is shown: the crop box within the media box."""
    sheet = media if media is not None and media.width > 0 and media.height > 0 else LETTER
    if crop is None:
        return sheet
    shown = Box(max(sheet.left, crop.left), max(sheet.bottom, crop.bottom), min(sheet.right, crop.right), min(sheet.top, crop.top))
    return shown if shown.width > 0 and shown.height > 0 else sheet


def placement(layer: Box, page: Box, turned: int) -> Matrix:
    """Map the layer of the upright page onto a page that is shown upright when turned clockwise by `turned` (0, 90, 180, 270) degrees."""
    across, up = 1 / layer.width, 1 / layer.height
    match turned % 360:
        case 90:
            a, b, c, d = 0.0, page.height * across, -page.width * up, 0.0
            corner = (page.right, page.bottom)
        case 180:
            a, b, c, d = -page.width * across, 0.0, 0.0, -page.height * up
            corner = (page.right, page.top)
        case 270:
            a, b, c, d = 0.0, -page.height * across, page.width * up, 0.0
            corner = (page.left, page.top)
        case _:
            a, b, c, d = page.width * across, 0.0, 0.0, page.height * up
            corner = (page.left, page.bottom)
    e = corner[0] - a * layer.left - c * layer.bottom
    f = corner[1] - b * layer.left - d * layer.bottom
    return a, b, c, d, e, f
