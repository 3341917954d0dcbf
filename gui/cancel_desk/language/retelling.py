"""Saying in the language spoken now what was said in another: for what is shown meanwhile."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

_FIELD = re.compile(r"\{(\w+)\}")
_MNEMONIC = re.compile(r"\(&\w\)|&(?=\w)")
_PARTING = " · "
_WIDE_ENDS: Final = (
    "\N{IDEOGRAPHIC FULL STOP}",
    "\N{FULLWIDTH EXCLAMATION MARK}",
    "\N{FULLWIDTH QUESTION MARK}",
)
_SENTENCE_END = re.compile(rf"(?<=[.!?…])\s+(?=\S)|(?<=[{''.join(_WIDE_ENDS)}])\s*(?=\S)")
_SURE: Final = 4
"""Letters of a sentence, besides what is filled in, that make sure that it is the one."""
_AS_WRITTEN: Final = frozenset({"po", "sku", "skus", "path", "sheet", "header", "headers"})
"""Names under which nothing of ours is filled in: the person or a file wrote it."""
_NUMBERS: Final = frozenset({"n", "count", "all", "done", "total"})
"""Names under which nothing but a number is filled in."""
_COUNTING: Final = ("n", "count", "rows", "orders", "cancelled")
"""What a sentence's number is filled in as, the likeliest name first."""


class Said(NamedTuple):
    """A sentence in the language before: how the sources have it, and all forms it is said in.

    Two forms in the sources are those for one and for many.
    """

    sources: tuple[str, ...]
    forms: tuple[str, ...]


Say = Callable[[tuple[str, ...], int], str]
"""Gives a sentence of the sources in the language spoken now, in the form for a number."""


class _Told(NamedTuple):
    text: str
    left: int  # letters of it that no sentence explains


class _Form(NamedTuple):
    """One way to say a sentence: as it is, or without its mnemonic as a tooltip has it."""

    said: Said
    bare: bool


class _Pattern:
    """A sentence with something filled into it; most are never looked for, so it costs little."""

    def __init__(self, text: str, form: _Form) -> None:
        self.form = form
        self._pieces = _FIELD.split(text)
        self.literal = max(self._pieces[::2], key=len)  # its longest part that is not filled in
        own = "".join(self._pieces[::2])
        self.size = len(own)  # the more, the surer it is the one
        self.letters = _letters(own)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What finds it, with all that is filled in by its names."""
        seen: set[str] = set()
        parts: list[str] = []
        for at, part in enumerate(self._pieces):
            if at % 2 == 0:
                parts.append(re.escape(part))
            elif part in seen:
                parts.append(f"(?P={part})")
            else:
                seen.add(part)
                filled = "[0-9][0-9.,]*" if part in _NUMBERS else ".*?"
                parts.append(f"(?P<{part}>{filled})")
        return re.compile("".join(parts), re.DOTALL)


class Retelling:
    """Finds the sentence that a text came from, and says it in another language.

    What is no sentence of the program, such as a name, stays as it is. Of several sentences that
    a text may come from, it is the one that explains most of it; one of hardly a word, such as
    "{a} of {b}", is found in anything, and must explain half of it at least.

    ``restyled`` gives a number or a time that was filled into a sentence as it is written now,
    None for any other text. ``names`` are words that are called otherwise now, such as keys.
    """

    def __init__(
        self,
        before: Iterable[Said],
        say: Say,
        *,
        restyled: Callable[[str], str | None] = lambda _text: None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._say = say
        self._restyled = restyled
        self._names = names or {}
        self._whole: dict[str, _Form] = {}
        self._patterns: list[_Pattern] = []
        for text, form in _forms(before):
            if _FIELD.search(text) is None:
                self._whole.setdefault(text, form)
            else:
                self._patterns.append(_Pattern(text, form))
        self._patterns = [each for each in self._patterns if each.literal.strip()]
        self._patterns.sort(key=lambda each: -each.size)
        self._known: dict[str, _Told] = {}

    def retold(self, text: str) -> str:
        """Return a text in the other language, with all that was filled into it."""
        return self._told(text).text

    def _told(self, text: str) -> _Told:
        if text not in self._known:
            self._known[text] = self._tell(text)
        return self._known[text]

    def _tell(self, text: str) -> _Told:
        if text in self._names:
            return _Told(self._names[text], 0)
        bare = text.replace("&&", "&")
        for known in (text, bare):
            if known in self._whole:
                said = self._said(self._whole[known], {})
                return _Told(said if known is text else said.replace("&", "&&"), 0)
        if _PARTING in text:
            parts = [self._told(part) for part in text.split(_PARTING)]
            return _Told(_PARTING.join(each.text for each in parts), sum(x.left for x in parts))
        best = self._filled_in(text)
        for told in self._one_by_one(text) if best.left else ():
            best = min(best, told, key=_unexplained)
        return best

    def _said(self, form: _Form, parts: Mapping[str, str]) -> str:
        said = self._say(form.said.sources, _number(parts))
        return _MNEMONIC.sub("", said) if form.bare else said

    def _filled_in(self, text: str) -> _Told:
        letters = _letters(text)
        best = _Told(text, letters)
        for pattern in self._patterns:
            if not best.left:
                break
            if pattern.literal not in text or (found := pattern.regex.fullmatch(text)) is None:
                continue
            parts = {name: self._part(name, part) for name, part in found.groupdict().items()}
            left = sum(each.left for each in parts.values())
            if left < best.left and (pattern.letters >= _SURE or 2 * left <= letters):
                said = self._said(pattern.form, found.groupdict())
                best = _Told(said.format_map({n: each.text for n, each in parts.items()}), left)
        return best

    def _part(self, name: str, text: str) -> _Told:
        """Return what was filled in under a name: most of it a sentence of ours, or as it is."""
        if name in _AS_WRITTEN:
            return _Told(text, 0)
        if (restyled := self._restyled(text)) is not None:
            return _Told(restyled, 0)
        told = self._told(text)
        return told if 2 * told.left <= _letters(text) else _Told(text, _letters(text))

    def _one_by_one(self, text: str) -> Iterator[_Told]:
        """Yield what comes of telling one or more sentences at the beginning, and then the rest."""
        for end in _SENTENCE_END.finditer(text):
            first, rest = self._told(text[: end.start()]), self._told(text[end.end() :])
            gap = end.group() if "\n" in end.group() else _gap(first.text)
            yield _Told(f"{first.text}{gap}{rest.text}", first.left + rest.left)


def _forms(before: Iterable[Said]) -> Iterator[tuple[str, _Form]]:
    for said in before:
        for form in said.forms:
            yield form, _Form(said, bare=False)
            if (bare := _MNEMONIC.sub("", form)) != form:
                yield bare, _Form(said, bare=True)


def _number(parts: Mapping[str, str]) -> int:
    """Return the number that a sentence is about; 1 where it names none."""
    for name in (*_COUNTING, *parts):
        digits = re.sub(r"[.,\s]", "", parts.get(name, ""))
        if digits.isdecimal():
            return int(digits)
    return 1


def _gap(sentence: str) -> str:
    """Return what stands between a sentence and the next: nothing, where its signs are wide."""
    return "" if sentence.endswith(_WIDE_ENDS) else " "


def _unexplained(told: _Told) -> int:
    return told.left


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
