"""Ids: harmless traces come off, damage is named, and nothing else is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet.damage import CleanText, Damage, Repair, clean_id, damage_of
from cancel_desk.sheet.expansion import NOT_EXPANDED
from cancel_desk.sheet.rows import Mark

PO = "129114917403021"


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        (f"  {PO}\t", (Repair.BLANKS,)),
        (f"\u00a0{PO}\u00a0", (Repair.BLANKS,)),
        (f"\u200b{PO}\ufeff", (Repair.INVISIBLE,)),
        (f"\u202a{PO}\u202c", (Repair.INVISIBLE,)),  # as it is copied from a window
        (f"\u2066{PO}\u2069", (Repair.INVISIBLE,)),
        ("".join(chr(ord(digit) + 0xFEE0) for digit in PO), (Repair.FULL_WIDTH,)),
        (f"'{PO}", (Repair.APOSTROPHE,)),
        (f"\u2019{PO}", (Repair.APOSTROPHE,)),
        (f'="{PO}"', (Repair.FORMULA,)),
        (f"={PO}", (Repair.FORMULA,)),
        ("129,114,917,403,021", (Repair.GROUPS,)),
        ("129.114.917.403.021", (Repair.GROUPS,)),
        ("129\u00a0114\u00a0917\u00a0403\u00a0021", (Repair.GROUPS,)),
        (f'=" {PO}"', (Repair.FORMULA, Repair.BLANKS)),
        (f"{PO}.0", (Repair.POINT_ZERO,)),
        (f" '{PO}.00 ", (Repair.BLANKS, Repair.APOSTROPHE, Repair.POINT_ZERO)),
    ],
)
def test_harmless_traces_come_off_and_are_named(text: str, repairs: tuple[Repair, ...]) -> None:
    value, found = clean_id(text)
    assert value == PO
    assert set(found) == set(repairs)


@pytest.mark.parametrize("text", ["1,000", "#1", "129,114", f"PO#{PO}", f"\u202e{PO}"])
def test_what_may_mean_something_else_stays(text: str) -> None:
    assert clean_id(text) == CleanText(text, ())


@given(st.from_regex(r"[A-Za-z0-9-]{1,32}", fullmatch=True))
def test_an_undamaged_id_goes_through_byte_for_byte(text: str) -> None:
    assert clean_id(text) == CleanText(text, ())


@given(st.text())
def test_no_digit_is_changed_added_or_dropped(text: str) -> None:
    ascii_digits = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
    before = "".join(re.findall("[0-9]", text.translate(ascii_digits)))
    after = "".join(re.findall("[0-9]", clean_id(text).value))
    assert after == before or re.fullmatch(rf"{after}0+", before)


@pytest.mark.parametrize("text", ["12²", "①23", "123 456", "12,345", "1.50", "٣٤٥"])
def test_what_is_no_harmless_trace_stays(text: str) -> None:
    assert clean_id(text) == CleanText(text, ())


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("1.79628E+12", Damage.SCIENTIFIC),
        ("1,79628e+12", Damage.SCIENTIFIC),
        ("1.79628E12", Damage.SCIENTIFIC),
        ("2E+14", Damage.SCIENTIFIC),
        (" '1.08E+14 ", Damage.SCIENTIFIC),
        ("9007199254740992.0", Damage.ROUNDED),
        ("########", Damage.HASHES),
        ("2024-03-05", Damage.DATE),
        ("2024-03-05 10:00:00", Damage.DATE),
        ("3/5/24", Damage.DATE),
        ("05.03.2024", Damage.DATE),
        ("#N/A", Damage.ERROR),
        ("#REF!", Damage.ERROR),
        ("#SPILL!", Damage.ERROR),
    ],
)
def test_damage_is_seen_in_the_text(text: str, damage: Damage) -> None:
    assert damage_of(text, None) is damage


@pytest.mark.parametrize("mark", sorted(set(Mark) - NOT_EXPANDED - {Mark.MERGED}))
def test_what_the_reader_knew_counts_first(mark: Mark) -> None:
    damage = damage_of(PO, mark)
    assert damage is not None
    assert damage.value == mark.value


@pytest.mark.parametrize("mark", sorted(NOT_EXPANDED | {Mark.MERGED}))
def test_what_is_known_of_a_blank_cell_is_no_damage(mark: Mark) -> None:
    assert damage_of("", mark) is None


@pytest.mark.parametrize("text", ["", PO, f"{PO}.0", "Y12613640", "12E5", "1", "A-1", f" {PO}"])
def test_sound_ids_are_not_called_damaged(text: str) -> None:
    assert damage_of(text, None) is None
