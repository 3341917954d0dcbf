"""What this program asks of a store: is the key good, one order, many orders, cancel lines."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar
from urllib.parse import quote, urlencode
from uuid import uuid4

from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.error_bodies import WalmartWords, read_words, words_in
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind, GivenUp, classify_status
from cancel_desk.walmart.limit_headers import retry_after, wait_after_429
from cancel_desk.walmart.loose_json import (
    UnreadableReply,
    decode,
    optional_mapping,
)
from cancel_desk.walmart.orders import (
    CancelLine,
    Order,
    OrderPage,
    cancel_body,
    parse_order,
    parse_order_list,
)
from cancel_desk.walmart.pace import Paces, TokenBucket
from cancel_desk.walmart.token import Credentials, TokenSource
from cancel_desk.walmart.transport import Call, Reply, Transport

PAGE_SIZE = 200
"""Orders on a page: the largest that Walmart's list gives."""

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"  # what Walmart's token detail asks for
_PAUSES = (0.5, 2.0)  # seconds before a read is tried again
_LONGEST_PAUSE = 60.0
_WORTH_REPEATING = (FailureKind.UNKNOWN, FailureKind.UNSENT, FailureKind.THROTTLED)
_SURE_TO_FAIL_AGAIN = (
    Cause.TLS,
    Cause.CERTIFICATE_DATE,
    Cause.PROXY,
    Cause.PROXY_LOGIN,
    Cause.NOT_WALMART,
    Cause.REDIRECT,
    Cause.TOO_LARGE,
    Cause.UNAUTHORIZED,
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class TokenDetail:
    """What a key may do: ``orders_scope`` is full_access, view_only, no_access or ""."""

    is_valid: bool
    orders_scope: str


@dataclass(frozen=True, slots=True)
class CancelReply:
    """A reply that refuses nothing. Judge each line by ``order``.

    ``order`` is None if the reply held none (202, or empty): read the order to learn what
    happened. ``words`` are Walmart's, if it said something beside the order.
    """

    order: Order | None
    words: str
    status: int
    correlation_id: str


class WalmartClient:
    """One store, usable from several threads at once.

    Reads repeat themselves a few times; ``cancel`` makes exactly one attempt. ``sleep`` waits
    between attempts of a read. Every method raises CallFailed.

    ``cancel_pace`` and ``read_pace`` are this store's own allowances for cancelling and for reading
    single orders; the slots of the first are the caller's to take. ``paces`` are given where
    another client of the same seller uses them too.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        credentials: Credentials,
        *,
        transport: Transport | None = None,
        paces: Paces | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._transport = transport or Transport(endpoint)
        self._tokens = TokenSource(self._transport, credentials, clock=clock, wall=wall)
        self._clock = clock
        self._wall = wall
        self._sleep = sleep
        self.cancel_pace, self.read_pace = paces or Paces.of(endpoint, clock, wall)

    def token_detail(self) -> TokenDetail:
        """Return what the key may do."""
        return self._repeated(self._token_detail)

    def order(
        self, purchase_order_id: str, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        """Return one order as it is now. Raises CallFailed, NOT_FOUND if the store has none.

        ``wait`` waits so many seconds and returns whether to go on: GivenUp if not.
        """
        wait = wait or self._slept
        return self._repeated(lambda: self._order(purchase_order_id, wait), wait)

    def orders(
        self,
        *,
        created_start: datetime,
        created_end: datetime | None = None,
        status: str | None = None,
        customer_order_id: str | None = None,
        purchase_order_id: str | None = None,
        sku: str | None = None,
        ship_node_type: str | None = None,
    ) -> Iterator[Order]:
        """Yield the orders that match, page by page; none is no failure.

        The start must be given, because Walmart's own default hides all but seven days; without
        ``ship_node_type`` only SellerFulfilled orders are listed.
        """
        wanted = {
            "createdStartDate": _stamp(created_start),
            "createdEndDate": created_end and _stamp(created_end),
            "status": status,
            "customerOrderId": customer_order_id,
            "purchaseOrderId": purchase_order_id,
            "sku": sku,
            "shipNodeType": ship_node_type,
            "limit": str(PAGE_SIZE),
        }
        query = urlencode({name: value for name, value in wanted.items() if value is not None})
        return self._pages("?" + query)

    def cancel(
        self, purchase_order_id: str, lines: Iterable[CancelLine], *, correlation_id: str
    ) -> CancelReply:
        """Ask once to cancel lines of one order; never repeats anything itself.

        Ends the slot reserved in ``cancel_pace`` in every case and corrects it by the reply. A
        refused token is UNSENT with the cause UNAUTHORIZED: it is dropped already, call
        ``refresh_token`` and ask again, once. A reply that can't be read, or tells of another
        order, is UNKNOWN. Raises ValueError for lines that `cancel_body` refuses.
        """
        target = f"{_path(purchase_order_id)}/cancel"
        body = json.dumps(cancel_body(lines)).encode()
        reply = self._ask("POST", target, correlation_id, body=body, pace=self.cancel_pace)
        return self._cancel_reply(reply, purchase_order_id, correlation_id)

    def refresh_token(self) -> None:
        """Make sure of a token that has not been refused. Raises CallFailed as any call does."""
        self._tokens.token()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _token_detail(self) -> TokenDetail:
        payload, _id = self._read("/v3/token/detail", content_type=_FORM)
        detail = optional_mapping(payload)
        scopes = optional_mapping(detail.get("scopes"))
        return TokenDetail(
            is_valid=str(detail.get("is_valid", "")).casefold() == "true",
            orders_scope=str(scopes.get("orders", "")),
        )

    def _order(self, purchase_order_id: str, wait: Callable[[float], bool]) -> Order:
        slot = self.read_pace.reserve()
        while (seconds := slot.seconds) > 0:
            if not wait(seconds):
                self.read_pace.give_back()
                raise GivenUp
        try:
            payload, correlation_id = self._read(_path(purchase_order_id), pace=self.read_pace)
        except CallFailed as failure:
            if failure.kind is FailureKind.THROTTLED:
                self.read_pace.hold(min(failure.retry_after or 0.0, _LONGEST_PAUSE))
            raise
        return _same_order(payload, purchase_order_id, 200, correlation_id)

    def _pages(self, query: str) -> Iterator[Order]:
        seen: set[str] = set()
        while query:
            if query in seen:
                raise CallFailed(FailureKind.UNKNOWN, Cause.UNREADABLE)
            seen.add(query)
            page = self._repeated(partial(self._page, query))
            yield from page.orders
            query = page.next_cursor

    def _page(self, query: str) -> OrderPage:
        try:
            payload, correlation_id = self._read("/v3/orders" + query)
        except CallFailed as failure:
            if failure.kind is FailureKind.NOT_FOUND:
                return OrderPage((), "")  # how Walmart says that nothing matches
            raise
        words = words_in(payload)
        try:
            page = parse_order_list(payload)
        except UnreadableReply:
            raise _unreadable(200, words, correlation_id) from None
        if words.text and not page.orders:
            raise _unreadable(200, words, correlation_id)
        cursor = page.next_cursor
        if cursor and not cursor.startswith("?"):
            cursor = "?" + cursor
        return page._replace(next_cursor=cursor)

    def _read(
        self, target: str, *, content_type: str = _JSON, pace: TokenBucket | None = None
    ) -> tuple[object, str]:
        """Ask once; return the decoded body and the correlation id."""
        correlation_id = str(uuid4())
        reply = self._ask("GET", target, correlation_id, content_type=content_type, pace=pace)
        try:
            return decode(reply.body), correlation_id
        except UnreadableReply:
            raise _unreadable(reply.status, read_words(reply.body), correlation_id) from None

    def _repeated(self, read: Callable[[], _T], wait: Callable[[float], bool] | None = None) -> _T:
        """Read again after a pause where that can help, and at once with a new token."""
        wait = wait or self._slept
        renewed = False
        pauses = iter(_PAUSES)
        while True:
            try:
                return read()
            except CallFailed as failure:
                if failure.cause is Cause.UNAUTHORIZED and not renewed:
                    renewed = True
                    continue
                pause = next(pauses, None)
                if pause is None or not _worth_repeating(failure):
                    raise
                seconds = max(pause, failure.retry_after or 0.0)
            if not wait(min(seconds, _LONGEST_PAUSE)):
                raise GivenUp

    def _slept(self, seconds: float) -> bool:
        self._sleep(seconds)
        return True

    def _ask(
        self,
        method: str,
        target: str,
        correlation_id: str,
        *,
        body: bytes | None = None,
        content_type: str = _JSON,
        pace: TokenBucket | None = None,
    ) -> Reply:
        """Make one attempt and return a 2xx reply; end the slot of ``pace`` in every case."""
        try:
            token = self._tokens.token()
            asked_at = self._clock()
            headers = {"WM_SEC.ACCESS_TOKEN": token, "Content-Type": content_type}
            reply = self._transport.send(Call(method, target, correlation_id, headers, body))
        except CallFailed as failure:
            if pace and failure.kind is FailureKind.UNKNOWN:
                pace.correct({})
            elif pace:
                pace.give_back()
            raise
        if pace:
            pace.correct(reply.headers, took=self._clock() - asked_at)
        if not 200 <= reply.status < 300:
            raise self._failure(reply, correlation_id, token)
        return reply

    def _failure(self, reply: Reply, correlation_id: str, token: str) -> CallFailed:
        words = read_words(reply.body)
        kind, cause = classify_status(reply.status, words.code)
        if cause is Cause.UNAUTHORIZED:
            self._tokens.invalidate(token)
        hint = wait_after_429 if kind is FailureKind.THROTTLED else retry_after
        return CallFailed(
            kind,
            cause,
            status=reply.status,
            code=words.code,
            words=words.text.replace(token, "[hidden]"),
            correlation_id=correlation_id,
            retry_after=hint(reply.headers, now=self._wall()),
        )

    def _cancel_reply(
        self, reply: Reply, purchase_order_id: str, correlation_id: str
    ) -> CancelReply:
        words = read_words(reply.body)
        silent = CancelReply(None, words.text, reply.status, correlation_id)
        if not reply.body.strip():
            return silent
        try:
            payload = decode(reply.body)
        except UnreadableReply:
            if reply.status == 202:
                return silent
            raise _unreadable(reply.status, words, correlation_id) from None
        told = optional_mapping(payload)
        if "order" not in told and "purchaseOrderId" not in told:
            if reply.status == 202 or (told and (words.code or words.text)):
                return silent
            raise _unreadable(reply.status, words, correlation_id)
        order = _same_order(payload, purchase_order_id, reply.status, correlation_id)
        return CancelReply(order, words.text, reply.status, correlation_id)


def _path(purchase_order_id: str) -> str:
    return f"/v3/orders/{quote(purchase_order_id, safe='')}"


def _stamp(moment: datetime) -> str:
    """Write seconds in UTC: Walmart answers 400 to milliseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _worth_repeating(failure: CallFailed) -> bool:
    return failure.kind in _WORTH_REPEATING and failure.cause not in _SURE_TO_FAIL_AGAIN


def _unreadable(status: int, words: WalmartWords, correlation_id: str) -> CallFailed:
    return CallFailed(
        FailureKind.UNKNOWN,
        Cause.UNREADABLE,
        status=status,
        code=words.code,
        words=words.text,
        correlation_id=correlation_id,
    )


def _same_order(payload: object, purchase_order_id: str, status: int, correlation_id: str) -> Order:
    try:
        order = parse_order(payload)
    except UnreadableReply:
        raise _unreadable(status, words_in(payload), correlation_id) from None
    if order.purchase_order_id != purchase_order_id:
        raise CallFailed(
            FailureKind.UNKNOWN, Cause.OTHER_ORDER, status=status, correlation_id=correlation_id
        )
    return order
