"""What Walmart's published contract demands of each request, checked strictly; knows no server.

Sources: Walmart's OpenAPI files for orders and for authentication, and its guide on headers.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

REASONS = (
    "CUSTOMER_REQUESTED_SELLER_TO_CANCEL",
    "SELLER_CANCEL_PRICING_ERROR",
    "SELLER_CANCEL_OUT_OF_STOCK",
    "SELLER_CANCEL_FRAUD_STOP_SHIPMENT",
    "SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE",
)
UNITS = ("EACH", "EA")
MOST_LINES = 100
TOKEN_SECONDS = 900
_SWITCHES = ("productInfo", "replacementInfo", "incentiveInfo")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in; header names are kept as sent, with every repetition."""

    method: str
    path: str
    query: str
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None."""
        found = (value for key, value in self.headers if key.casefold() == name.casefold())
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a cancel body that could be read."""

    line: str
    reason: str
    units: int


def header_faults(request: Request, operation: str) -> Iterator[str]:
    """Say what is wrong with the headers for an operation: token, detail, get or cancel."""
    names = [key.casefold() for key, _ in request.headers]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"header {name} is sent twice"
    yield from _identity_faults(request)
    if operation == "token":
        yield from _type_faults(request, "application/x-www-form-urlencoded")
        if request.header("WM_SEC.ACCESS_TOKEN") is not None:
            yield "the token call carries an access token"
        return
    form = "application/x-www-form-urlencoded" if operation == "detail" else "application/json"
    yield from _type_faults(request, form)
    if not (request.header("WM_SEC.ACCESS_TOKEN") or "").strip():
        yield "WM_SEC.ACCESS_TOKEN is missing"
    elif (request.header("WM_SEC.ACCESS_TOKEN") or "").startswith("Bearer"):
        yield "WM_SEC.ACCESS_TOKEN has a prefix"
    if request.header("Authorization") is not None:
        yield "a business call carries Authorization"


def _identity_faults(request: Request) -> Iterator[str]:
    if not (request.header("WM_SVC.NAME") or "").strip():
        yield "WM_SVC.NAME is missing"
    correlation_id = request.header("WM_QOS.CORRELATION_ID") or ""
    try:
        canonical = str(UUID(correlation_id))
    except ValueError:
        yield f"WM_QOS.CORRELATION_ID is no GUID: {correlation_id!r}"
    else:
        if canonical != correlation_id.casefold():
            yield f"WM_QOS.CORRELATION_ID is oddly written: {correlation_id!r}"


def _type_faults(request: Request, content_type: str) -> Iterator[str]:
    if request.header("Accept") != "application/json":
        yield f"Accept is {request.header('Accept')!r}"
    given = (request.header("Content-Type") or "").partition(";")[0].strip()
    if given != content_type:
        yield f"Content-Type is {given!r}, not {content_type}"


def token_faults(request: Request, client_id: str, client_secret: str) -> Iterator[str]:
    """Say what is wrong with a token call beside its common headers."""
    keys = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
    if request.header("Authorization") != f"Basic {keys}":
        yield "Authorization is not Basic with the client's id and secret"
    if request.query:
        yield f"the token call has a query: {request.query}"
    form = parse_qsl(request.body.decode("ascii", "replace"), keep_blank_values=True)
    if form != [("grant_type", "client_credentials")]:
        yield f"the form of the token call is {form}"


def get_faults(request: Request) -> Iterator[str]:
    """Say what is wrong with the query and body of reading one order."""
    for key, value in parse_qsl(request.query, keep_blank_values=True):
        if key not in _SWITCHES or value not in {"true", "false"}:
            yield f"unknown query {key}={value}"
    if request.body:
        yield "reading an order has a body"


def list_faults(request: Request) -> Iterator[str]:
    """Say what is wrong with the query and body of listing orders."""
    told = dict(parse_qsl(request.query, keep_blank_values=True))
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told.get("createdStartDate", "")):
        yield f"createdStartDate is {told.get('createdStartDate')!r}"
    limit = told.get("limit", "100")
    if not limit.isdecimal() or not 1 <= int(limit) <= 200:
        yield f"limit is {limit!r}"
    if request.body:
        yield "listing orders has a body"


def cancel_faults(request: Request) -> tuple[list[str], list[Asked]]:
    """Return what is wrong with a cancel body, and its lines if nothing is."""
    faults: list[str] = []
    if request.query:
        faults.append(f"cancel has a query: {request.query}")
    try:
        body = json.loads(request.body.decode(), object_pairs_hook=_no_key_twice)
    except ValueError as error:
        return [*faults, f"the body of cancel is no JSON: {error}"], []
    asked = list(_lines(body, faults))
    numbers = [each.line for each in asked]
    faults.extend(
        f"line {number} is named twice"
        for number in sorted({number for number in numbers if numbers.count(number) > 1})
    )
    return faults, [] if faults else asked


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a key occurs twice among {[key for key, _ in pairs]}")
    return found


def _lines(body: object, faults: list[str]) -> Iterator[Asked]:
    cancellation = _only(body, "body", {"orderCancellation": dict}, faults)
    if cancellation is None:
        return
    lines = _only(cancellation["orderCancellation"], "cancellation", {"orderLines": dict}, faults)
    if lines is None:
        return
    each_line = _only(lines["orderLines"], "orderLines", {"orderLine": list}, faults)
    if each_line is None:
        return
    if not 1 <= len(each_line["orderLine"]) <= MOST_LINES:
        faults.append(f"{len(each_line['orderLine'])} lines in one call")
    for line in each_line["orderLine"]:
        asked = _line(line, faults)
        if asked is not None:
            yield asked


def _line(line: object, faults: list[str]) -> Asked | None:
    known = _only(line, "orderLine", {"lineNumber": str, "orderLineStatuses": dict}, faults)
    if known is None:
        return None
    where = f"line {known['lineNumber']}"
    statuses = _only(known["orderLineStatuses"], where, {"orderLineStatus": list}, faults)
    if statuses is None:
        return None
    if not known["lineNumber"] or len(statuses["orderLineStatus"]) != 1:
        faults.append(f"{where} has {len(statuses['orderLineStatus'])} statuses")
        return None
    shape = {"status": str, "cancellationReason": str, "statusQuantity": dict}
    status = _only(statuses["orderLineStatus"][0], where, shape, faults)
    if status is None:
        return None
    shape = {"unitOfMeasurement": str, "amount": str}
    quantity = _only(status["statusQuantity"], where, shape, faults)
    if quantity is None:
        return None
    wrong = list(_wrong_words(where, status, quantity))
    faults.extend(wrong)
    reason, amount = status["cancellationReason"], quantity["amount"]
    return None if wrong else Asked(known["lineNumber"], reason, int(amount))


def _wrong_words(
    where: str, status: Mapping[str, Any], quantity: Mapping[str, Any]
) -> Iterator[str]:
    if status["status"] != "Cancelled":
        yield f"{where} has status {status['status']!r}"
    if status["cancellationReason"] not in REASONS:
        yield f"{where} has reason {status['cancellationReason']!r}"
    if quantity["unitOfMeasurement"] not in UNITS:
        yield f"{where} has unit {quantity['unitOfMeasurement']!r}"
    if not re.fullmatch(r"[1-9][0-9]*", quantity["amount"]):
        yield f"{where} has amount {quantity['amount']!r}"


def _only(
    value: object, where: str, shape: Mapping[str, type], faults: list[str]
) -> dict[str, Any] | None:
    """Return an object that has exactly these keys with exactly these types, else None."""
    if not isinstance(value, dict):
        faults.append(f"{where} is no object but {type(value).__name__}")
        return None
    before = len(faults)
    faults.extend(f"{where} lacks {key}" for key in shape if key not in value)
    faults.extend(f"{where} has an unknown {key}" for key in value if key not in shape)
    faults.extend(
        f"{where}: {key} is {type(value[key]).__name__}, not {wanted.__name__}"
        for key, wanted in shape.items()
        if key in value and type(value[key]) is not wanted
    )
    return None if len(faults) > before else value
