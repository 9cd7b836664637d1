"""Somebody who makes no sense of any document, for tests of what happens around it."""

from actors.understanding.facts import Facts, Understood


class NothingUnderstood:
    """Proposes nothing."""

    def understand(self, facts: Facts) -> Understood:
        """Propose nothing."""
        return Understood(())
