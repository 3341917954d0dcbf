"""XLSX files from the XML of their rows."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
_RELATIONSHIP = f'<Relationship Id="%s" Type="{_OFFICE}/%s" Target="%s"/>'


def xlsx_entries(sheets: Mapping[str, str], *, hidden: frozenset[str]) -> dict[str, str]:
    """Return the entries of an XLSX file whose sheets have these rows as XML."""
    overrides, listed, links = "", "", ""
    entries: dict[str, str] = {}
    for at, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"{state}/>'
        links += _RELATIONSHIP % (f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml")
        entries[f"xl/worksheets/sheet{at}.xml"] = (
            rows
            if "<worksheet" in rows or ":worksheet" in rows
            else f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    overrides = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    )
    for at in range(1, len(sheets) + 1):
        overrides += (
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{overrides}</Types>',
        "_rels/.rels": _RELATIONSHIPS
        % (_RELATIONSHIP % ("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _RELATIONSHIPS % links,
        **entries,
    }


def xlsx_bytes(
    sheets: Mapping[str, str],
    *,
    hidden: frozenset[str] = frozenset(),
    replaced: Mapping[str, str | bytes | None] | None = None,
) -> bytes:
    """Return an XLSX file; ``replaced`` puts other entries in, or leaves some out."""
    entries: dict[str, str | bytes | None] = {
        **xlsx_entries(sheets, hidden=hidden),
        **(replaced or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            if content is not None:
                archive.writestr(entry, content)
    return out.getvalue()


def xlsx_row(number: int, *cells: str, attributes: str = "") -> str:
    """Return a row of cells; one that begins with ``<`` is XML, any other one is text."""
    made = "".join(
        cell if cell.startswith("<") else text_cell(f"{chr(65 + at)}{number}", cell)
        for at, cell in enumerate(cells)
    )
    return f'<row r="{number}" {attributes}>{made}</row>'


def text_cell(place: str, text: str) -> str:
    """Return a cell with its text inside."""
    kept = escape(text, quote=False)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def package_relationships(links: Iterable[tuple[str, str, str]]) -> str:
    """Return a part that links ids to targets: id, kind, target."""
    return _RELATIONSHIPS % "".join(_RELATIONSHIP % link for link in links)
