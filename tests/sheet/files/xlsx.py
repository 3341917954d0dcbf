"""XLSX files from the XML of their rows."""

from collections.abc import Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
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
            else f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
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
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _RELATIONSHIPS % links,
        **entries,
    }
