"""What can be wrong with a rule, in words that its writer can act on."""


class RuleError(ValueError):
    """A pattern that can find nothing. `column` says where, counted in code points from 1; 0 is the whole of it."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(f"column {column}: {message}" if column else message)
        self.message = message
        self.column = column

    def __reduce__(self) -> tuple[type["RuleError"], tuple[str, int]]:
        return RuleError, (self.message, self.column)
