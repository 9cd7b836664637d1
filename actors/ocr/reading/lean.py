"""How a page leans. Needs no numpy: whoever judges a page does without."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lean:
    """`degrees` clockwise straighten the page. `contrast` says how much clearer its lines are then than at other angles (1: not at all)."""

    degrees: float
    contrast: float
