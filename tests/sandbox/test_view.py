"""What a decoder sees is what it is made of, and nothing that belongs to an archive."""

import sys
from dataclasses import replace
from pathlib import Path

from actors.sandbox.bubblewrap import bubblewrap_arguments, outermost
from actors.sandbox.landlock import ROOMY, SCRATCH, Access, known_rights, rules_of
from actors.sandbox.sandbox import PACKAGES
from actors.sandbox.view import View, decoder_paths, from_json, to_json

VIEW = View((Path("/usr"), Path("/srv/venv")), Path("/run/x/in"), Path("/run/x/out"), (Path("/dev/null"),))


def test_bubblewrap_is_told_all_and_nothing_else() -> None:
    assert " ".join(bubblewrap_arguments(VIEW, ["python", "-V"])) == (
        "bwrap --unshare-all --die-with-parent --new-session --cap-drop ALL "
        "--ro-bind /srv/venv /srv/venv --ro-bind /usr /usr --dev-bind-try /dev/null /dev/null "
        "--ro-bind /run/x/in /run/x/in --bind /run/x/out /run/x/out --remount-ro / --chdir /run/x/out -- python -V"
    )


def test_a_folder_inside_another_is_not_mounted_twice() -> None:
    assert outermost([Path("/usr/lib"), Path("/usr"), Path("/usrlocal")]) == [Path("/usr"), Path("/usrlocal")]


def test_only_the_scratch_folder_is_written_to() -> None:
    writing = {path for path, access in rules_of(VIEW) if access & (Access.WRITE_FILE | Access.MAKE_REG)}
    assert writing == {VIEW.outputs, *VIEW.devices}
    assert dict(rules_of(replace(VIEW, roomy=True)))[VIEW.outputs] == ROOMY
    assert not ROOMY & (Access.MAKE_SYM | Access.MAKE_FIFO | Access.MAKE_CHAR | Access.MAKE_BLOCK | Access.EXECUTE)
    assert not SCRATCH & (Access.MAKE_SYM | Access.MAKE_DIR | Access.MAKE_FIFO | Access.MAKE_SOCK | Access.EXECUTE)


def test_a_newer_landlock_is_asked_for_what_we_know() -> None:
    assert known_rights(1) == Access(0x1FFF)
    assert known_rights(7) == known_rights(99) == Access(0xFFFF)


def test_a_decoder_sees_python_its_packages_and_its_models_but_not_the_project(tmp_path: Path) -> None:
    models = tmp_path / "tessdata"
    models.mkdir()
    paths = decoder_paths({"TESSDATA_PREFIX": str(models), "LD_LIBRARY_PATH": "relative:/not/there", "HOME": str(tmp_path)}, [PACKAGES])
    assert {models, PACKAGES, Path("/usr"), Path(sys.prefix) / "lib"} <= set(paths)
    for unseen in (PACKAGES.parent, Path.home(), Path(sys.prefix) / "data"):
        assert not any(unseen.is_relative_to(path) for path in paths)
    assert all(path.exists() for path in paths)


def test_a_view_travels_as_an_argument() -> None:
    for view in (View((Path("/ü b"),), Path("/in"), Path("/out")), View((), Path("/in"), Path("/out"), roomy=True)):
        assert from_json(to_json(view)) == view
