"""Walmart's words out of each shape of error body."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.walmart.error_bodies import MAX_WORDS, plain, read_words, words_in

ERROR = {
    "code": "INVALID_REQUEST_CONTENT.GMP_ORDER_API",
    "field": "cancellationReason",
    "description": "Reason is not valid",
    "severity": "ERROR",
    "category": "DATA",
    "causes": [],
    "errorIdentifiers": {"entry": []},
}
WORDS = ("INVALID_REQUEST_CONTENT.GMP_ORDER_API", "Reason is not valid (cancellationReason)")
XML = """<?xml version="1.0"?><ns2:errors xmlns:ns2="http://walmart.com/"><ns2:error>
<ns2:code>UNAUTHORIZED.GMP_GATEWAY_API</ns2:code><ns2:field>x</ns2:field>
<ns2:description>Not &lt;you&gt;</ns2:description></ns2:error></ns2:errors>"""
HTML = """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>
You don't have permission. Reference&#32;&#35;18.4f8e1002.1700000000.1a2b3c</BODY></HTML>"""


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"errors": {"error": [ERROR]}}, WORDS),
        ({"errors": {"error": ERROR}}, WORDS),
        ({"error": [ERROR]}, WORDS),
        ({"error": ERROR}, WORDS),
        (
            {"errors": [{"code": "X", "message": "Bad", "severity": "ERROR", "field": ""}]},
            ("X", "Bad"),
        ),
        (
            {"error": "invalid_client", "error_description": "Unknown id"},
            ("invalid_client", "Unknown id"),
        ),
        (
            {"type": "about:blank", "title": "Bad request", "status": 400, "detail": "No such PO"},
            ("", "No such PO"),
        ),
        ({"list": {"errors": [{"code": "E", "description": "Partly"}]}}, ("E", "Partly")),
        ({"errors": {"error": [{"info": "Only info"}, {"code": "B"}]}}, ("B", "Only info")),
        (
            {"error": [{"code": "A", "causes": [{"description": "Why"}], "description": "What"}]},
            ("A", "What; Why"),
        ),
        ({"error": [{"code": "A", "field": "amount"}]}, ("A", "amount")),
        ({"error": [ERROR, ERROR]}, WORDS),
        ({"errors": None}, ("", "")),
        ({"errors": ["text"]}, ("", "")),
        ("Your request was accepted", ("", "Your request was accepted")),
        ({"order": {"purchaseOrderId": "1"}}, ("", "")),
        ([], ("", "")),
        (None, ("", "")),
    ],
)
def test_json_shapes(payload: object, expected: tuple[str, str]) -> None:
    assert read_words(json.dumps(payload).encode()) == expected
    assert words_in(payload) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", ("", "")),
        (b" \n", ("", "")),
        (XML.encode(), ("UNAUTHORIZED.GMP_GATEWAY_API", "Not <you>")),
        (
            b"<_InternalGMPErrorWrapper><error><code>A.B</code><info>I</info></error>",
            ("A.B", "I"),
        ),
        (HTML.encode(), ("", "Access Denied Reference #18.4f8e1002.1700000000.1a2b3c")),
        (b"<html><h1>Bad gateway</h1></html>", ("", "Bad gateway")),
        (b"<html", ("", "")),
        (b"\xff\xfe\x00", ("", "")),
    ],
)
def test_other_shapes(body: bytes, expected: tuple[str, str]) -> None:
    assert read_words(body) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mail jane.doe+x@example.co.uk now", "Mail [e-mail] now"),
        ("Call (555) 123-4567 or 1-555-123-4567.", "Call [phone] or [phone]."),
        ("The Line: 4 of PO: 4576930294354 is in SHIPPED status", None),
        ("id b3261d2d-028a-4ef7-8602-633c23200af6", None),
        ("token eyJraWQiOiIzZjVhYTFmNS1hYWE5LTQzM.x-y_z refused", "token [hidden] refused"),
        ("Authorization: Basic Y2xpZW50OnNlY3JldA==", "Authorization: [hidden]"),
        ("two\r\n lines\t&amp; more", "two lines & more"),
    ],
)
def test_words_hold_no_secret_and_no_buyer(text: str, shown: str | None) -> None:
    assert plain(text) == (text if shown is None else shown)


def test_words_can_be_written_to_a_file() -> None:
    assert read_words(b'{"error": {"description": "bad \\ud800"}}').text == "bad ?"


def test_one_endless_word_does_not_take_endless_time() -> None:
    assert len(plain("x" * 10_000_000)) == MAX_WORDS


def test_words_are_short() -> None:
    assert len(plain("word " * 500)) == MAX_WORDS


@given(st.binary(max_size=200))
def test_any_body_gives_words(body: bytes) -> None:
    words = read_words(body)
    assert "\n" not in words.code + words.text
