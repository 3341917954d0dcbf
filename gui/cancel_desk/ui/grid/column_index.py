"""What a column says in every row of a sheet, gathered once for sorting and filtering by it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from cancel_desk.ui.in_turns import Slices, parts_of, rest_after

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from cancel_desk.ui.grid.row_order import Ranks


class ColumnIndex(NamedTuple):
    """Each different text of a column once, and which rows say it.

    ``codes`` holds for each row, in the order of the sheet, the place of its text in ``texts``;
    ``ascending`` the ids of all rows, sorted; ``ends`` where the rows of each rank end there.
    """

    texts: Sequence[str]
    ranks: Ranks
    codes: array[int]
    ascending: array[int]
    ends: array[int]

    def in_order(self, *, descending: bool) -> Slices[array[int]]:
        """Return the ids of all rows, sorted; equal ones come as they do in the sheet."""
        if not descending:
            return self.ascending
        found, blanks = array("q"), self.ranks.blanks
        for part in parts_of([*reversed(range(blanks)), *range(blanks, self.ranks.in_all)]):
            for rank in part:
                found += self.ascending[self.ends[rank - 1] if rank else 0 : self.ends[rank]]
            yield from rest_after(part)
        return found

    def among(self, values: Collection[str]) -> Slices[bytearray]:
        """Return for each text whether it is one of these: 1 or 0."""
        found = bytearray()
        for part in parts_of(self.texts):
            found.extend(map(values.__contains__, part))
            yield from rest_after(part)
        return found

    def counted(self, counts: Mapping[int, int]) -> Slices[dict[str, int]]:
        """Return texts with the counts of their places, as they sort; what isn't counted isn't."""
        found: dict[str, int] = {}
        for part in parts_of(self.ranks.order):
            found.update((self.texts[at], counts[at]) for at in part if at in counts)
            yield from rest_after(part)
        return found


class _Codes(dict[str, int]):
    """Numbers texts as they are asked for."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


def gather(
    row_ids: Sequence[int],
    said: Callable[[Sequence[int]], Sequence[str]],
    ranked: Callable[[Sequence[str]], Slices[Ranks]],
) -> Slices[ColumnIndex]:
    """Return the index of a column over all rows of a sheet, which are given in their order.

    ``said`` gives what the column says in rows, ``ranked`` how different texts sort.
    """
    numbers, codes = _Codes(), array("i")
    for part in parts_of(row_ids):
        codes.extend(map(numbers.__getitem__, said(part)))
        yield from rest_after(part)
    texts = list(numbers)
    ranks = yield from ranked(texts)
    ascending, ends = yield from _grouped(row_ids, codes, ranks)
    for some in parts_of(texts):  # to let go of very many at once would take a while
        for text in some:
            del numbers[text]
        yield from rest_after(some)
    return ColumnIndex(texts, ranks, codes, ascending, ends)


def _grouped(
    row_ids: Sequence[int], codes: array[int], ranks: Ranks
) -> Slices[tuple[array[int], array[int]]]:
    """Return the ids by the ranks of what their rows say, and where those of each rank end."""
    groups: list[list[int]] = []
    for part in parts_of(range(ranks.in_all)):
        groups.extend([] for _ in part)
        yield from rest_after(part)
    for ids, said in zip(parts_of(row_ids), parts_of(codes), strict=True):
        for row_id, rank in zip(ids, map(ranks.of.__getitem__, said), strict=True):
            groups[rank].append(row_id)
        yield from rest_after(ids)
    ascending, ends = array("q"), array("q")
    for some in parts_of(groups):
        for group in some:
            ascending.fromlist(group)
            ends.append(len(ascending))
            group.clear()
        yield from rest_after(some)
    return ascending, ends
