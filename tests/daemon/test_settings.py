"""Where settings come from, and what is said when one is wrong."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from actors.barcodes.settings import BarcodeSettings
from actors.dates.candidates import DateOrder
from actors.dates.settings import DateSettings
from actors.intake.settings import IntakeSettings
from actors.ocr.messages import EngineName, OcrMode, OcrSettings, When
from actors.watcher.settings import WatchedFolder, WatcherSettings
from daemon.certificates.settings import OwnFiles, TlsSettings
from daemon.listen import ListenAddress, parse_listen_address
from daemon.settings.encryption import PLAIN_TEXT_WORDS
from daemon.settings.loading import SettingsError, default_data_dir, load_settings
from daemon.settings.model import Settings
from daemon.settings.profiles import PROFILES, Profile
from daemon.settings.table import settings_page, settings_table

ROOT = Path(__file__).parents[2]


def problems(command_line: dict[str, object], environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(command_line, environment)
    return caught.value.problems


def write(folder: Path, text: str) -> dict[str, str]:
    (folder / "scriba.toml").write_text(text, encoding="utf-8")
    return {"SCRIBA_DATA_DIR": str(folder)}


def test_command_line_wins_over_environment_over_file_over_default(tmp_path: Path) -> None:
    environment = write(tmp_path, 'listen = "127.0.0.1:1"\nocr_pages = 1\nocr_dpi = 100\n') | {
        "SCRIBA_LISTEN": "127.0.0.1:2",
        "SCRIBA_OCR_PAGES": "2",
    }
    loaded = load_settings({"listen": "127.0.0.1:3", "data_dir": None}, environment)
    settings = loaded.settings
    assert (settings.listen.port, settings.ocr_pages, settings.ocr_dpi, settings.ocr_niceness) == (3, 2, 100, 10)
    names = ("listen", "ocr_pages", "ocr_dpi", "ocr_niceness", "data_dir")
    assert [loaded.origins[name] for name in names] == [
        "command line",
        "SCRIBA_OCR_PAGES",
        str(tmp_path / "scriba.toml"),
        "default",
        "SCRIBA_DATA_DIR",
    ]


def test_a_profile_sets_what_nothing_else_has_set(tmp_path: Path) -> None:
    (tmp_path / "scriba.toml").write_text('profile = "small"\nocr_max_image_pixels = 50_000_000\n')
    loaded = load_settings({"data_dir": tmp_path}, {})
    told = {name: (getattr(loaded.settings, name), loaded.origins[name]) for name in PROFILES[Profile.SMALL]}
    assert told["ocr_workers"] == (1, "profile small")
    assert told["ocr_max_image_pixels"] == (50_000_000, str(tmp_path / "scriba.toml"))
    assert {origin for name, (_, origin) in told.items() if name != "ocr_max_image_pixels"} == {"profile small"}


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_can_be_chosen(tmp_path: Path, profile: Profile) -> None:
    settings = load_settings({"data_dir": tmp_path}, {"SCRIBA_PROFILE": profile}).settings
    assert {name: getattr(settings, name) for name in PROFILES[profile]} == PROFILES[profile]


def test_a_profile_that_is_none_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"profile = 'tiny' \(SCRIBA_PROFILE\) must be 'full' or 'small'"):
        load_settings({"data_dir": tmp_path}, {"SCRIBA_PROFILE": "tiny"})


def test_the_data_folder_is_xdgs_when_none_is_named(tmp_path: Path) -> None:
    assert load_settings({}, {"XDG_DATA_HOME": str(tmp_path)}).settings.data_dir == tmp_path / "scriba"
    assert default_data_dir({"XDG_DATA_HOME": "relative"}) == Path.home() / ".local/share/scriba"


def test_another_file_can_be_named_and_may_set_the_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.toml"
    file.write_text('data_dir = "/srv/scriba"\n', encoding="utf-8")
    loaded = load_settings({}, {"SCRIBA_CONFIG": str(file)})
    assert (loaded.settings.data_dir, loaded.origins["data_dir"]) == (Path("/srv/scriba"), str(file))
    assert "which is not there" in problems({}, {"SCRIBA_CONFIG": str(tmp_path / "none")})[0]


def test_the_file_in_the_data_folder_cannot_move_the_data_folder(tmp_path: Path) -> None:
    assert "can't be set there" in problems({}, write(tmp_path, 'data_dir = "/srv"\n'))[0]


def test_an_unknown_variable_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    assert problems({"data_dir": tmp_path}, {"SCRIBA_OCR_LANGAUGE": "deu"}) == (
        "SCRIBA_OCR_LANGAUGE in the environment is not a setting; did you mean SCRIBA_OCR_LANGUAGE?",
    )


def test_an_unknown_key_in_the_file_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    lines = problems({}, write(tmp_path, 'ocr_moed = "skip"\n[[consume]]\npath = "/scans"\nrecursiv = true\n'))
    assert lines == (
        f"consume.1.recursiv in {tmp_path}/scriba.toml is not a setting; did you mean recursive?",
        f"ocr_moed in {tmp_path}/scriba.toml is not a setting; did you mean ocr_mode?",
    )


def test_the_clients_variables_are_left_to_the_client(tmp_path: Path) -> None:
    load_settings({"data_dir": tmp_path}, {"SCRIBA_SERVER": "x:1", "SCRIBA_TOKEN": "t", "SCRIBA_TOKEN_FILE": "f"})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("OCR_MODE", "sometimes", "ocr_mode = 'sometimes' (SCRIBA_OCR_MODE) must be 'skip', 'redo', 'force' or 'off'"),
        ("OCR_PAGES", "-1", "ocr_pages = '-1' (SCRIBA_OCR_PAGES) must be greater than or equal to 0"),
        ("OCR_LANGUAGE", "deu+", "ocr_language.2 = '' (SCRIBA_OCR_LANGUAGE) must be Tesseract's names joined by +, for example deu+eng"),
        (
            "LISTEN",
            "8440",
            "listen = '8440' (SCRIBA_LISTEN) must be HOST:PORT with an IP address, for example 127.0.0.1:8440 or [::1]:8440",
        ),
        ("TIME_ZONE", "Berlin", "time_zone = 'Berlin' (SCRIBA_TIME_ZONE) must be a time zone, for example Europe/Berlin"),
        ("MAX_UPLOAD_BYTES", "8 cats", "max_upload_bytes = '8 cats' (SCRIBA_MAX_UPLOAD_BYTES) could not interpret byte unit: cats"),
        ("DATE_ORDER", "DDMM", "date_order = 'DDMM' (SCRIBA_DATE_ORDER) must be 'DMY', 'MDY' or 'YMD'"),
        ("IGNORE_DATES", "x, 31.2.2018", "ignore_dates = 'x, 31.2.2018' (SCRIBA_IGNORE_DATES) must be dates like 2024-12-31; 'x' is none"),
        *(
            (
                "PUBLIC_URL",
                value,
                f"public_url = '{value}' (SCRIBA_PUBLIC_URL) must be an address such as https://papers.example.org, without a path",
            )
            for value in (
                "papers.example.org",
                "ftp://papers.example.org",
                "https://",
                "https://papers.example.org/scriba",
                "https://a@b.example",
            )
        ),
        ("CONSUME", "nonsense", "SCRIBA_CONSUME in the environment must be JSON: a list of tables"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(tmp_path: Path, name: str, value: str, words: str) -> None:
    assert problems({"data_dir": tmp_path}, {f"SCRIBA_{name}": value}) == (words,)


def test_a_public_address_is_taken_as_links_begin(tmp_path: Path) -> None:
    settings = load_settings({"data_dir": tmp_path}, {"SCRIBA_PUBLIC_URL": "https://papers.example.org:8443/"}).settings
    assert settings.public_url == "https://papers.example.org:8443"


def test_a_broken_pattern_is_found_before_the_start(tmp_path: Path) -> None:
    (line,) = problems({"data_dir": tmp_path}, {"SCRIBA_CONSUMER_IGNORE_PATTERNS": json.dumps(["ok", "("])})
    assert line.startswith("consumer_ignore_patterns.2 = '(' (SCRIBA_CONSUMER_IGNORE_PATTERNS) must be a regular expression;")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("clean", When.AUTO),
        ("true", When.AUTO),
        ("clean-final", When.ALWAYS),
        ("always", When.ALWAYS),
        ("none", When.NEVER),
        ("False", When.NEVER),
    ],
)
def test_the_peers_words_for_treatments_are_understood(tmp_path: Path, word: str, meant: When) -> None:
    settings = load_settings({"data_dir": tmp_path}, {"SCRIBA_OCR_CLEAN": word, "SCRIBA_OCR_DESKEW": word}).settings
    assert (settings.ocr_clean, settings.ocr_deskew, settings.ocr_rotate_pages) == (meant, meant, When.AUTO)


def test_truth_in_the_file_is_a_treatment_too(tmp_path: Path) -> None:
    settings = load_settings({}, write(tmp_path, 'ocr_deskew = false\nocr_rotate_pages = true\nocr_mode = "auto"\n')).settings
    assert (settings.ocr_deskew, settings.ocr_rotate_pages, settings.ocr_mode) == (When.NEVER, When.AUTO, OcrMode.SKIP)


def test_lists_are_written_with_commas_or_as_json(tmp_path: Path) -> None:
    settings = load_settings(
        {"data_dir": tmp_path}, {"SCRIBA_CONSUMER_IGNORE_DIRS": "old, @eaDir", "SCRIBA_CONSUMER_IGNORE_PATTERNS": r'["^a{1,2}", "\\.tmp$"]'}
    ).settings
    assert settings.consumer_ignore_dirs == ("old", "@eaDir")
    assert settings.consumer_ignore_patterns == ("^a{1,2}", r"\.tmp$")


def test_an_empty_variable_is_as_if_not_set(tmp_path: Path) -> None:
    assert load_settings({"data_dir": tmp_path}, {"SCRIBA_OCR_LANGUAGE": ""}).origins["ocr_language"] == "default"


def test_the_readers_get_their_piece(tmp_path: Path) -> None:
    environment = {
        "SCRIBA_OCR_LANGUAGE": "deu+eng",
        "SCRIBA_OCR_MODE": "redo",
        "SCRIBA_OCR_ENGINE": "pytesseract",
        "SCRIBA_OCR_PAGES": "4",
        "SCRIBA_OCR_DETECT_LANGUAGE": "no",
        "SCRIBA_OCR_PAGE_MEMORY_BYTES": "1GiB",
        "SCRIBA_CONSUMER_ENABLE_BARCODES": "yes",
    }
    assert load_settings({"data_dir": tmp_path}, environment).settings.ocr() == OcrSettings(
        languages=("deu", "eng"),
        mode=OcrMode.REDO,
        engine=EngineName.PYTESSERACT,
        first_pages=4,
        detect_language=False,
        page_memory_bytes=1024**3,
        barcodes=True,
    )


def test_the_finder_of_dates_gets_its_piece(tmp_path: Path) -> None:
    environment = write(tmp_path, "number_of_suggested_dates = 5\n") | {
        "SCRIBA_DATE_ORDER": "mdy",
        "SCRIBA_FILENAME_DATE_ORDER": "YMD",
        "SCRIBA_IGNORE_DATES": "1970-12-31, 3/5/1980, 5. März 2018",
    }
    ignored = frozenset({date(1970, 12, 31), date(1980, 3, 5), date(2018, 3, 5)})
    assert load_settings({}, environment).settings.dates() == DateSettings(DateOrder.MDY, DateOrder.YMD, ignored, 5)
    assert load_settings({}, write(tmp_path, "ignore_dates = [1970-12-31]\n")).settings.dates().ignored == {date(1970, 12, 31)}


def test_what_barcodes_mean_is_set_in_the_peers_words(tmp_path: Path) -> None:
    environment = {
        "SCRIBA_CONSUMER_ENABLE_BARCODES": "true",
        "SCRIBA_CONSUMER_BARCODE_STRING": "SPLIT",
        "SCRIBA_CONSUMER_BARCODE_RETAIN_SPLIT_PAGES": "true",
        "SCRIBA_CONSUMER_ENABLE_ASN_BARCODE": "true",
        "SCRIBA_CONSUMER_ASN_BARCODE_PREFIX": "NO-",
        "SCRIBA_CONSUMER_ENABLE_TAG_BARCODE": "true",
        "SCRIBA_CONSUMER_TAG_BARCODE_MAPPING": r'{"ASN12.*": "JOHN", "T-(.*)": "\\1"}',
        "SCRIBA_CONSUMER_TAG_BARCODE_SPLIT": "true",
    }
    loaded = load_settings({"data_dir": tmp_path}, environment)
    mapping = (("ASN12.*", "JOHN"), ("T-(.*)", r"\1"))
    assert loaded.settings.barcodes() == BarcodeSettings(True, "SPLIT", True, True, "NO-", True, mapping, True)
    shown = [str(cell) for cell in settings_table(loaded).columns[1].cells]
    assert environment["SCRIBA_CONSUMER_TAG_BARCODE_MAPPING"] in shown
    table = "consumer_enable_tag_barcode = true\n[consumer_tag_barcode_mapping]\n'T-(.*)' = '\\1'\n"
    assert load_settings({}, write(tmp_path, table)).settings.barcodes() == BarcodeSettings(tags=True, tag_mapping=mapping[1:])


@pytest.mark.parametrize("mapping", ["TAG", "[1]", '{"(": "x"}', '{"a": "\\\\1"}', '{"a": 1}', "{" * 5_000])
def test_a_mapping_that_is_none_is_refused_before_a_barcode_meets_it(tmp_path: Path, mapping: str) -> None:
    (line,) = problems({"data_dir": tmp_path}, {"SCRIBA_CONSUMER_TAG_BARCODE_MAPPING": mapping})
    assert "consumer_tag_barcode_mapping" in line.lower()


@pytest.mark.parametrize("switch", ["consumer_enable_barcodes", "consumer_enable_asn_barcode", "consumer_enable_tag_barcode"])
def test_barcodes_are_read_where_any_is_wanted(tmp_path: Path, switch: str) -> None:
    assert load_settings({}, write(tmp_path, f"{switch} = true\n")).settings.ocr().barcodes


def test_plain_text_towards_other_machines_is_refused_unless_allowed_in_words(tmp_path: Path) -> None:
    given: dict[str, object] = {"data_dir": tmp_path, "listen": "0.0.0.0:8440", "tls": "off"}
    (line,) = problems(given, {})
    assert "anyone on the way reads tokens and documents" in line
    assert "allow_plaintext" in line
    (line,) = problems(given, {"SCRIBA_ALLOW_PLAINTEXT": "true"})
    assert PLAIN_TEXT_WORDS in line
    assert load_settings(given, {"SCRIBA_ALLOW_PLAINTEXT": PLAIN_TEXT_WORDS}).settings.encryption() is None


@pytest.mark.parametrize(
    ("given", "speaks"),
    [
        ({}, False),
        ({"listen": "[::1]:8440"}, False),
        ({"tls": "on"}, True),
        ({"tls": True}, True),
        ({"listen": "192.168.1.5:8440"}, True),
        ({"tls_certificate": "a.pem", "tls_key": "b.pem"}, True),
        ({"tls_certificate": "a.pem", "tls_key": "b.pem", "tls": False}, False),
    ],
)
def test_the_port_speaks_tls_where_others_reach_it_or_it_is_asked_for(tmp_path: Path, given: dict[str, object], speaks: bool) -> None:
    settings = load_settings({"data_dir": tmp_path, **given}, {}).settings
    assert (settings.speaks_tls, settings.encryption() is not None) == (speaks, speaks)


def test_the_part_that_encrypts_gets_whole_paths(tmp_path: Path) -> None:
    given = {"tls_certificate": "a.pem", "tls_key": "/b.pem", "tls_client_ca": "ca.pem", "tls_names": "Archive.lan, 192.168.1.5"}
    settings = load_settings({"data_dir": tmp_path, **given}, {}).settings
    own = OwnFiles(tmp_path / "a.pem", Path("/b.pem"))
    assert settings.encryption() == TlsSettings(settings.listen, own, ("Archive.lan", "192.168.1.5"), tmp_path / "ca.pem", 31_536_000)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tls_certificate": "a.pem"}, "tls_certificate and tls_key belong together"),
        ({"tls_client_ca": "a.pem"}, "tls_client_ca needs TLS"),
        ({"tls_names": "not a name"}, "must be host names"),
        ({"tls": "perhaps"}, "'auto', 'on' or 'off'"),
    ],
)
def test_half_a_wish_for_encryption_is_refused(tmp_path: Path, given: dict[str, object], words: str) -> None:
    (line,) = problems({"data_dir": tmp_path, **given}, {})
    assert words in line


def test_a_password_in_the_database_url_is_never_shown(tmp_path: Path) -> None:
    loaded = load_settings({"data_dir": tmp_path}, {"SCRIBA_DATABASE_URL": "postgresql+psycopg2://me:s3cret@db/scriba"})
    assert loaded.settings.store_url == "postgresql+psycopg2://me:s3cret@db/scriba"
    shown = repr(loaded.settings) + "".join(str(cell) for column in settings_table(loaded).columns for cell in column.cells)
    assert "postgresql+psycopg2://me:***@db/scriba" in shown
    assert "s3cret" not in shown


def test_other_passwords_are_shown_as_set_and_no_more(tmp_path: Path) -> None:
    given = {"email_host_password": "s3cret", "smtp_user": "scanner", "smtp_password": "s3cret"}
    loaded = load_settings({"data_dir": tmp_path, **given}, {})
    shown = repr(loaded.settings) + "".join(str(cell) for column in settings_table(loaded).columns for cell in column.cells)
    assert "s3cret" not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"smtp_user": "scanner"}, "smtp_user and smtp_password belong together"),
        ({"smtp_password": "s3cret"}, "smtp_user and smtp_password belong together"),
        ({"smtp_listen": "127.0.0.1:8440"}, "mail needs a port of its own"),
        ({"smtp_listen": "scanner:25"}, "must be HOST:PORT"),
        ({"smtp_allow": "hall"}, "must be addresses and networks"),
        ({"smtp_allow": []}, "must name who may send"),
    ],
)
def test_a_door_for_mail_that_cannot_be_is_refused(tmp_path: Path, given: dict[str, object], words: str) -> None:
    (line,) = problems({"data_dir": tmp_path, **given}, {})
    assert words in line


def test_no_mail_is_taken_in_until_it_is_told_where(tmp_path: Path) -> None:
    assert load_settings({"data_dir": tmp_path}, {"SCRIBA_SMTP_LISTEN": ""}).settings.smtp() is None
    door = load_settings({"data_dir": tmp_path, "smtp_listen": "[::1]:2525", "smtp_allow": "10.0.0.5/8"}, {}).settings.smtp()
    assert door is not None
    assert (str(door.listen), [str(network) for network in door.allow]) == ("[::1]:2525", ["10.0.0.0/8"])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("localhost:80", ListenAddress("127.0.0.1", 80)),
        ("[::1]:80", ListenAddress("::1", 80)),
        ("10.0.0.7:65535", ListenAddress("10.0.0.7", 65535)),
    ],
)
def test_an_address_is_read(text: str, address: ListenAddress) -> None:
    assert parse_listen_address(text) == address


@pytest.mark.parametrize(
    "text", ["", "8440", ":8440", "::1:8440", "[127.0.0.1]:8440", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x", "host:80"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        parse_listen_address(text)


def test_every_setting_stands_in_the_docs_with_a_description() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page(), "run `python -m daemon.settings.table`"


def test_the_watcher_gets_every_folder_with_its_own_ways(tmp_path: Path) -> None:
    shared = 'consumer_recursive = true\nconsumption_dirs = ["/more"]\n'
    text = f'{shared}[[consume]]\npath = "nas"\nrecursive = false\npolling_interval = 10\nsubdirs_as_tags = true\n'
    watcher = load_settings({}, write(tmp_path, text)).settings.watcher()
    assert watcher.folders == (
        WatchedFolder(tmp_path / "consume", recursive=True),
        WatchedFolder(Path("/more"), recursive=True),
        WatchedFolder(tmp_path / "nas", recursive=False, polling_seconds=10, subdirs_as_tags=True),
    )
    assert load_settings({"data_dir": tmp_path}, {"SCRIBA_CONSUMER_DISABLE": "true"}).settings.watcher().folders == ()


def test_scans_of_one_side_are_looked_for_inside_each_watched_folder(tmp_path: Path) -> None:
    shared = "consumer_enable_collate_double_sided = true\nconsumer_collate_double_sided_minutes = 5\n"
    settings = load_settings({}, write(tmp_path, f'{shared}[[consume]]\npath = "nas"\nrecursive = true\n')).settings
    assert settings.watcher().folders == (
        WatchedFolder(tmp_path / "consume", sides="double-sided"),
        WatchedFolder(tmp_path / "nas", recursive=True, sides="double-sided"),
        WatchedFolder(tmp_path / "consume" / "double-sided", sides="double-sided"),
    )
    assert settings.intake().sides_patience == timedelta(minutes=5)


@pytest.mark.parametrize("name", ["..", ".hidden", "a/b", "a\0b"])
def test_the_folder_for_scans_of_one_side_lies_inside(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError):
        load_settings({"data_dir": tmp_path, "consumer_collate_double_sided_subdir_name": name}, {})


def test_defaults_are_those_of_the_parts(tmp_path: Path) -> None:
    settings = load_settings({"data_dir": tmp_path}, {}).settings
    assert settings.ocr() == OcrSettings(page_memory_bytes=2 * 1024**3)
    assert settings.watcher() == WatcherSettings((WatchedFolder(tmp_path / "consume"),))
    assert settings.intake() == IntakeSettings(min_free_bytes=512 * 1024**2)
