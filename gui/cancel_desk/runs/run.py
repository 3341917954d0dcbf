"""One run: what was confirmed, how far it is, and sending what is left of it."""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Plan, Store
from cancel_desk.runs.deciding import Doubt, decision, doubts
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.handing_over import hand_over
from cancel_desk.runs.history import SUFFIX, RunSummary, columns_of, store_of, summarise
from cancel_desk.runs.journal import Journal, SheetRow, utc_now
from cancel_desk.runs.order_store import OrderStore
from cancel_desk.runs.outcome import Credit, Finding, Outcome, RunLine, State
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.results import Result, RowResult, row_results
from cancel_desk.runs.run_words import RunWords, words_of
from cancel_desk.runs.runner import RunEnd, Runner
from cancel_desk.runs.watching import Watcher
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.kept_columns import KeptColumns, kept_columns
from cancel_desk.sheet.result_rows import Origin
from cancel_desk.sheet.rows import FileKind
from cancel_desk.sheet.table import Table

_SEEN: Final = "seen"
_NOTHING_SEEN: Final[Mapping[LineKey, EarlierSending]] = MappingProxyType({})


class Run:
    """A run and its file, open for this process alone until :meth:`close`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._facts = journal.facts

    @classmethod
    def begin(
        cls,
        folder: Path,
        plan: Plan,
        table: Table,
        *,
        facts: Mapping[str, str],
        seen: Mapping[LineKey, EarlierSending] = _NOTHING_SEEN,
    ) -> "Run":
        """Write a confirmed plan and the person's sheet to a new run file; RunNotBegun.

        ``facts`` are kept with it: the account it was confirmed for, the program's version.
        ``seen`` are the earlier sendings of these lines that the person was told of.
        """
        now = datetime.now(UTC)
        run_id = f"{now:%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}"
        left_out = {each.row_id: each.issues for each in plan.left_out}
        # Why the person left a row out stands beside its result already.
        kept = kept_columns(table, without=(Column.LEFT_OUT,))
        rows = [
            SheetRow(row.id, row.number, kept.cells(row), left_out.get(row.id, ()))
            for row in table.rows
        ]
        sheet_facts = _sheet_facts(table, kept)
        known = {_SEEN: json.dumps(_told(plan, seen))}
        all_facts = {"created": utc_now(), **_plan_facts(plan), **sheet_facts, **known, **facts}
        path = folder / f"{run_id}{SUFFIX}"
        return cls(Journal.create(path, facts=all_facts, rows=rows, requests=plan.requests))

    @classmethod
    def reopen(cls, path: Path) -> "Run":
        """Open an earlier run; RunInUse, JournalError."""
        return cls(Journal.open(path))

    def close(self) -> None:
        """Let go of the run file."""
        self._journal.close()

    @property
    def id(self) -> str:
        """The name of the run, beginning with its date and time in UTC."""
        return self._journal.path.stem

    @property
    def path(self) -> Path:
        """The run's file."""
        return self._journal.path

    @property
    def facts(self) -> Mapping[str, str]:
        """What was noted when the run began."""
        return self._facts

    @property
    def headers(self) -> Sequence[str]:
        """The header names of the person's own columns, and of those they filled in here."""
        headers: list[str] = json.loads(self._facts["headers"])
        return headers

    @property
    def columns(self) -> Mapping[Column, int]:
        """Which of the person's own columns holds what; for runs of long ago by their names."""
        return columns_of(self._facts)

    @property
    def origin(self) -> Origin | None:
        """The workbook that the rows were read from; None if they came from anything else."""
        facts = self._facts
        if facts.get("kind") != FileKind.XLSX or not facts.get("fingerprint"):
            return None
        row = int(facts["header_row"])
        return Origin(facts["source"], facts["sheet"], row, facts["fingerprint"]) if row else None

    @property
    def former(self) -> str:
        """The id of the run whose failed rows this one tries again; "" for none."""
        return self._facts.get("former", "")

    @property
    def store(self) -> Store:
        """The store that the run was confirmed for."""
        return store_of(self._facts)

    def lines(self) -> list[RunLine]:
        """Return every line as it stands."""
        return self._journal.lines()

    def results(self) -> list[RowResult]:
        """Return the result of every row of the sheet, in its order."""
        return row_results(self._journal.rows(), self._journal.lines())

    def counts(self) -> Counter[Result]:
        """Return how many rows have each result."""
        return Counter(each.result for each in self.results())

    def summary(self) -> RunSummary:
        """Return how the run stands at a glance."""
        return summarise(self._journal)

    def words(self) -> RunWords:
        """Return the run at a glance and the words by which it is found."""
        return words_of(self._journal)

    def hand_over(self, path: Path) -> None:
        """Write a copy of the run for another computer into an empty file; JournalError."""
        hand_over(self._journal, path)

    def doubts(self) -> list[Doubt]:
        """Return the lines whose fate only a person can decide, as they were last read."""
        return doubts(self._journal.lines())

    def decide(self, doubt: Doubt, *, send_again: bool) -> bool:
        """Write down what the person decided; False if the line stands differently by now.

        What is to be sent again goes with the next :meth:`send`, if the order is then still as
        they saw it; else they are asked again. JournalError, ValueError where nothing can be sent.
        """
        return self._journal.decide(doubt.line, decision(doubt, send_again=send_again))

    def hold_back(self, sent: Mapping[LineKey, EarlierSending]) -> frozenset[int]:
        """Leave out lines not sent yet that another run sent after this one was confirmed.

        Whoever confirmed the other run saw the line as open; nobody confirmed it twice. A decision
        to send a line again is void then, too: the person is asked once more. Return the lines that
        are not to be sent as long as the other run has not settled them.
        """
        outcomes: dict[int, Outcome] = {}
        held: set[int] = set()
        is_news = self._is_news()
        for line in self._journal.lines():
            key = LineKey(line.po, line.line)
            other = sent.get(key)
            if other is None:
                continue
            unsent = line.state in {State.PENDING, State.UNSENT}
            if unsent and other.unsettled:
                held.add(line.id)
                outcomes[line.id] = Outcome(
                    State.UNSENT, Finding.UNSETTLED_ELSEWHERE, {"run": other.run}
                )
            elif unsent and is_news(key, other):
                # Under its own name a run meets what a copy of it sent that was deleted since.
                copy = other.run == self.id
                finding = Finding.SENT_BY_A_COPY if copy else Finding.SENT_BY_ANOTHER_RUN
                outcomes[line.id] = Outcome(State.SKIPPED, finding, {"run": other.run})
            elif (
                line.outcome
                and line.finding is Finding.SEND_AGAIN
                and other.time >= line.outcome.params["read"]
            ):
                outcomes[line.id] = replace(line.outcome, finding=Finding.PART_UNSURE)
        self._journal.record(outcomes)
        return frozenset(held)

    def _is_news(self) -> Callable[[LineKey, EarlierSending], bool]:
        """Return what tells whether the person did not know of a sending when they confirmed.

        What they knew is kept, since clocks may be set back between two runs; in runs of versions
        that did not keep it, the time has to tell.
        """
        if _SEEN not in self._facts:
            return lambda _key, sent: sent.time >= self._facts["created"]
        seen = set(map(tuple, json.loads(self._facts[_SEEN])))
        return lambda key, sent: (*key, sent.run, sent.time) not in seen

    def tell_elsewhere(self, recorded: Mapping[LineKey, Sequence[Credit]]) -> None:
        """Say what other runs have recorded as cancelled: this one never claims the same units."""
        self._journal.tell_elsewhere(recorded)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The ids of the runs that have to settle lines of this one first."""
        waiting = (
            line.outcome.params["run"]
            for line in self._journal.lines()
            if line.outcome and line.finding is Finding.UNSETTLED_ELSEWHERE
        )
        return tuple(dict.fromkeys(waiting))

    def send(
        self,
        store: OrderStore,
        gate: Gate,
        watcher: Watcher,
        *,
        patience: Patience | None = None,
        first_alone: bool = False,
        held: frozenset[int] = frozenset(),
    ) -> RunEnd:
        """Send what is left, settling first what is unknown; returns when every call has ended.

        ``first_alone`` is explained at :meth:`Desk.send`; ``held`` are lines not to be sent.
        """
        runner = Runner(self._journal, store, gate, watcher, patience=patience)
        return runner.run(first_alone=first_alone, held=held)


def _told(plan: Plan, seen: Mapping[LineKey, EarlierSending]) -> list[tuple[str, ...]]:
    keys = {LineKey(request.po, line.line) for request in plan.requests for line in request.lines}
    return [(*key, sent.run, sent.time) for key, sent in seen.items() if key in keys]


def _plan_facts(plan: Plan) -> dict[str, str]:
    return {
        "store": plan.store.name,
        "market": plan.store.market,
        "environment": plan.store.environment,
        "address": plan.store.address,
        "seller": plan.store.seller,
        "digest": plan.digest,
    }


def _sheet_facts(table: Table, kept: KeptColumns) -> dict[str, str]:
    source = table.source
    columns = {
        column: kept.indexes.index(at) for column, at in table.columns.items() if at in kept.indexes
    }
    return {
        "source": source.path,
        "kind": source.kind,
        "sheet": source.sheet or "",
        "header_row": str(source.header_row),
        "fingerprint": source.fingerprint,
        "former": source.former,
        "headers": json.dumps(kept.headers),
        "columns": json.dumps(columns),
    }
