"""How LibreOffice is set up for a file that a stranger may have made: nothing in it runs, and nothing is fetched for it."""

import json
from pathlib import Path
from xml.sax.saxutils import escape

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
)
# PDF/A-2b, forms as they look.
OPTIONS = json.dumps({"SelectPdfVersion": {"type": "long", "value": "2"}, "ExportFormFields": {"type": "boolean", "value": "false"}})
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'


def write_profile(folder: Path) -> Path:
    """Write a new profile, and give its folder."""
    items = "".join(_ITEM.format(path=path, name=name, value=escape(value)) for path, name, value in SETTINGS)
    (folder / "user").mkdir(parents=True)
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")
    return folder
