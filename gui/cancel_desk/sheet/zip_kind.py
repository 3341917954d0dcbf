"""Looking into a zip archive before a reader does: which workbook it is, and if it is safe."""

import io
import zipfile

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind
from cancel_desk.sheet.unpacking import ZIP_ERRORS

_HEAD = 1024


def zip_kind(data: bytes, limits: Limits) -> FileKind:
    """Tell which kind of workbook an archive is; SheetError for any other, or one too big."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            kind = _office_kind(archive)
            if _declares_entities(archive):
                raise SheetError(SheetProblem.DAMAGED)
    except ZIP_ERRORS as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    if sum(entry.file_size for entry in entries) > limits.uncompressed:
        raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(SheetProblem.SEALED)
    return kind


def _office_kind(archive: zipfile.ZipFile) -> FileKind:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    if any(name.endswith("xl/workbook.bin") for name in names):
        return FileKind.XLSB
    if any(name.endswith("workbook.xml") for name in names):
        return FileKind.XLSX
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        manifest = archive.open(names["meta-inf/manifest.xml"]).read(1 << 20)
        if b"encryption-data" in manifest:
            raise SheetError(SheetProblem.SEALED)
        return FileKind.ODS
    raise SheetError(SheetProblem.NOT_A_SHEET)


def _declares_entities(archive: zipfile.ZipFile) -> bool:
    """Tell whether a part begins as no spreadsheet program writes it, and only attackers do."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")) and not entry.flag_bits & 1:
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(_HEAD):
                    return True
    return False
