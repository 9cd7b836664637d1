"""What may have been meant where a query finds little."""

from actors.index.analysis import tokens
from actors.index.query import Match, Node, Or, Phrase, Word


def loosened(node: Node) -> Node | None:
    """Look for a lone quoted word inside longer ones too, below the finds of itself; None where there is nothing to loosen.

    Readers run words together, and who quotes a word to find it as it stands should find it there.

    A word with digits in it stays as it is: a part of a number is another number.
    """
    if not isinstance(node, Phrase):
        return None
    words = list(tokens(node.text))
    if len(words) != 1 or not words[0].text.isalpha():
        return None
    return Or((node, Word(node.text, node.field, Match.INFIX)))
