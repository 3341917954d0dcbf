"""What the command line offers for damaged numbers; it never applies any of it."""

from pathlib import Path

import pytest

from cancel_desk.practice.orders import Order, ShipNode
from cancel_desk.practice.sample import SAMPLE, Mistake, write_sample
from cancel_desk.practice.store import PracticeStore
from cli.terminal import Terminal
from standin.contract import Request
from standin.replies import Reply, refused
from standin.walmart import StandIn


@pytest.fixture
def order() -> Order:
    """An order of the practice store of which one line of its own SKU is open."""
    return next(
        each
        for each in PracticeStore().orders()
        if each.ship_node is ShipNode.SELLER and len(each.lines) == 1 and each.lines[0].open
    )


def written(folder: Path, *rows: str) -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join(["PO#,Line#,SKU,Reason", *rows]), encoding="utf-8")
    return path


def test_what_the_open_orders_offer_is_given_to_scripts(
    terminal: Terminal, tmp_path: Path, order: Order
) -> None:
    [line] = order.lines
    shown = f"{int(order.purchase_order_id):.5E}"
    sheet = written(tmp_path, f"{shown},{line.number},{line.sku},oos", "####,1,nothing,oos")
    said = terminal.type("check", sheet, "--account", "practice", "--json")
    assert said.status == 1
    one, none = said.json["numbers"]
    assert (one["row"], one["text"]) == (2, shown)
    assert order.purchase_order_id in {each["po"] for each in one["candidates"]}
    assert all({"digits", "sku", "line"} <= set(each["clues"]) for each in one["candidates"])
    assert (none["row"], none["fit"], none["candidates"]) == (3, "none", [])
    assert [each["code"] for each in said.json["issues"]] == ["cell_damaged"] * 2


def test_people_are_told_row_by_row(terminal: Terminal, tmp_path: Path) -> None:
    write_sample(tmp_path / "sample.xlsx")
    before = (tmp_path / "sample.xlsx").read_bytes()
    said = terminal.type("check", tmp_path / "sample.xlsx", "--account", "practice")
    [row] = [at for at, each in enumerate(SAMPLE, 2) if each.mistake is Mistake.NUMBER_DAMAGED]
    offered = said.out[said.out.index("open orders offer; nothing was changed") :]
    assert any(line.startswith(f"{row} ") for line in offered.splitlines())
    assert "order" in offered
    assert (tmp_path / "sample.xlsx").read_bytes() == before


def test_a_store_that_can_not_be_listed_is_said_beside_the_rest(
    terminal: Terminal, tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = stand_in.answer

    def refuse_lists(request: Request) -> Reply:
        if request.path == "/v3/orders":
            return refused(400, "SOME.CODE", "No list", seed="an error in JSON")
        return answer(request)

    monkeypatch.setattr(stand_in, "answer", refuse_lists)
    sheet = written(tmp_path, "1.79628E+12,1,,oos")
    said = terminal.type("check", sheet, "--account", "env", "--json")
    assert (said.status, said.json["rows"]) == (1, 1)
    assert "numbers" not in said.json
    assert said.told
    clean = written(tmp_path, "1796277083022,1,,oos")
    assert terminal.type("check", clean, "--account", "env", "--json").told == ""


def test_offline_offers_nothing(terminal: Terminal, tmp_path: Path) -> None:
    sheet = written(tmp_path, "1.79628E+12,1,,oos")
    said = terminal.type("check", sheet, "--account", "practice", "--offline", "--json")
    assert "numbers" not in said.json
