"""Finding tesseract's models, and saying which package brings a missing one."""

from pathlib import Path

import pytest

from actors.ocr.engines.tessdata import find_tessdata, models, package, usable_languages
from actors.ocr.errors import DocumentUnreadable


def install(folder: Path, *languages: str) -> Path:
    folder.mkdir(parents=True)
    for language in languages:
        (folder / f"{language}.traineddata").touch()
    return folder


def test_the_newest_version_of_a_system_is_found(tmp_path: Path) -> None:
    install(tmp_path / "usr/share/tesseract-ocr/4.00/tessdata", "eng")
    newest = install(tmp_path / "usr/share/tesseract-ocr/5/tessdata", "eng", "osd")
    assert find_tessdata({}, tmp_path) == newest
    assert models(newest) == {"eng", "osd"}


@pytest.mark.parametrize("named", ["models", "models/tessdata"])
def test_the_environment_names_the_folder_or_its_parent(tmp_path: Path, named: str) -> None:
    install(tmp_path / "usr/share/tessdata", "eng")
    own = install(tmp_path / named, "deu")
    assert find_tessdata({"TESSDATA_PREFIX": str(tmp_path / "models")}, tmp_path) == own


def test_without_models_the_remedy_is_said(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="install tesseract-ocr-eng"):
        find_tessdata({}, tmp_path)


def test_a_missing_language_is_left_out_with_the_package_that_brings_it() -> None:
    usable, notices = usable_languages(["deu", "chi_sim", "eng", "deu"], frozenset({"eng", "deu"}))
    assert usable == ("deu", "eng")
    assert [notice.code for notice in notices] == ["language-missing"]
    assert "tesseract-ocr-chi-sim" in notices[0].message


def test_no_language_at_all_is_an_error_with_its_remedy() -> None:
    with pytest.raises(DocumentUnreadable, match="install tesseract-ocr-fra tesseract-ocr-script-latn"):
        usable_languages(["fra", "script_latn"], frozenset({"eng"}))


def test_packages_are_named_as_debian_names_them() -> None:
    assert package("chi_tra_vert") == "tesseract-ocr-chi-tra-vert"
