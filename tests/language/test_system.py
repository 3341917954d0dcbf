"""Which language the environment asks for, in the order in which POSIX and gettext look."""

import sys

import pytest

from cancel_desk.language import Tongue, wanted_tongue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells by itself")


@pytest.mark.parametrize(
    ("environ", "tongue"),
    [
        ({}, Tongue("en")),
        ({"LANG": "es_MX.UTF-8"}, Tongue("es", "MX")),
        ({"LANG": "fr_FR.UTF-8"}, Tongue("en", "FR")),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, Tongue("zh_CN", "US")),
        ({"LANG": "en_US", "LC_MESSAGES": "es_ES", "LC_ALL": "zh_CN"}, Tongue("zh_CN", "CN")),
        ({"LANG": "en_US", "LC_ALL": ""}, Tongue("en", "US")),
        ({"LANG": "es_ES", "LC_NUMERIC": "es_MX"}, Tongue("es", "MX")),
        ({"LANG": "en_US", "LANGUAGE": "fr:es:zh_CN"}, Tongue("es", "US")),
        ({"LANG": "en_US", "LC_ALL": "es_AR", "LANGUAGE": "zh_CN"}, Tongue("zh_CN", "AR")),
        ({"LANG": "C.UTF-8", "LANGUAGE": "es"}, Tongue("en")),
        ({"LC_ALL": "POSIX", "LANG": "es_ES", "LANGUAGE": "es"}, Tongue("en")),
        ({"LANG": "en_US", "CANCEL_DESK_LANGUAGE": "es"}, Tongue("es", "US")),
        ({"LANG": "en_US", "CANCEL_DESK_LANGUAGE": "es_MX"}, Tongue("es", "MX")),
        ({"LANG": "en_US", "CANCEL_DESK_LANGUAGE": "tlh"}, Tongue("en", "US")),
        ({"LANG": "zh_TW.UTF-8"}, Tongue("en", "TW")),
    ],
)
def test_the_first_that_is_set_decides(environ: dict[str, str], tongue: Tongue) -> None:
    assert wanted_tongue(environ) == tongue
