"""Sentences: one for each problem, made of its parameters, saying what happened and what to do."""

import pytest

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.texts.sheet import column_in_words, sheet_sentence

PARAMS: dict[SheetProblem, dict[str, object]] = {
    SheetProblem.CANT_OPEN: {"detail": "Input/output error"},
    SheetProblem.UNCLOSED_QUOTE: {"line": 17},
    SheetProblem.STRAY_QUOTE: {"line": 17},
    SheetProblem.TOO_BIG: {"limit": 1 << 30},
    SheetProblem.FAR_CORNER: {"row": 1048576, "column": "XFD"},
    SheetProblem.TOO_MANY_ROWS: {"limit": 1048576},
    SheetProblem.TOO_MANY_COLUMNS: {"limit": 1000},
    SheetProblem.CELL_TOO_LONG: {"row": 17, "limit": 32767},
    SheetProblem.TOO_SLOW: {"seconds": 300},
    SheetProblem.READER_STOPPED: {"detail": "Traceback (most recent call last): ..."},
    SheetProblem.NO_SUCH_SHEET: {"sheet": "July", "names": ["May", "June"]},
    SheetProblem.SEVERAL_SHEETS: {"names": ["May", "June"]},
    SheetProblem.NO_PO_COLUMN: {"headers": ["Order#", "Qty"], "order_header": "Order#"},
    SheetProblem.DOUBTFUL_COLUMN: {
        "column": Column.QUANTITY,
        "headers": ["Qty", "Quantity"],
        "places": ["B", "D"],
    },
    SheetProblem.SECOND_HEADER: {"row": 1_003},
    SheetProblem.HIDDEN_COLUMN: {"headers": ["Cancel Qty"]},
    SheetProblem.OVERLOOKED_COLUMN: {"headers": ["QTY CXL"]},
    SheetProblem.ARCHIVE: {"names": ["may.csv", "june.csv"]},
    SheetProblem.NO_SUCH_ENCODING: {"encoding": "cp0"},
    SheetProblem.NO_SUCH_HEADER_ROW: {"row": 9},
    SheetProblem.OUTPUT_WRONG_KIND: {"path": "/x/out.csv", "kinds": [".csv", ".xlsx"]},
    SheetProblem.OUTPUT_TOO_MANY_ROWS: {"rows": 1048577, "limit": 1048576},
    SheetProblem.OUTPUT_TOO_MANY_COLUMNS: {"columns": 16390, "limit": 16384},
    SheetProblem.OUTPUT_CELL_TOO_LONG: {"row": 17, "limit": 32767},
    SheetProblem.OUTPUT_FAILED: {"path": "/x/out.csv", "detail": "Input/output error"},
}


@pytest.mark.parametrize("problem", list(SheetProblem))
def test_every_problem_has_a_sentence(problem: SheetProblem) -> None:
    params = PARAMS.get(problem, {"path": "/x/out.csv"} if problem.startswith("output") else {})
    sentence = sheet_sentence(SheetError(problem, **params))
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "Traceback" not in sentence
    assert "Error" not in sentence
    if "path" in params:
        assert "/x/out.csv" in sentence
    elif problem.startswith("output"):
        assert "Nothing was written" in sentence
        assert ".csv" in sentence
    else:
        assert "othing was sent" in sentence


def test_sentences_say_what_was_found() -> None:
    def say(problem: SheetProblem) -> str:
        return sheet_sentence(SheetError(problem, **PARAMS[problem]))

    assert "“Order#”, “Qty”" in say(SheetProblem.NO_PO_COLUMN)
    assert "Row 1,003 has column names" in say(SheetProblem.SECOND_HEADER)
    assert "file hides “Cancel Qty”" in say(SheetProblem.HIDDEN_COLUMN)
    assert "what “QTY CXL” means" in say(SheetProblem.OVERLOOKED_COLUMN)
    assert "customer order number" in say(SheetProblem.NO_PO_COLUMN)
    assert "“Qty (column B)”, “Quantity (column D)”" in say(SheetProblem.DOUBTFUL_COLUMN)
    assert "line 17" in say(SheetProblem.UNCLOSED_QUOTE)
    assert "1,048,576 rows" in say(SheetProblem.TOO_MANY_ROWS)
    assert "1024 MB" in say(SheetProblem.TOO_BIG)
    assert "“May”, “June”" in say(SheetProblem.NO_SUCH_SHEET)


def test_other_cases_of_the_same_problem() -> None:
    error = SheetError(SheetProblem.NO_PO_COLUMN, headers=["City"], order_header=None)
    assert "customer order" not in sheet_sentence(error)
    error = SheetError(SheetProblem.NO_PO_COLUMN, headers=[], order_header=None)
    assert "no column names" in sheet_sentence(error)
    error = SheetError(SheetProblem.NO_SUCH_SHEET, sheet="May", names=[])
    assert "text file" in sheet_sentence(error)


def test_long_lists_and_names_are_shortened() -> None:
    names = ["x" * 100, "two\nlines", *map(str, range(10))]
    sentence = sheet_sentence(SheetError(SheetProblem.SEVERAL_SHEETS, names=names))
    assert f"“{'x' * 40}…”, “two lines”" in sentence
    assert "and 4 more" in sentence


def test_braces_in_a_persons_own_words_are_only_words() -> None:
    error = SheetError(SheetProblem.NO_SUCH_SHEET, sheet="{a}", names=["{0}"])
    assert "“{a}”" in sheet_sentence(error)
    error = SheetError(SheetProblem.OUTPUT_LOCKED, path="/x/{b}.csv")
    assert "“/x/{b}.csv”" in sheet_sentence(error)


@pytest.mark.parametrize("column", list(Column))
def test_every_column_has_a_name(column: Column) -> None:
    assert column_in_words(column)
