"""Text files: encodings, delimiters, line ends, quotes, ragged and damaged ones."""

import codecs
from collections.abc import Callable, Sequence
from typing import Any

from cancel_desk.sheet.problems import SheetProblem
from sheet.corpus.case import HEADERS, PLAIN_ROWS, PO, PO2, ROWS, Case, Refused, Rows

_SHEET = (HEADERS, *PLAIN_ROWS)
_WESTERN = (HEADERS, *ROWS)
_SPANISH = (
    ("Número de orden de compra", "Línea", "SKU", "Cantidad", "Motivo de cancelación"),
    (PO, "1", "niño-azul", "2", "sin existencias según el almacén"),
    (PO2, "2", "camión", "1", "García pidió cancelar"),
)
_CHINESE = (
    ("采购订单号", "行号", "SKU", "数量", "取消原因"),
    (PO, "1", "红色上衣", "2", "缺货无法发货"),
    (PO2, "2", "蓝色裤子", "1", "客户要求取消订单"),
)
_JAPANESE = (
    ("PO#", "Line#", "SKU", "Qty", "備考"),
    (PO, "1", "赤いシャツ", "2", "在庫がありません"),
    (PO2, "2", "ズボン", "1", "お客様のキャンセル"),
)
_TWO_LANGUAGES = (
    ("采购订单号 (PO#)", "行号/Line#", "SKU", "数量\uff08Qty\uff09", "取消原因"),
    (PO, "1", "AB-1", "2", "缺货"),
)
_RUSSIAN = (
    ("PO#", "Line#", "SKU", "Qty", "Примечание"),
    (PO, "1", "Красная рубашка", "2", "нет на складе"),
    (PO2, "2", "Синие брюки", "1", "клиент попросил отменить"),
)
_FRENCH = (
    ("PO#", "Line#", "SKU", "Qty", "Note"),
    (PO, "1", "chemise d\u2019été", "2", "l\u2019entrepôt n\u2019a plus rien \u2013 désolé"),
    (PO2, "2", "crème brûlée", "1", "\u201curgent\u201d"),
)


def lines(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Return rows as lines; cells must not need quotes."""
    return "".join(delimiter.join(row) + end for row in rows)


def _text(
    name: str,
    text: str | bytes,
    expected: Rows | Refused,
    *,
    file: str = "orders.csv",
    **choice: Any,
) -> Case:
    data = text.encode() if isinstance(text, str) else text
    return Case(name, file, _giving(data), expected, choice)


def _giving(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _rows(sheet: Sequence[Sequence[str]], **source: str) -> Rows:
    return Rows(tuple(sheet[0]), tuple(tuple(row) for row in sheet[1:]), source=source)


def _encoded(name: str, sheet: Sequence[Sequence[str]], encoding: str, bom: bytes = b"") -> Case:
    data = bom + lines(sheet).encode(encoding)
    return _text(name, data, _rows(sheet, encoding=encoding))


ENCODINGS = (
    _encoded("utf-8", _WESTERN, "utf-8"),
    _encoded("utf-8 with a mark", _WESTERN, "utf-8", codecs.BOM_UTF8),
    _encoded("utf-16 little", _WESTERN, "utf-16-le"),
    _encoded("utf-16 little with a mark", _WESTERN, "utf-16-le", codecs.BOM_UTF16_LE),
    _encoded("utf-16 big", _WESTERN, "utf-16-be"),
    _encoded("utf-16 big with a mark", _WESTERN, "utf-16-be", codecs.BOM_UTF16_BE),
    _encoded("utf-16 Chinese without a mark", _CHINESE, "utf-16-le"),
    _encoded("utf-32 with a mark", _WESTERN, "utf-32-le", codecs.BOM_UTF32_LE),
    _encoded("cp1252", _WESTERN, "cp1252"),
    _encoded("cp1252 Spanish", _SPANISH, "cp1252"),
    _encoded("cp1252 French with typographic quotes", _FRENCH, "cp1252"),
    _encoded("Mac Roman Spanish", _SPANISH, "mac-roman"),
    _encoded("Mac Roman French", _FRENCH, "mac-roman"),
    _encoded("gb18030 Chinese", _CHINESE, "gb18030"),
    _encoded("Shift-JIS Japanese", _JAPANESE, "cp932"),
    _encoded("cp1251 Russian", _RUSSIAN, "cp1251"),
    _encoded("utf-8 Chinese", _CHINESE, "utf-8"),
    _encoded("utf-16 big Chinese without a mark", _CHINESE, "utf-16-be"),
    _encoded("headers in two languages", _TWO_LANGUAGES, "gb18030"),
    _encoded("plain ASCII", _SHEET, "utf-8"),
    _text(
        "utf-8 with a stray byte of cp1252",
        lines(_CHINESE).encode() + f"{PO},3,Zo".encode() + b"\xeb,1,x\n",
        _rows((*_CHINESE, (PO, "3", "Zoë", "1", "x"))),
    ),
    _text(
        "a chosen encoding", lines(_RUSSIAN).encode("cp1251"), _rows(_RUSSIAN), encoding="cp1251"
    ),
    _text(
        "a chosen encoding that does not fit",
        lines(_RUSSIAN).encode("cp1251"),
        Refused(SheetProblem.BAD_CHARACTERS),
        encoding="utf-8",
    ),
    _text(
        "says utf-8 and is not",
        codecs.BOM_UTF8 + b"PO#\n\xff\n",
        Refused(SheetProblem.BAD_CHARACTERS),
    ),
    _text("half a character", b"\xff\xfeP\0O\0#", Refused(SheetProblem.BAD_CHARACTERS)),
)

_QUOTED = (("PO#", "Note"), (PO, 'a "b"\nc, d'), (PO2, ""))

LAYOUTS = (
    *(
        _text(
            f"{word} between values", lines(_SHEET, char), _rows(_SHEET, delimiter=char), file=file
        )
        for word, char, file in (
            ("comma", ",", "orders.csv"),
            ("semicolon", ";", "orders.csv"),
            ("tab", "\t", "orders.tsv"),
            ("pipe", "|", "orders.txt"),
        )
    ),
    *(
        _text(f"lines that end in {word}", lines(_SHEET, end=end), _rows(_SHEET))
        for word, end in (("CR LF", "\r\n"), ("CR", "\r"), ("LF", "\n"))
    ),
    _text("no end of the last line", lines(_SHEET).rstrip("\n"), _rows(_SHEET)),
    _text("sep line", "sep=;\r\n" + lines(_SHEET, ";"), _rows(_SHEET, delimiter=";")),
    _text("sep line of a hash", "sep=~\n" + lines(_SHEET, "~"), _rows(_SHEET, delimiter="~")),
    _text("sep line in UTF-16", ("sep=;\n" + lines(_SHEET, ";")).encode("utf-16"), _rows(_SHEET)),
    _text(
        "a chosen delimiter goes before the sep line",
        "sep=;\nPO#,Note\n1,a;b\n",
        _rows((("PO#", "Note"), ("1", "a;b"))),
        delimiter=",",
    ),
    _text("one column", f"PO#\n{PO}\n{PO2}\n", _rows((("PO#",), (PO,), (PO2,))), file="orders.txt"),
    _text(
        "one column without a header",
        f"{PO}\n{PO2}\n",
        Rows(("",), ((PO,), (PO2,)), source={"header_row": 0}, facts={"sure": False}),
        file="orders.txt",
    ),
    _text(
        "no header at all",
        f"{PO},1,oos\n{PO2},2,oos\n",
        Rows(("", "", ""), ((PO, "1", "oos"), (PO2, "2", "oos")), source={"header_row": 0}),
    ),
    _text(
        "quotes with commas, quotes and line breaks",
        f'"PO#","Note"\r\n"{PO}","a ""b""\nc, d"\r\n"{PO2}",\r\n',
        _rows(_QUOTED),
    ),
    _text(
        "every value in quotes",
        "\n".join(",".join(f'"{cell}"' for cell in row) for row in _SHEET),
        _rows(_SHEET),
    ),
    _text(
        "every line in quotes",
        "\n".join('"' + ",".join(row) + '"' for row in _SHEET) + "\n",
        _rows(_SHEET),
    ),
    _text(
        "ragged rows",
        f"PO#,Qty\n{PO}\n{PO2},1,extra\n",
        _rows((("PO#", "Qty", ""), (PO, "", ""), (PO2, "1", "extra"))),
    ),
    _text(
        "a comma at the end of every line",
        f"PO#,Qty,\n{PO},1,\n{PO2},2,\n",
        _rows((("PO#", "Qty"), (PO, "1"), (PO2, "2"))),
    ),
    _text(
        "an extra value in the first row only",
        f"PO#,Qty\n{PO},1,x\n{PO2},2\n",
        _rows((("PO#", "Qty", ""), (PO, "1", "x"), (PO2, "2", ""))),
    ),
    _text(
        "blank rows between",
        f"\n\nPO#,Qty\n\n{PO},1\n,\n{PO2},2\n\n\n",
        _rows((("PO#", "Qty"), (PO, "1"), (PO2, "2"))),
    ),
    _text(
        "a title above the header",
        f"Open orders\nMade for Ann,May 2026\n\nPO#,Qty\n{PO},1\n",
        Rows(("PO#", "Qty"), ((PO, "1"),), facts={"rows_above": (1, 2)}, source={"header_row": 4}),
    ),
    _text(
        "a chosen header row",
        f"PO#,Qty\nPurchase order,Units\n{PO},1\n",
        Rows(("Purchase order", "Units"), ((PO, "1"),), facts={"rows_above": (1,)}),
        header_row=2,
    ),
    _text(
        "lines that end in this and that",
        f"PO#,Qty\r{PO},1\n{PO2},2\r\n",
        _rows((("PO#", "Qty"), (PO, "1"), (PO2, "2"))),
    ),
    _text(
        "the old sign for the end",
        lines(_SHEET, end="\r\n") + "\x1a",
        _rows(_SHEET),
    ),
    _text(
        "a stray control character",
        lines(_SHEET) + f"{PO},3,AB\x07C,1,fraud\n",
        _rows((*_SHEET, (PO, "3", "AB\x07C", "1", "fraud"))),
    ),
    _text(
        "letters from right to left",
        f"PO#,ملاحظة\n{PO},مرحبا 123\n\u202a{PO2}\u202c,😀\n",
        _rows((("PO#", "ملاحظة"), (PO, "مرحبا 123"), (f"\u202a{PO2}\u202c", "😀"))),
    ),
    _text(
        "more commas than columns in a title",
        f"PO#,SKU,Qty\n{PO},shirt, blue,1\n{PO2},B,1\n",
        _rows((("PO#", "SKU", "Qty", ""), (PO, "shirt", " blue", "1"), (PO2, "B", "1", ""))),
    ),
    _text(
        "pipes and CR in Shift-JIS",
        lines(_JAPANESE, "|", "\r").encode("cp932"),
        _rows(_JAPANESE, encoding="cp932", delimiter="|"),
    ),
    _text(
        "tabs in UTF-16 as Excel saves them",
        lines(_SPANISH, "\t", "\r\n").encode("utf-16"),
        _rows(_SPANISH, encoding="utf-16-le", delimiter="\t"),
    ),
    _text("NUL bytes", f"PO#,Note\n{PO},a\0b\n", _rows((("PO#", "Note"), (PO, "a\0b")))),
    _text(
        "blanks around values",
        f"PO# , Qty\n {PO} ,\u00a01\n",
        _rows((("PO# ", " Qty"), (f" {PO} ", "\u00a01"))),
    ),
    _text(
        "an inch mark",
        f'PO#,Note\n{PO},"15" screen"\n',
        _rows((("PO#", "Note"), (PO, '15 screen"'))),
    ),
    _text(
        "numbers as Excel damages them",
        'PO#,Qty\n1.29115E+14,1\n129114917403021.0,2\n="129114917403021",3\n\'129114917403021,4\n',
        _rows(
            (
                ("PO#", "Qty"),
                ("1.29115E+14", "1"),
                ("129114917403021.0", "2"),
                ('="129114917403021"', "3"),
                ("'129114917403021", "4"),
            )
        ),
    ),
    _text("tabs in a file named csv", lines(_SHEET, "\t"), _rows(_SHEET, delimiter="\t")),
    _text("text in a file named xlsx", lines(_SHEET), _rows(_SHEET), file="orders.xlsx"),
    _text("text in a file named xls", lines(_SHEET, "\t"), _rows(_SHEET), file="orders.xls"),
    _text("text without an extension", lines(_SHEET), _rows(_SHEET), file="orders"),
    _text(
        "a name with blanks and accents", lines(_SHEET), _rows(_SHEET), file="Mis órdenes (1).csv"
    ),
)

REFUSED = (
    _text("nothing", "", Refused(SheetProblem.EMPTY_FILE)),
    _text("only blanks", " \r\n\n ", Refused(SheetProblem.EMPTY_FILE)),
    _text("a mark and nothing else", codecs.BOM_UTF8, Refused(SheetProblem.EMPTY_FILE)),
    _text(
        "a quote that is never closed",
        f'PO#,Note\n{PO},ok\n{PO2},"open\n1,x\n',
        Refused(SheetProblem.UNCLOSED_QUOTE, {"line": 3}),
    ),
    _text(
        "a quote inside a number",
        'PO#,Note\n"1291149"17403021,x\n',
        Refused(SheetProblem.STRAY_QUOTE, {"line": 2}),
    ),
    _text(
        "an endless cell",
        "PO#\n" + "1" * 40_000,
        Refused(SheetProblem.CELL_TOO_LONG, {"row": 2, "limit": 32_767}),
    ),
    _text("a PDF", b"%PDF-1.7\n", Refused(SheetProblem.NOT_A_SHEET), file="orders.pdf"),
    _text("a picture", b"\x89PNG\r\n\x1a\n\0\0", Refused(SheetProblem.NOT_A_SHEET)),
    _text("gzip", b"\x1f\x8b\x08\0", Refused(SheetProblem.NOT_A_SHEET)),
    _text("any bytes", bytes(range(256)) * 4, Refused(SheetProblem.NOT_A_SHEET)),
    _text(
        "a link of Google Drive",
        '{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}',
        Refused(SheetProblem.CLOUD_LINK),
        file="orders.gsheet",
    ),
    _text(
        "an internet shortcut",
        "[InternetShortcut]\r\nURL=https://example.com\r\n",
        Refused(SheetProblem.CLOUD_LINK),
        file="orders.url",
    ),
    _text(
        "what Excel puts beside an open file",
        b"\x03Ann" + b" " * 51 + b"\x03\0A\0n\0n\0" + b" \0" * 51,
        Refused(SheetProblem.LOCK_FILE),
        file="~$orders.xlsx",
    ),
    _text(
        "a sheet in a file without sheets",
        lines(_SHEET),
        Refused(SheetProblem.NO_SUCH_SHEET, {"sheet": "May", "names": []}),
        sheet="May",
    ),
    Case(
        "more rows than the limit",
        "orders.csv",
        lambda: lines(_SHEET).encode(),
        Refused(SheetProblem.TOO_MANY_ROWS, {"limit": 2}),
        limits={"rows": 2},
    ),
    Case(
        "as many rows as the limit",
        "orders.csv",
        lambda: lines(_SHEET).encode(),
        _rows(_SHEET),
        limits={"rows": 3},
    ),
    Case(
        "more columns than the limit",
        "orders.csv",
        lambda: lines(_SHEET).encode(),
        Refused(SheetProblem.TOO_MANY_COLUMNS, {"limit": 4}),
        limits={"columns": 4},
    ),
    Case(
        "a bigger file than the limit",
        "orders.csv",
        lambda: lines(_SHEET).encode(),
        Refused(SheetProblem.TOO_BIG, {"limit": 50}),
        limits={"uncompressed": 50},
    ),
)

TEXTS = (*ENCODINGS, *LAYOUTS, *REFUSED)
