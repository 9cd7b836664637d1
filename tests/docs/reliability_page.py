"""The page about reliability, and the tables on it that runs of tests write."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def with_table(page: str, name: str, table: str) -> str:
    """Put a table in the place of the one that stands between `<!-- name -->` and `<!-- /name -->`."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = page.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{table}\n{end}{after}"
