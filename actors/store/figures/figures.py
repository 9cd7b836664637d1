"""Figures that pages show and ask for often."""

from datetime import date

from actors.store.database import Database
from actors.store.figures.attention import attention
from actors.store.figures.growth import growth
from actors.store.figures.operation import operation
from actors.store.nouns.figures import Attention, Growth, GrowthAsked, Operation


class Figures:
    """Counts what somebody may see."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def growth(self, asked: GrowthAsked) -> Growth:
        """Tell how many documents came when."""
        with self._database.read() as session:
            return growth(session, asked)

    def attention(self, today: date) -> Attention:
        """Tell what waits for a person."""
        with self._database.read() as session:
            return attention(session, today)

    def operation(self) -> Operation:
        """Tell how the work stands; asked of the whole."""
        with self._database.read() as session:
            return operation(session)
