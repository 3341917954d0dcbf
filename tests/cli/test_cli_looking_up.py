"""Sheets without purchase orders on the command line: asked about, looked up, shown, sent."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from cancel_desk.practice.orders import Order, ShipNode
from cancel_desk.practice.store import PracticeStore
from cli.terminal import Terminal, typed


@pytest.fixture
def orders() -> list[Order]:
    return [each for each in PracticeStore().orders() if each.ship_node is ShipNode.SELLER]


@pytest.fixture
def sku(orders: list[Order]) -> str:
    return next(line.sku for order in orders for line in order.lines if line.open)


def written(folder: Path, headers: str, *rows: str, name: str = "wishes.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([headers, *rows]), encoding="utf-8")
    return path


def lines_of(orders: list[Order], sku: str) -> set[str]:
    return {
        order.purchase_order_id
        for order in orders
        for line in order.lines
        if line.sku == sku and line.open
    }


def test_skus_are_looked_up_and_shown(
    terminal: Terminal, tmp_path: Path, orders: list[Order], sku: str
) -> None:
    sheet = written(tmp_path, "SKU,Reason", f"{sku},oos", "nothing,oos")
    said = terminal.type("check", sheet, "--by", "sku", "--account", "practice", "--json")
    assert all(po in said.told for po in lines_of(orders, sku))
    assert "For 1 row no order line was found (row 3)" in said.told
    assert said.json["rows"] == len(lines_of(orders, sku)) + 1
    assert {each["row"] for each in said.json["issues"] if each["code"] == "no_line_found"} == {3}
    assert said.status == 1


def test_customer_orders_are_looked_up(
    terminal: Terminal, tmp_path: Path, orders: list[Order]
) -> None:
    sheet = written(tmp_path, "My order,Reason", f"{orders[0].customer_order_id},oos")
    words = ("check", sheet, "--by", "customer-order", "--account", "practice", "--json")
    alone = terminal.type("check", sheet, "--column", "My order")
    assert alone.status == 2
    assert "--by is missing" in alone.told
    unnamed = terminal.type(*words)
    assert (unnamed.status, unnamed.out) == (2, "")
    assert "Name it with --column" in unnamed.told
    said = terminal.type(*words, "--column", "my ORDER")
    assert orders[0].purchase_order_id in said.told
    assert said.json["errors"] == 0


def test_a_customer_order_merged_over_its_rows_names_those_that_seem_to_hold_it(
    terminal: Terminal, tmp_path: Path, orders: list[Order]
) -> None:
    order = next(each for each in orders if sum(line.open > 0 for line in each.lines) > 1)
    lines = [line.number for line in order.lines if line.open][:2]
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Order#", "Line#", "Reason"])
    for line in lines:
        page.append([order.customer_order_id, line, "oos"])
    page.merge_cells("A2:A3")
    book.save(tmp_path / "merged.xlsx")
    words = ("check", tmp_path / "merged.xlsx", "--by", "customer-order", "--account", "practice")
    said = terminal.type(*words, "--json")
    assert said.json["ready"] == 1
    [missing] = [each for each in said.json["issues"] if each["code"] == "no_line_found"]
    assert missing["row"] == 3
    assert "In merged cells only the first row has the text" in str(missing)


def test_without_an_account_nothing_can_be_looked_up(
    terminal: Terminal, tmp_path: Path, sku: str
) -> None:
    said = terminal.type("check", written(tmp_path, "SKU,Reason", f"{sku},oos"), "--by", "sku")
    assert (said.status, said.out) == (2, "")
    assert "Name it with --account" in said.told


def test_nobody_there_is_told_of_the_option(terminal: Terminal, tmp_path: Path) -> None:
    for headers in ("SKU,Reason", "Order#,Reason"):
        sheet = written(tmp_path, headers, "1,oos")
        said = terminal.type("check", sheet, "--account", "practice")
        assert (said.status, said.out) == (2, "")
        assert "--by" in said.told
        assert "No column with purchase order numbers was found" in said.told


def test_a_person_is_asked(terminal: Terminal, tmp_path: Path, sku: str) -> None:
    sheet = written(tmp_path, "Order#,SKU,Reason", f",{sku},oos")
    words: list[str | Path] = [
        "--data-dir",
        terminal.state,
        "check",
        sheet,
        "--account",
        "practice",
        "--json",
    ]
    said = typed(words, terminal.environ, "n", "y")
    assert "Does “Order#” hold customer order numbers" in said.told
    assert "Get every open line of the SKUs in “SKU”?" in said.told
    assert said.json["rows"] > 0
    refused = typed(words, terminal.environ, "n", "n")
    assert (refused.status, refused.out) == (2, "")


def test_what_is_looked_up_is_never_sent_unseen(
    terminal: Terminal, tmp_path: Path, sku: str
) -> None:
    sheet = written(tmp_path, "SKU,Reason", f"{sku},oos")
    words = ("send", sheet, "--account", "practice", "--results", tmp_path / "out.csv")
    said = terminal.type(*words, "--by", "sku", "--yes")
    assert said.status == 2
    assert "Leave out --yes" in said.told
    assert terminal.runs() == []


def test_it_is_sent_after_a_yes_and_comes_back_beside_its_row(
    terminal: Terminal, tmp_path: Path, orders: list[Order], sku: str
) -> None:
    sheet = written(tmp_path, "SKU,Memo,Reason", f"{sku},mine,oos", "nothing,too,oos")
    out = tmp_path / "out.csv"
    words: list[str | Path] = ["--data-dir", terminal.state, "send", sheet, "--account", "practice"]
    words += ["--results", out, "--by", "sku", "--json"]
    said = typed(words, terminal.environ, "y")
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    cancelled = {row["PO#"].strip("'") for row in rows if row["Result"] == "Cancelled"}
    assert cancelled
    assert cancelled <= lines_of(orders, sku)
    assert said.json["cancelled"] == sum(row["Result"] == "Cancelled" for row in rows)
    assert {row["Memo"] for row in rows if row["Row in file"] == "2"} == {"mine"}
    assert [row["Result"] for row in rows if row["Row in file"] == "3"] == ["Left out"]


def test_no_units_are_passed_over(terminal: Terminal, tmp_path: Path, sku: str) -> None:
    rows = written(tmp_path, "PO#,Line#,QTY CXL,Reason", "1796277083022,1,1,oos")
    skus = written(tmp_path, "SKU,QTY CXL,Reason", f"{sku},1,oos", name="skus.csv")
    for words in ((rows,), (skus, "--by", "sku", "--account", "practice")):
        said = terminal.type("check", *words, "--json")
        assert (said.status, said.out) == (2, "")
        assert "what “QTY CXL” means" in said.told
        assert "Nothing was sent" in said.told


@pytest.mark.parametrize("words", [(), ("--by", "sku", "--account", "practice")])
def test_a_hidden_column_is_not_taken(
    terminal: Terminal, tmp_path: Path, sku: str, words: tuple[str, ...]
) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["SKU", "PO#", "Line#", "Reason"])
    page.append([sku, "129114917403021", "1", "oos"])
    page.column_dimensions["A" if words else "B"].hidden = True
    book.save(tmp_path / "hidden.xlsx")
    said = terminal.type("check", tmp_path / "hidden.xlsx", *words)
    assert said.status == 2
    assert f"Your file hides “{'SKU' if words else 'PO#'}”" in said.told
    assert "Nothing was sent" in said.told
