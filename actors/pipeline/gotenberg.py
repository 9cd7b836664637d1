"""Office files made PDFs by Gotenberg, a service that people run for programs that can't do it themselves."""

from pathlib import Path
from urllib.parse import urlsplit

from actors.egress.client import Bounds, told, vetted_client
from actors.egress.errors import NotReached, Refused
from actors.egress.rules import Rules
from actors.ocr.errors import DocumentUnreadable

_ROUTE = "/forms/libreoffice/convert"
# As long as an office program may take here, and a PDF as large as an upload of many pages.
BOUNDS = Bounds(seconds=300.0, sending_seconds=300.0, answer_bytes=1 << 30)
# Whoever sets its address has chosen it; most run it beside the archive.
RULES = Rules(internal=True)


class Gotenberg:
    """Asks one service, each time anew."""

    def __init__(self, endpoint: str, bounds: Bounds = BOUNDS) -> None:
        """Take its address, without a path of ours."""
        self._endpoint = endpoint.rstrip("/")
        self._bounds = bounds

    def convert(self, path: Path, suffix: str, target: Path) -> None:
        """Have a file made a PDF/A; raises DocumentUnreadable where that fails, whoever is to blame."""
        part = target.with_name(f"{target.name}.part")
        try:
            with told(urlsplit(self._endpoint).hostname or "Gotenberg"):
                self._ask(path, suffix, part)
        except (Refused, NotReached) as error:
            raise DocumentUnreadable(f"Gotenberg could not be asked: {error}.") from error
        finally:
            if part.exists() and not _is_pdf(part):
                part.unlink()
        if not part.exists():
            raise DocumentUnreadable("Gotenberg answered with something else than a PDF.")
        part.replace(target)

    def _ask(self, path: Path, suffix: str, part: Path) -> None:
        with (
            path.open("rb") as file,
            vetted_client(RULES, self._bounds) as client,
            client.stream(
                "POST",
                f"{self._endpoint}{_ROUTE}",
                files={"files": (f"document{suffix}", file)},
                data={"pdfa": "PDF/A-2b"},
            ) as answer,
        ):
            if answer.status_code != 200:
                raise DocumentUnreadable(f"Gotenberg refused the file: it answered {answer.status_code}.")
            with part.open("wb") as target:
                for block in answer.iter_bytes():
                    target.write(block)


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"
