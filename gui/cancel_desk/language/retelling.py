"""Saying in the language spoken now what was said in another: for what is shown meanwhile."""

import re
from collections.abc import Mapping

_FIELD = re.compile(r"\{(\w+)\}")
_PARTING = " · "


class Retelling:
    """Finds the sentence that a text came from, and says it in another language.

    ``before`` and ``now`` give every sentence of the sources in the two languages. What is no
    sentence of the program, such as a name or a number, stays as it is.
    """

    def __init__(self, before: Mapping[str, str], now: Mapping[str, str]) -> None:
        self._now = now
        self._whole = {said: sentence for sentence, said in before.items() if "{" not in said}
        patterns = [
            (_pattern(said), sentence)
            for sentence, said in sorted(before.items(), key=lambda each: -_literal(each[1]))
            if _FIELD.search(said) and _literal(said) > 1
        ]
        self._patterns = patterns

    def retold(self, text: str) -> str:
        """Return a text in the other language, with all that was filled into it."""
        if not text.strip():
            return text
        bare = text.replace("&&", "&")
        for known in (text, bare):
            if known in self._whole:
                said = self._now[self._whole[known]]
                return said if known is text else said.replace("&", "&&")
        if _PARTING in text:
            return _PARTING.join(map(self.retold, text.split(_PARTING)))
        for pattern, sentence in self._patterns:
            if (found := pattern.fullmatch(text)) is not None:
                parts = {name: self.retold(part) for name, part in found.groupdict().items()}
                return self._now[sentence].format_map(parts)
        return text


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
