"""XML as a small tree whose elements go by their local names: the namespaces of one kind of invoice differ by version."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Element:
    """One element. A path like `A/B` leads over children by their names, along every branch there is."""

    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether it says nothing, not even by its children."""
        return not self.children and not self.text.strip()

    def all(self, path: str) -> Iterator["Element"]:
        """Find every element at a path, in the order of the document."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def part(self, *paths: str) -> "Element":
        """Give the first element at one of some paths that says anything, in the order of the paths; an empty one where there is none."""
        return next((found for path in paths for found in self.all(path) if not found.is_empty), Element())
