"""Rows held against what was sent before."""

from builders import OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.texts.issues import issue_sentence

STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")
KEY = LineKey(PO, "1")
CANCELLED = EarlierSending("2026-11-21-103800-a1b2", 1, confirmed=True, time="2026-11-21T10:38:07Z")
UNANSWERED = CANCELLED._replace(confirmed=False)
UNSETTLED = UNANSWERED._replace(unsettled=True)


def reviewed(quantity: str, earlier: EarlierSending, *, ordered: int = 3) -> Review:
    review = Review(table((PO, "1", "", quantity, "OOS")), "US")
    review.add_looks({PO: order(order_line(ordered=ordered))})
    review.remember({KEY: earlier})
    return review


def test_a_part_of_a_line_sent_before_is_held_back() -> None:
    for earlier, code in ((CANCELLED, Code.SENT_EARLIER), (UNANSWERED, Code.SENT_WITHOUT_ANSWER)):
        review = reviewed("1", earlier)
        assert [(x.level, x.code) for x in review.issues(1)] == [(Level.ERROR, code)]
        assert review.plan(STORE).lines == ()


def test_all_that_is_open_may_be_sent_and_is_told() -> None:
    review = reviewed("3", CANCELLED)
    (issue,) = review.issues(1)
    assert (issue.level, issue.code) == (Level.WARNING, Code.SENT_EARLIER)
    assert (issue.params["date"], issue.params["run"]) == ("2026-11-21", CANCELLED.run)
    assert len(review.plan(STORE).lines) == 1


def test_a_part_that_is_cancelled_and_was_sent_here_says_so_and_not_to_ask_for_less() -> None:
    review = Review(table((PO, "1", "", "2", "OOS")), "US")
    review.add_looks({PO: order(order_line(ordered=3, Cancelled=2))})
    (supposed,) = review.issues(1)
    assert issue_sentence(supposed).startswith("2 units of this line are already cancelled, so")
    review.remember({KEY: CANCELLED._replace(units=2)})
    (known,) = review.issues(1)
    assert (known.level, known.code) == (Level.ERROR, Code.SENT_EARLIER)
    assert issue_sentence(known).startswith("You already cancelled 2 of line 1 on ")
    assert "Lower the quantity" not in issue_sentence(supposed) + issue_sentence(known)
    assert review.plan(STORE).lines == ()


def test_what_its_run_can_still_settle_is_held_back_also_as_a_whole() -> None:
    for quantity in ("1", "3", ""):
        review = reviewed(quantity, UNSETTLED)
        (issue,) = [x for x in review.issues(1) if x.code is Code.SENT_UNSETTLED]
        assert issue.level is Level.ERROR
        assert "Resume that run first" in issue_sentence(issue)
        assert CANCELLED.run in issue_sentence(issue)
        assert review.plan(STORE).lines == ()
        review.remember({KEY: UNANSWERED})
        assert len(review.plan(STORE).lines) == (quantity != "1")


def test_lines_never_sent_before_are_left_alone() -> None:
    review = reviewed("1", CANCELLED)
    review.remember({LineKey(PO, "2"): CANCELLED})
    assert review.issues(1) == ()


def test_only_the_rows_of_orders_sent_before_are_concerned() -> None:
    review = Review(table((PO, "1", "", "1", "OOS"), (OTHER_PO, "1", "", "1", "OOS")), "US")
    assert review.remember({KEY: CANCELLED}) == {1}
    assert review.remember({LineKey(OTHER_PO, "1"): CANCELLED}) == {1, 2}
    assert review.add_looks({OTHER_PO: None}) == {2}


def test_another_store_has_another_past() -> None:
    review = reviewed("1", CANCELLED)
    review.forget_looks()
    review.add_looks({PO: order(order_line(ordered=3))})
    assert review.issues(1) == ()
