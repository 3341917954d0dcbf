"""Which addresses this program talks to."""

import pytest

from cancel_desk.walmart.endpoint import AddressProblem, AddressRefused, Endpoint, is_loopback


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
