"""Papers as they come into a house: two papers of one template are two papers, however alike they look."""

import random
from collections.abc import Callable, Mapping, Sequence

from tests.similarity import templates
from tests.similarity.senders import House, make_house
from tests.similarity.templates import Page

Template = Callable[[House, int, random.Random], list[Page]]
TEMPLATES: Mapping[str, Template] = {
    template.__name__: template
    for template in (
        templates.invoice,
        templates.rechnung,
        templates.rent,
        templates.statement,
        templates.payslip,
        templates.family,
        templates.reminder,
        templates.order,
        templates.contract,
        templates.notice,
        templates.personal,
        templates.invitation,
    )
}


def write(kind: str, seed: int, turn: int) -> Sequence[Page]:
    """Write the n-th paper of a template to one customer; the same arguments write the same paper."""
    house = make_house(random.Random(f"{kind} {seed}"))
    return TEMPLATES[kind](house, turn, random.Random(f"{kind} {seed} {turn}"))


def text_of(pages: Sequence[Page]) -> str:
    """Give the text of a digital paper."""
    return "\n".join("\n".join(page) for page in pages)
