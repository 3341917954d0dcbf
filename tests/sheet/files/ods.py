"""OpenDocument sheets from rows of values or from the XML of their rows."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def ods_workbook(sheets: Mapping[str, str | Sequence[Sequence[str | float]]]) -> bytes:
    """Return an OpenDocument workbook; rows are given as values or as XML."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        f"{rows if isinstance(rows, str) else ods_rows(rows)}</table:table>"
        for name, rows in sheets.items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{_OASIS}:office:1.0" '
            f'xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" '
            'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def ods_rows(rows: Sequence[Sequence[str | float]]) -> str:
    """Return the XML of rows of texts and numbers."""
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )


def ods_cell(value: str | float, attributes: str = "") -> str:
    """Return the XML of a cell; a blank text is an empty cell."""
    if value == "":
        return f"<table:table-cell {attributes}/>"
    if isinstance(value, str):
        kept = escape(value).replace("\n", "</text:p><text:p>")
        return (
            f'<table:table-cell office:value-type="string" {attributes}>'
            f"<text:p>{kept}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value!r}" {attributes}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )
