"""Saying in the language spoken now what was said in another: for what is shown meanwhile."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_FIELD = re.compile(r"\{(\w+)\}")
_PARTING = " · "
_SURE: Final = 4
"""Letters of a sentence, besides what is filled in, that make sure that it is the one."""


class _Told(NamedTuple):
    text: str
    left: int  # letters of it that no sentence explains


class Retelling:
    """Finds the sentence that a text came from, and says it in another language.

    ``before`` and ``now`` give every sentence of the sources in the two languages. What is no
    sentence of the program, such as a name or a number, stays as it is. Of several sentences that
    a text may come from, it is the one that explains most of it; one of hardly a word, such as
    "{a} of {b}", is found in anything, and must explain half of it at least.
    """

    def __init__(self, before: Mapping[str, str], now: Mapping[str, str]) -> None:
        self._now = now
        self._whole = {said: sentence for sentence, said in before.items() if "{" not in said}
        self._patterns = [
            (_pattern(said), _letters(_FIELD.sub("", said)), sentence)
            for sentence, said in sorted(before.items(), key=lambda each: -_literal(each[1]))
            if _FIELD.search(said) and _literal(said) > 1
        ]
        self._known: dict[str, _Told] = {}

    def retold(self, text: str) -> str:
        """Return a text in the other language, with all that was filled into it."""
        return self._told(text).text

    def _told(self, text: str) -> _Told:
        if text not in self._known:
            self._known[text] = self._tell(text)
        return self._known[text]

    def _tell(self, text: str) -> _Told:
        bare = text.replace("&&", "&")
        for known in (text, bare):
            if known in self._whole:
                said = self._now[self._whole[known]]
                return _Told(said if known is text else said.replace("&", "&&"), 0)
        if _PARTING in text:
            parts = [self._told(part) for part in text.split(_PARTING)]
            return _Told(_PARTING.join(each.text for each in parts), sum(x.left for x in parts))
        return self._filled_in(text)

    def _filled_in(self, text: str) -> _Told:
        letters = _letters(text)
        best = _Told(text, letters)
        for pattern, own, sentence in self._patterns:
            if not best.left:
                break
            if (found := pattern.fullmatch(text)) is None:
                continue
            parts = {name: self._told(part) for name, part in found.groupdict().items()}
            left = sum(each.left for each in parts.values())
            if left < best.left and (own >= _SURE or 2 * left <= letters):
                said = self._now[sentence].format_map({n: each.text for n, each in parts.items()})
                best = _Told(said, left)
        return best


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _literal(said: str) -> int:
    """Return how much of a sentence is not filled in: the more, the surer it is the one."""
    return len(_FIELD.sub("", said))


def _pattern(said: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts: list[str] = []
    for at, part in enumerate(_FIELD.split(said)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>.*?)")
    return re.compile("".join(parts), re.DOTALL)
