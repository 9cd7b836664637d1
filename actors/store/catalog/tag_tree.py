"""Tags stand below tags."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from actors.store.nouns.catalog import MOST_LEVELS, LabelId

Tag = tuple[LabelId, str, LabelId | None]


class TagTree:
    """All tags, each with its name and the one that it stands below; `hidden` ones stay when what is above them goes."""

    def __init__(self, tags: Iterable[Tag], hidden: Collection[LabelId] = ()) -> None:
        self._hidden = frozenset(hidden)
        self._names = dict[LabelId, str]()
        self._parents = dict[LabelId, LabelId]()
        self._children = defaultdict[LabelId, list[LabelId]](list)
        for tag, name, parent in tags:
            self._names[tag] = name
            if parent is not None:
                self._parents[tag] = parent
                self._children[parent].append(tag)

    def name(self, tag: LabelId) -> str:
        """Give a tag's name; '' for one that is not there any more."""
        return self._names.get(tag, "")

    def above(self, tag: LabelId) -> list[LabelId]:
        """List the tags above one, the nearest first."""
        found = list[LabelId]()
        while (parent := self._parents.get(tag)) is not None and parent not in found:
            found.append(parent)
            tag = parent
        return found

    def below(self, tag: LabelId) -> list[LabelId]:
        """List the tags below one, at any depth, that are not hidden."""
        return [one for one in self._walk(tag) if one not in self._hidden]

    def depth_below(self, tag: LabelId) -> int:
        """Count the levels below a tag."""
        return max((1 + self.depth_below(child) for child in self._children[tag]), default=0)

    def may_stand_below(self, tag: LabelId | None, parent: LabelId) -> bool:
        """Tell whether a tag (None: a new one) can be put below another: not below itself, and not too deep."""
        levels = len(self.above(parent)) + 1 + (1 + self.depth_below(tag) if tag is not None else 1)
        return parent != tag and (tag is None or tag not in self.above(parent)) and levels <= MOST_LEVELS

    def _walk(self, tag: LabelId) -> Iterator[LabelId]:
        for child in self._children.get(tag, ()):
            yield child
            yield from self._walk(child)
