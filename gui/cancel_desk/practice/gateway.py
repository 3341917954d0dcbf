"""What happens to one call: headers, token, bucket, faults, and the answer of the store."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote

from cancel_desk.practice.bodies import (
    ApiError,
    Body,
    ErrorItem,
    Shape,
    error_body,
    gateway_error,
    json_body,
)
from cancel_desk.practice.faults import UNRECEIVED, Endpoint, Fault, Planned
from cancel_desk.practice.journal import Call
from cancel_desk.practice.listing import page, read_query
from cancel_desk.practice.orders import order_json
from cancel_desk.practice.rules import AskedLine, read_cancel
from cancel_desk.practice.tokens import TOKEN_SECONDS, credentials_accepted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cancel_desk.practice.bucket import Level
    from cancel_desk.practice.orders import Order
    from cancel_desk.practice.store import PracticeStore
    from cancel_desk.practice.tokens import Issued

CORRELATION_ID = "WM_QOS.CORRELATION_ID"
SERVICE = "WM_SVC.NAME"
ACCESS_TOKEN = "WM_SEC.ACCESS_TOKEN"  # noqa: S105 - the name of a header
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

ROUTES = (
    ("POST", re.compile("/v3/token"), Endpoint.TOKEN),
    ("GET", re.compile("/v3/token/detail"), Endpoint.DETAIL),
    ("GET", re.compile("/v3/orders"), Endpoint.ORDERS),
    ("GET", re.compile("/v3/orders/([^/]+)"), Endpoint.ORDER),
    ("POST", re.compile("/v3/orders/([^/]+)/cancel"), Endpoint.CANCEL),
)
NEEDS_CONTENT_TYPE = {Endpoint.TOKEN: FORM, Endpoint.DETAIL: "", Endpoint.CANCEL: JSON}
NEEDS_JSON_ACCEPTED = frozenset({Endpoint.ORDER, Endpoint.ORDERS, Endpoint.CANCEL})
SCOPES = (
    "reports",
    "item",
    "price",
    "lagtime",
    "feeds",
    "returns",
    "orders",
    "inventory",
    "content",
)
NOTHING = Body("", b"")


class Request(NamedTuple):
    """One call as it came in; the names of the headers are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """The header, or nothing."""
        return self.headers.get(name.lower(), "").strip()


class Reply(NamedTuple):
    """What goes back, after so many seconds; no status: the connection ends without a reply."""

    status: int | None
    body: Body
    headers: Mapping[str, str]
    delay: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply in the making, and what the journal says about it."""

    status: int | None
    body: Body
    applied: bool = False
    broken_rule: str | None = None


class Gateway:
    """Answers calls for a store."""

    def __init__(self, store: PracticeStore) -> None:
        self._store = store

    def answer(self, request: Request) -> Reply:
        """What this call gets; it is in the journal, and a cancel on disk, before this returns."""
        endpoint: Endpoint | None = None
        level: Level | None = None
        planned = Planned()
        try:
            endpoint, purchase_order_id = find_route(request)
            check_headers(endpoint, request)
            issued = self._check_token(endpoint, request)
            level = self._store.take(endpoint)
            if level is not None and not level.allowed:
                raise _too_many_requests()
            planned = self._store.next_fault(endpoint)
            if planned.fault in UNRECEIVED:
                answer = self._unreceived(planned)
            else:
                answer = self._serve(endpoint, purchase_order_id, request, issued, planned)
        except ApiError as error:
            answer = self._failed(error, planned)
        if planned.fault is Fault.TOO_MANY_REQUESTS and level is not None:
            level = level._replace(left=0)
        answer = self._spoiled(answer, planned)
        self._record(request, endpoint, planned, answer)
        delay = self._store.faults.slow_seconds if planned.fault is Fault.SLOW else 0
        return Reply(answer.status, answer.body, _reply_headers(request, level), delay)

    def _check_token(self, endpoint: Endpoint, request: Request) -> Issued | None:
        if endpoint is Endpoint.TOKEN:
            return None
        token = request.header(ACCESS_TOKEN)
        issued = self._store.tokens.find(token)
        if issued is None:
            raise _unauthorized(contract=not token)
        if endpoint is Endpoint.CANCEL and self._store.faults.view_only:
            raise gateway_error(403, "FORBIDDEN", "The token does not allow this operation")
        return issued

    def _serve(
        self,
        endpoint: Endpoint,
        purchase_order_id: str,
        request: Request,
        issued: Issued | None,
        planned: Planned,
    ) -> Answer:
        if issued is None:
            return self._token(request)
        if endpoint is Endpoint.DETAIL:
            return self._detail(issued)
        if endpoint is Endpoint.ORDERS:
            return self._list(request)
        if endpoint is Endpoint.ORDER:
            return self._order(self._store.shown_order(purchase_order_id))
        return self._cancel(purchase_order_id, request, planned)

    def _order(self, order: Order) -> Answer:
        content = order_json(order, single_objects=self._store.faults.single_objects)
        return Answer(200, json_body({"order": content}))

    def _cancel(self, purchase_order_id: str, request: Request, planned: Planned) -> Answer:
        asked = read_cancel(request.body)
        if planned.fault is Fault.LINE_SKIPPED:
            asked = asked[:-1]
        if not asked:
            return self._order(self._store.order(purchase_order_id))
        return replace(self._order(self._store.cancel(purchase_order_id, asked)), applied=True)

    def _token(self, request: Request) -> Answer:
        if not credentials_accepted(request.header("Authorization")):
            # Walmart refuses a wrong id or secret with 400, not 401.
            raise gateway_error(
                400, "INVALID_REQUEST_HEADER", "The client id or secret is not valid"
            )
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        if form.get("grant_type") != "client_credentials":
            raise gateway_error(
                400, "INVALID_REQUEST_PARAM", "grant_type is not supported", contract=True
            )
        content = {
            "access_token": self._store.tokens.issue(),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        }
        return Answer(200, json_body(content))

    def _detail(self, issued: Issued) -> Answer:
        access = "view_only" if self._store.faults.view_only else "full_access"
        content = {
            "expire_at": str(int(issued.expires_at * 1000)),
            "issued_at": str(int(issued.issued_at * 1000)),
            "is_valid": True,
            "is_channel_match": True,
            "scopes": dict.fromkeys(SCOPES, "view_only") | {"orders": access},
        }
        return Answer(200, json_body(content))

    def _list(self, request: Request) -> Answer:
        query = read_query(request.query, now=self._store.clock())
        found = page(self._store.shown_orders(), query)
        if not found.orders:
            item = ErrorItem("CONTENT_NOT_FOUND.GMP_ORDER_API", "No orders found for the request")
            raise ApiError(404, item)
        single = self._store.faults.single_objects
        orders = [order_json(order, single_objects=single) for order in found.orders]
        meta: dict[str, object] = {"totalCount": found.total, "limit": query.limit}
        if found.next_cursor is not None:
            meta["nextCursor"] = found.next_cursor
        content = {
            "list": {
                "meta": meta,
                "elements": {"order": orders[0] if single and len(orders) == 1 else orders},
            }
        }
        return Answer(200, json_body(content))

    def _failed(self, error: ApiError, planned: Planned) -> Answer:
        body = error_body(error, planned.shape or self._store.faults.shape)
        return Answer(
            error.status, body, broken_rule=error.items[0].code if error.contract else None
        )

    def _unreceived(self, planned: Planned) -> Answer:
        match planned.fault:
            case Fault.TOO_MANY_REQUESTS:
                raise _too_many_requests()
            case Fault.UNAUTHORIZED:
                raise _unauthorized()
            case Fault.LOST_REPLY_BEFORE:
                return Answer(None, NOTHING)
            case Fault.HTML_PAGE:
                error = _system_error(planned.status or 503)
                return Answer(error.status, error_body(error, Shape.HTML))
            case _:
                raise _system_error(planned.status or 500)

    def _spoiled(self, answer: Answer, planned: Planned) -> Answer:
        match planned.fault:
            case Fault.ERROR_AFTER:
                failed = self._failed(_system_error(planned.status or 500), planned)
                return replace(answer, status=failed.status, body=failed.body)
            case Fault.LOST_REPLY_AFTER:
                return replace(answer, status=None, body=NOTHING)
            case Fault.BROKEN_JSON:
                half = answer.body.data[: len(answer.body.data) // 2]
                return replace(answer, body=answer.body._replace(data=half))
            case _:
                return answer

    def _record(
        self, request: Request, endpoint: Endpoint | None, planned: Planned, answer: Answer
    ) -> None:
        self._store.journal.add(
            Call(
                at=self._store.clock(),
                endpoint=endpoint,
                method=request.method,
                path=request.path + (f"?{request.query}" if request.query else ""),
                correlation_id=request.header(CORRELATION_ID),
                asked=_asked(request.body) if endpoint is Endpoint.CANCEL else (),
                applied=answer.applied,
                status=answer.status,
                fault=planned.fault,
                broken_rule=answer.broken_rule,
            )
        )


def find_route(request: Request) -> tuple[Endpoint, str]:
    """The call asked for, and the order it is about if any. Raises ApiError: 404, 405."""
    known = [
        (method, endpoint, found)
        for method, path, endpoint in ROUTES
        if (found := path.fullmatch(request.path))
    ]
    for method, endpoint, found in known:
        if method == request.method:
            return endpoint, unquote(found[1]) if found.lastindex else ""
    if known:
        raise gateway_error(405, "METHOD_NOT_ALLOWED", "The method is not allowed", contract=True)
    raise gateway_error(404, "URI_NOT_FOUND", "The URI is not known", contract=True)


def check_headers(endpoint: Endpoint, request: Request) -> None:
    """Raises ApiError when a header that Walmart requires is missing: 400, 406, 415."""
    for name in (SERVICE, CORRELATION_ID):
        if not request.header(name):
            raise gateway_error(
                400, "MISSING_REQUEST_HEADER", f"{name} set blank or null", contract=True
            )
    if endpoint in NEEDS_JSON_ACCEPTED and JSON not in request.header("Accept").lower():
        error = gateway_error(406, "INVALID_ACCEPT_TYPE", "Accept is not supported", contract=True)
        # Without a JSON Accept the gateway falls back to its native XML.
        error.shape = Shape.XML
        raise error
    needed = NEEDS_CONTENT_TYPE.get(endpoint)
    given = request.header("Content-Type").lower()
    if needed is not None and not given:
        raise gateway_error(
            400, "MISSING_REQUEST_HEADER", "Content-Type set blank or null", contract=True
        )
    if needed and given.partition(";")[0].strip() != needed:
        text = f"The content type {given[:60]} is not supported"
        raise gateway_error(415, "UNSUPPORTED_MEDIA_TYPE", text, contract=True)


def _asked(body: bytes) -> tuple[AskedLine, ...]:
    try:
        return read_cancel(body)
    except ApiError:
        return ()


def _reply_headers(request: Request, level: Level | None) -> dict[str, str]:
    headers = {CORRELATION_ID: request.header(CORRELATION_ID)}
    if level is not None:
        headers["x-current-token-count"] = str(level.left)
        headers["X-Next-Replenishment-Time"] = str(level.replenished_at)
    return headers


def _unauthorized(*, contract: bool = False) -> ApiError:
    return gateway_error(401, "UNAUTHORIZED", "Unauthorized", contract=contract)


def _too_many_requests() -> ApiError:
    return gateway_error(
        429, "REQUEST_THRESHOLD_VIOLATED", "Too many requests. Please try again later"
    )


def _system_error(status: int) -> ApiError:
    return gateway_error(status, "SYSTEM_ERROR", "Unable to process this request at this time")
