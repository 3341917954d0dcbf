"""The demonstration: the whole job with the practice store, told step by step."""

import tempfile
from contextlib import closing
from pathlib import Path

from cancel_desk.accounts.account import PRACTICE_WORD
from cancel_desk.cli.attention import interruptible
from cancel_desk.cli.front import Front
from cancel_desk.cli.printing import issues_table, tally_words
from cancel_desk.cli.reviewing import DEFAULT_MARKET, open_review, read_orders
from cancel_desk.cli.sending import carry_out, show_plan
from cancel_desk.cli.wishes import SendWish, SheetWish
from cancel_desk.language import gettext as _
from cancel_desk.practice.sample import write_sample
from cancel_desk.sheet.result_sheet import check_writable


def demo(front: Front, results: Path) -> int:
    """Check and send the sample sheet, leave its result sheet, and nothing else, behind.

    Returns 0 when the job went through.
    """
    check_writable(results)
    with interruptible(), tempfile.TemporaryDirectory(prefix="cancel-desk-demo-") as folder:
        # A state folder of its own: the demonstration is no part of anyone's history.
        own = Front(Path(folder), front.environ, messages=front.report, report=front.report)
        return _perform(own, Path(folder) / "sample.xlsx", results)


def _perform(front: Front, sample: Path, results: Path) -> int:
    front.say(
        _("A demonstration with the practice store on this computer: nothing reaches Walmart.")
    )
    write_sample(sample)
    review = open_review(front, SheetWish(sample), DEFAULT_MARKET)
    front.say(_("\n1. Check: a sample sheet with a few typical mistakes"))
    front.show(tally_words(review.tally()))
    front.show(issues_table(review))
    with closing(front.desk.connections.connect(PRACTICE_WORD)) as connection:
        front.say(_("\n2. Look up every order at the practice store, and show the plan"))
        read_orders(front, review, connection)
        front.show(tally_words(review.tally()))
        plan = review.plan(connection.store)
        show_plan(front, plan, review, connection)
        front.say(_("\n3. Send, and write the result sheet"))
        with closing(front.desk.begin(review, plan, connection)) as run:
            status = carry_out(front, run, SendWish(results, yes=True, kept=False), connection)
    front.say(_("Open {path} to see what became of each row.").format(path=results))
    return 0 if status < 2 else 1
