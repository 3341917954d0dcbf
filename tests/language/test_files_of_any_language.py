"""What the program writes in one language is understood by it in every other."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from cancel_desk.checks.reasons import REASONS, ReasonCode, find_reason
from cancel_desk.language import OWN_NAMES, Tongue, speak
from cancel_desk.report.rows import DONE, done_words
from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.result_mark import recognise
from cancel_desk.sheet.result_rows import RESULT_COLUMNS
from cancel_desk.sheet.result_sheet import write_results
from cancel_desk.sheet.rows import FileKind, RawSheet, Source
from cancel_desk.sheet.sheet_choice import Sheets, choose_sheet
from cancel_desk.sheet.template import TEMPLATE_COLUMNS, write_template
from cancel_desk.texts.issues import column_name
from cancel_desk.texts.outcomes import result_word
from cancel_desk.texts.reasons import reason_consequence, reason_label
from result_sheets import result, sheet
from sentences import sentences_of

pytestmark = pytest.mark.parametrize("language", OWN_NAMES)

NEEDED = {Column.PO, Column.LINE, Column.SKU, Column.QUANTITY, Column.REASON}


@pytest.fixture(autouse=True)
def spoken(language: str) -> None:
    speak(Tongue(language))


def header_of(path: Path) -> list[str]:
    page = load_workbook(path).worksheets[0]
    return [str(cell.value) for cell in next(page.iter_rows())]


def test_a_template_is_read_by_a_program_in_english(tmp_path: Path) -> None:
    codes = [reason.code for reason in REASONS["US"]]
    reasons = [(code, reason_label(code), reason_consequence(code)) for code in codes]
    path = tmp_path / "template.xlsx"
    write_template(path, reasons)
    speak(Tongue("en"))
    headers = header_of(path)
    assert len(headers) == len(TEMPLATE_COLUMNS)
    assert set(match_columns(headers).columns) == NEEDED
    assert not match_columns(headers).doubtful


def test_the_names_on_the_screen_are_names_of_columns() -> None:
    for column in NEEDED | {Column.LEFT_OUT}:
        assert column in match_columns([column_name(column)]).columns


@pytest.mark.parametrize("market", REASONS)
def test_a_reason_is_found_by_its_words_in_any_language(market: str) -> None:
    for reason in REASONS[market]:
        label = reason_label(ReasonCode(reason.code))
        found = find_reason(market, label)
        assert found is not None, label
        assert found.code == reason.code


def test_a_result_sheet_is_known_by_its_columns_in_any_language(tmp_path: Path) -> None:
    from cancel_desk.language import gettext

    headers = (column_name(Column.PO), *map(gettext, RESULT_COLUMNS))
    words = {result_word(result) for result in DONE}
    speak(Tongue("en"))
    found = recognise(RawSheet(Source("", FileKind.TEXT, None, 1), headers, ()))
    assert found is not None
    assert list(found.columns) == list(RESULT_COLUMNS)
    assert list(found.columns.values()) == list(range(1, len(headers)))
    assert words <= done_words()


def test_a_result_workbook_opens_at_its_rows_in_every_language(
    tmp_path: Path, language: str
) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, sheet(("PO#",), [result("129114917403021")]))
    names = load_workbook(path).sheetnames
    assert names == ["Po Details", sentences_of(language)["Summary"]]
    for reader in OWN_NAMES:
        speak(Tongue(reader))
        assert choose_sheet(_with_rows(names), None, asking=True) == ("Po Details", True)
        # The page behind it never has the person's own name for the rows.
        assert sheet(("PO#",), [], name=names[1]).page_name == "Po Details"


def test_a_sheet_of_the_persons_own_may_be_called_like_a_summary(language: str) -> None:
    name = sentences_of(language)["Summary"]
    for results in (False, True):
        chosen = choose_sheet(_with_rows([name, name.upper()], results=results), None, asking=True)
        assert chosen.name == name


def _with_rows(names: list[str], *, results: bool = True) -> Sheets:
    return Sheets(names, [], lambda _name: True, lambda name: name == "Po Details", results)
