"""The files in an archive or a mail, written one after the other."""

from collections.abc import Iterable, Iterator

from actors.ocr.disk import writing
from actors.ocr.files.archives import files_of_archive
from actors.ocr.files.mails import files_in
from actors.ocr.messages import FilesUnpacked, InnerFile, UnpackFiles
from actors.ocr.mime_types import FileKind, kind_of_type


def unpack_files(order: UnpackFiles) -> FilesUnpacked:
    """Write them to `order.target`; the order in which they lie is always the same."""
    files = list[InnerFile]()
    with writing(), order.target.open("wb") as target:
        for name, blocks in _files(order):
            files.append(InnerFile(name, sum(target.write(block) for block in blocks)))
    return FilesUnpacked(tuple(files))


def _files(order: UnpackFiles) -> Iterator[tuple[str, Iterable[bytes]]]:
    if kind_of_type(order.mime_type) is FileKind.MAIL:
        yield from ((name, [content]) for name, content in files_in(order.path, order.mime_type))
    else:
        yield from files_of_archive(order.path)
