"""Makes the Python stubs and the TypeScript SDK from the contract: `python clients/generate.py [--check]`.

With --check nothing is changed; the exit code is 1 when what is committed is not what the contract gives.
"""
# ruff: noqa: T201  # a tool for a terminal

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import grpc_tools  # type: ignore[import-untyped]  # the package has no types
from google.rpc import error_details_pb2  # type: ignore[import-untyped]  # the package has no py.typed
from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
PROTO = ROOT / "proto"
PYTHON = Path("clients/python")
WEB = Path("clients/web")
GOOGLE = Path(error_details_pb2.__file__).parents[2]
# Where generated files stand and nothing else does, so that a file whose source is gone is found.
GENERATED = (PYTHON / "scriba/v1", PYTHON / "buf", WEB / "sdk")


def main() -> int:
    """Make everything in a folder of its own, then compare or take over."""
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        make_python(made / PYTHON)
        make_typescript(made)
        stale = [file for file in sorted(_files(made) | _files(ROOT)) if _bytes(made / file) != _bytes(ROOT / file)]
        for file in stale:
            print(f"{'not current' if check else 'made'}: {file}")
            if not check:
                _take_over(made / file, ROOT / file)
    return 1 if check and stale else 0


def make_python(out: Path) -> None:
    """Make messages for every file, and calls for those that have a service."""
    out.mkdir(parents=True)
    files = sorted(PROTO.rglob("*.proto"))
    services = [file for file in files if "\nservice " in file.read_text(encoding="utf-8")]
    _protoc([f"--python_out={out}", f"--mypy_out=quiet:{out}"], files)
    _protoc([f"--grpc_python_out={out}", f"--mypy_grpc_out=quiet:{out}"], services)


def make_typescript(out: Path) -> None:
    """Run buf with the plugin installed beside the web client: nothing is fetched."""
    tools = ROOT / WEB / "node_modules/.bin"
    if not (tools / "buf").exists():
        raise SystemExit(f"{WEB}/node_modules is missing: run `make setup`, or `npm ci` in {WEB}")
    subprocess.run([tools / "buf", "generate", "--output", out], cwd=ROOT, check=True)
    # The details that errors carry are Google's, whose sources a package brings.
    plugin = f"--plugin=protoc-gen-es={tools / 'protoc-gen-es'}"
    options = [plugin, f"--es_out={out / WEB / 'sdk'}", "--es_opt=target=js+dts,import_extension=js"]
    _protoc(options, [GOOGLE / "google/rpc/error_details.proto"], GOOGLE)


def _protoc(options: list[str], files: list[Path], root: Path = PROTO) -> None:
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    scripts = Path(sysconfig.get_path("scripts"))
    plugins = [f"--plugin={name}={scripts / name}" for name in ("protoc-gen-mypy", "protoc-gen-mypy_grpc")]
    if protoc.main(["protoc", f"-I{root}", f"-I{well_known}", *plugins, *options, *map(str, files)]):
        raise SystemExit("protoc failed")


def _files(root: Path) -> set[Path]:
    found = (file for folder in GENERATED for file in (root / folder).rglob("*"))
    return {file.relative_to(root) for file in found if file.is_file() and "__pycache__" not in file.parts}


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def _take_over(made: Path, place: Path) -> None:
    if not made.exists():
        place.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, place)


if __name__ == "__main__":
    raise SystemExit(main())
