"""The counts of a run, under the names scripts rely on."""

from collections import Counter

from cancel_desk.runs.results import Result


def counts_object(counts: Counter[Result]) -> dict[str, int]:
    """Return the number of rows in all and by result, under the names scripts rely on."""
    return {"lines": counts.total()} | {result.value: counts[result] for result in Result}
