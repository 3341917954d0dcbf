"""Reasons that a person once gave for words Walmart doesn't know, to be offered again."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cancel_desk.checks.reasons import REASONS, ReasonCode, folded

_VERSION = 1
_MOST = 500  # fixes; the one not used for longest is forgotten first


@dataclass(frozen=True, slots=True)
class ValueFix:
    """In this market, ``text`` was once said to mean ``code``; ``on``: it may be offered."""

    market: str
    text: str
    code: ReasonCode
    on: bool = True

    def fits(self, market: str, text: str) -> bool:
        """Tell whether it was made for this text, whatever its case and punctuation."""
        return market == self.market and folded(text) == folded(self.text)


class ValueFixBook:
    """The fixes in one small JSON file; a broken file counts as an empty one.

    Nothing is ever applied by it: it only remembers what to offer. What can't be written down is
    remembered until the program ends.
    """

    def __init__(self, path: Path) -> None:
        """Use this file; it need not exist yet, but its folder must."""
        self._path = path
        self._fixes: list[ValueFix] | None = None

    def fixes(self, market: str) -> tuple[ValueFix, ...]:
        """Return the fixes of a market, those used last first."""
        return tuple(fix for fix in self._known() if fix.market == market)

    def remember(self, market: str, texts: list[str], code: ReasonCode) -> None:
        """Remember what texts mean, in place of what they meant before."""
        new = {folded(text): ValueFix(market, text, code) for text in texts if folded(text)}
        self._write([*new.values(), *self._others(market, set(new))])

    def switch(self, fix: ValueFix, *, on: bool) -> None:
        """Have a fix offered or not; it stays known."""
        self._write([replace(each, on=on) if each == fix else each for each in self._known()])

    def forget(self, fix: ValueFix) -> None:
        """Know a fix no more."""
        self._write([each for each in self._known() if each != fix])

    def _others(self, market: str, words: set[str]) -> list[ValueFix]:
        return [
            fix for fix in self._known() if fix.market != market or folded(fix.text) not in words
        ]

    def _known(self) -> list[ValueFix]:
        if self._fixes is None:
            self._fixes = self._read()
        return self._fixes

    def _read(self) -> list[ValueFix]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return [_fix(entry) for entry in told["fixes"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def _write(self, fixes: list[ValueFix]) -> None:
        self._fixes = fixes[:_MOST]
        told = {
            "version": _VERSION,
            "fixes": [
                {"market": fix.market, "text": fix.text, "code": fix.code, "on": fix.on}
                for fix in self._fixes
            ],
        }
        new = self._path.with_name(f"{self._path.name}.new")
        with suppress(OSError):
            new.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
            new.replace(self._path)


def _fix(entry: dict[str, object]) -> ValueFix:
    market, code = str(entry["market"]), ReasonCode(str(entry["code"]))
    if code not in {reason.code for reason in REASONS[market]}:
        raise ValueError("no reason of that market")
    return ValueFix(market, str(entry["text"]), code, entry["on"] is True)
