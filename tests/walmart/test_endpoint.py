"""Which addresses this program talks to."""

import pytest

from cancel_desk.walmart.endpoint import (
    AddressProblem,
    AddressRefused,
    Endpoint,
    canonical,
    canonical_host,
    is_loopback,
)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://marketplace.walmartapis.com", None),
        (" https://marketplace.walmartapis.com/ ", "https://marketplace.walmartapis.com"),
        ("https://proxy.example:8443/walmart/", "https://proxy.example:8443/walmart"),
        ("http://127.0.0.1:8000", None),
        ("http://127.9.9.9", None),
        ("http://localhost:1", None),
        ("http://LOCALHOST:1", None),
        ("http://[::1]:8000", None),
    ],
)
def test_good_addresses(address: str, kept: str | None) -> None:
    assert Endpoint(address).base_url == (kept or address)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", AddressProblem.NOT_WEB),
        ("marketplace.walmartapis.com", AddressProblem.NOT_WEB),
        ("ftp://127.0.0.1", AddressProblem.NOT_WEB),
        ("https://", AddressProblem.NOT_WEB),
        ("https://a b", AddressProblem.NOT_WEB),
        ("https://a\r\nX: y", AddressProblem.NOT_WEB),
        ("https://bücher.example", AddressProblem.NOT_WEB),
        ("https://a:port", AddressProblem.NOT_WEB),
        ("https://[::1", AddressProblem.NOT_WEB),
        ("http://marketplace.walmartapis.com", AddressProblem.PLAIN_HTTP),
        ("http://127.0.0.1.example.com", AddressProblem.PLAIN_HTTP),
        ("http://192.168.1.5:8000", AddressProblem.PLAIN_HTTP),
        ("http://0.0.0.0:8000", AddressProblem.PLAIN_HTTP),
        ("https://me:secret@a.example", AddressProblem.HOLDS_LOGIN),
        ("http://127.0.0.1:80@a.example", AddressProblem.HOLDS_LOGIN),
        ("https://a.example/?x=1", AddressProblem.HOLDS_QUERY),
        ("https://a.example/#x", AddressProblem.HOLDS_QUERY),
    ],
)
def test_refused_addresses(address: str, problem: AddressProblem) -> None:
    with pytest.raises(AddressRefused) as caught:
        Endpoint(address)
    assert caught.value.problem is problem
    assert "secret" not in str(caught.value)


def test_what_is_loopback() -> None:
    assert Endpoint("http://localhost:1").is_loopback
    assert not Endpoint("https://marketplace.walmartapis.com").is_loopback
    assert Endpoint("https://A.example:1/b").host == "a.example"
    assert not is_loopback("localhost.example.com")


@pytest.mark.parametrize(
    ("one", "spellings"),
    [
        (
            "https://marketplace.walmartapis.com",
            [
                "https://Marketplace.walmartapis.com",
                "HTTPS://marketplace.walmartapis.com/",
                "https://marketplace.walmartapis.com:443",
                "https://marketplace.walmartapis.com:00443/",
                "https://marketplace.walmartapis.com:",
                "https://marketplace.walmartapis.com.",
                "https://MARKETPLACE.walmartapis.com.:443//",
                "https://marketplace.walmartapis.com/.",
                "https://marketplace.walmartapis.com/v3/../",
                " https://marketplace.walmartapis.com ",
            ],
        ),
        (
            "http://127.0.0.1:7105",
            [
                "http://localhost:7105",
                "http://LOCALHOST:7105",
                "HTTP://localhost:7105",
                "http://localhost:07105",
                "http://localhost:7105/",
                "http://127.9.9.9:7105",
                "http://[::1]:7105",
                "http://[0:0:0:0:0:0:0:1]:7105",
                "http://[::ffff:127.0.0.1]:7105",
            ],
        ),
        ("http://127.0.0.1", ["http://localhost:80", "http://[::1]"]),
        ("https://127.0.0.1", ["https://localhost.", "https://0.0.0.0:443", "https://127.1"]),
        ("https://10.0.0.5", ["https://10.5", "https://0xa.0.0.5", "https://[::ffff:10.0.0.5]"]),
        ("https://[2001:db8::1]:8443", ["https://[2001:DB8:0::0001]:8443"]),
        ("https://xn--bcher-kva.example", ["https://XN--BCHER-KVA.Example."]),
        (
            "https://a.example/Walmart",
            ["https://a.example//./%57almart/", "https://a.example/x/../Walmart"],
        ),
    ],
)
def test_one_place_has_one_address(one: str, spellings: list[str]) -> None:
    assert canonical(one) == one
    assert {each: canonical(each) for each in spellings} == dict.fromkeys(spellings, one)


def test_other_places_have_other_addresses() -> None:
    others = [
        "https://marketplace.walmartapis.com",
        "https://sandbox.walmartapis.com",
        "https://marketplace.walmartapis.com:8443",
        "https://marketplace.walmartapis.com:80",
        "https://marketplace.walmartapis.com/v3",
        "https://marketplace.walmartapis.com/V3",
        "http://127.0.0.1:7105",
        "http://127.0.0.1:7106",
        "https://127.0.0.1:7105",
        "https://localhost.example.com",
    ]
    assert len({canonical(each) for each in others}) == len(others)


@pytest.mark.parametrize(
    "odd", ["", "a store", "https://", "https://[::1", "https://a:port", "https://.", "a:1"]
)
def test_what_is_no_address_is_its_own(odd: str) -> None:
    assert canonical(odd) == odd
    assert canonical_host(odd) in {"", "a"}


def test_what_is_called_is_spelled_as_it_was_given() -> None:
    assert Endpoint("http://LOCALHOST:07105").base_url == "http://LOCALHOST:07105"
