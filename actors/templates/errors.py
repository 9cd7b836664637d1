"""What can be wrong with a template, in words that its writer can act on."""


class TemplateError(ValueError):
    """A template that says nothing, or nothing for this document. `line` counts from 1; 0 is the whole of it."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.message = message
        self.line = line

    def __reduce__(self) -> tuple[type["TemplateError"], tuple[str, int]]:
        return TemplateError, (self.message, self.line)
