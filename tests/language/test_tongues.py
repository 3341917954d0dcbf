"""Which language a system asks for."""

import pytest

from cancel_desk.language import OWN_NAMES, Tongue, known_language, tongue_of


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en", "en"),
        ("en_GB.UTF-8", "en"),
        ("es", "es"),
        ("es-419", "es"),
        ("es_MX.UTF-8", "es"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh-Hans-SG", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh-Hant-TW", None),
        ("zh_TW", None),
        ("fr_FR", None),
        ("C.UTF-8", None),
        ("", None),
    ],
)
def test_a_systems_name_of_a_language_is_understood(name: str, language: str | None) -> None:
    assert known_language(name) == language


def test_the_first_language_of_ours_is_taken_with_the_systems_region() -> None:
    assert tongue_of(["fr_CA", "es_ES"], region_of="es_MX.UTF-8") == Tongue("es", "MX")
    assert tongue_of(["de"], region_of="C") == Tongue("en", "")
    assert tongue_of(["zh_CN"], region_of="zh-Hans-CN") == Tongue("zh_CN", "CN")


def test_every_language_is_known_by_its_own_code() -> None:
    assert [known_language(code) for code in OWN_NAMES] == list(OWN_NAMES)
