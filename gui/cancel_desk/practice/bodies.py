"""The bodies an error can arrive in: every shape that integrators have seen at Walmart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

JSON = "application/json;charset=UTF-8"


class Shape(StrEnum):
    """One way to write an error; the value is what a command line would call it."""

    ORDERS = "orders"
    ORDERS_SINGLE = "orders-single"
    GATEWAY = "gateway"
    GATEWAY_SINGLE = "gateway-single"
    PUBLISHED = "published"
    OAUTH = "oauth"
    PROBLEM = "problem"
    XML = "xml"
    XML_WRAPPER = "xml-wrapper"
    HTML = "html"
    EMPTY = "empty"


class Body(NamedTuple):
    """What is sent and what it claims to be."""

    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """One error of an error body."""

    code: str
    description: str
    field: str = ""
    category: str = "DATA"

    def fields(self) -> dict[str, Any]:
        """The item with all the fields the Orders API gives it."""
        return {
            "code": self.code,
            "field": self.field,
            "description": self.description,
            "info": self.description,
            "severity": "ERROR",
            "category": self.category,
            "causes": [],
            "errorIdentifiers": {"entry": []},
        }


class ApiError(Exception):
    """A call the store answers with an error.

    `shape` is the one natural for it. `contract` tells a call that breaks Walmart's schema from one
    that is sound and refused for the state of an order, a token or a bucket.
    """

    def __init__(
        self, status: int, *items: ErrorItem, shape: Shape = Shape.ORDERS, contract: bool = False
    ) -> None:
        super().__init__(items[0].description)
        self.status = status
        self.items = items
        self.shape = shape
        self.contract = contract


def gateway_error(status: int, code: str, description: str, *, contract: bool = False) -> ApiError:
    """An error of the gateway before the Orders API."""
    item = ErrorItem(f"{code}.GMP_GATEWAY_API", description, category="REQUEST")
    return ApiError(status, item, shape=Shape.GATEWAY, contract=contract)


def json_body(content: Mapping[str, Any], content_type: str = JSON) -> Body:
    """The content as compact JSON."""
    return Body(content_type, json.dumps(content, separators=(",", ":")).encode())


def orders_body(error: ApiError) -> Body:
    """`errors.error` as a list: the Orders API."""
    return json_body({"errors": {"error": [item.fields() for item in error.items]}})


def orders_single_body(error: ApiError) -> Body:
    """`errors.error` as one object."""
    return json_body({"errors": {"error": error.items[0].fields()}})


def gateway_body(error: ApiError) -> Body:
    """`error` as a list: gateway and token."""
    return json_body({"error": [item.fields() for item in error.items]})


def gateway_single_body(error: ApiError) -> Body:
    """`error` as one object: the older Mexican API."""
    return json_body({"error": error.items[0].fields()})


def published_body(error: ApiError) -> Body:
    """`errors` as a list with `message`: Walmart's page of error codes."""
    items = [
        {
            "code": item.code,
            "message": item.description,
            "category": item.category,
            "severity": "ERROR",
            "field": item.field,
        }
        for item in error.items
    ]
    return json_body({"errors": items})


def oauth_body(error: ApiError) -> Body:
    """`error` and `error_description`: OAuth 2."""
    name = "server_error" if error.status >= 500 else "invalid_client"
    return json_body({"error": name, "error_description": error.items[0].description})


def problem_body(error: ApiError) -> Body:
    """RFC 9457: listed as a reply type on Walmart's page of the cancel call."""
    item = error.items[0]
    content = {
        "type": "about:blank",
        "title": item.code,
        "status": error.status,
        "detail": item.description,
    }
    return json_body(content, "application/problem+json")


def _xml_items(error: ApiError) -> str:
    return "".join(
        f"<ns2:error><ns2:code>{escape(item.code)}</ns2:code>"
        f"<ns2:field>{escape(item.field)}</ns2:field>"
        f"<ns2:description>{escape(item.description)}</ns2:description>"
        f"<ns2:severity>ERROR</ns2:severity>"
        f"<ns2:category>{escape(item.category)}</ns2:category></ns2:error>"
        for item in error.items
    )


def xml_body(error: ApiError) -> Body:
    """Namespaced `<errors>`: the gateway before routing."""
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<ns2:errors xmlns:ns2="http://walmart.com/">{_xml_items(error)}</ns2:errors>'
    )
    return Body("application/xml", text.encode())


def xml_wrapper_body(error: ApiError) -> Body:
    """`<_InternalGMPErrorWrapper>`: seen leaking out of the gateway."""
    text = (
        '<_InternalGMPErrorWrapper xmlns:ns2="http://walmart.com/">'
        f"<errors>{_xml_items(error)}</errors></_InternalGMPErrorWrapper>"
    )
    return Body("application/xml", text.encode())


def html_body(error: ApiError) -> Body:
    """The page of the network edge before Walmart, which knows nothing of the call."""
    text = (
        "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>"
        "You don't have permission to access this resource on this server.<P>"
        f"Reference&#32;&#35;18&#46;{error.status}a1b2c3&#46;1781189744&#46;4d5e6f</BODY></HTML>"
    )
    return Body("text/html", text.encode())


def empty_body(error: ApiError) -> Body:
    """Nothing but the status."""
    del error
    return Body("", b"")


SHAPES: dict[Shape, Callable[[ApiError], Body]] = {
    Shape.ORDERS: orders_body,
    Shape.ORDERS_SINGLE: orders_single_body,
    Shape.GATEWAY: gateway_body,
    Shape.GATEWAY_SINGLE: gateway_single_body,
    Shape.PUBLISHED: published_body,
    Shape.OAUTH: oauth_body,
    Shape.PROBLEM: problem_body,
    Shape.XML: xml_body,
    Shape.XML_WRAPPER: xml_wrapper_body,
    Shape.HTML: html_body,
    Shape.EMPTY: empty_body,
}


def error_body(error: ApiError, shape: Shape | None = None) -> Body:
    """The error in its natural shape, or in another that a fault chose."""
    return SHAPES[shape or error.shape](error)
