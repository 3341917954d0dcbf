"""The reasons Walmart accepts for a cancel, per market, and finding one from a person's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache


class ReasonCode(StrEnum):
    """Walmart's codes in the markets we know (enum ``cancellationReason`` of each schema)."""

    OUT_OF_STOCK = "SELLER_CANCEL_OUT_OF_STOCK"
    CUSTOMER_REQUESTED = "CUSTOMER_REQUESTED_SELLER_TO_CANCEL"
    PRICING_ERROR = "SELLER_CANCEL_PRICING_ERROR"
    ADDRESS = "SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE"
    FRAUD = "SELLER_CANCEL_FRAUD_STOP_SHIPMENT"
    BY_SELLER = "CANCEL_BY_SELLER"
    MIRAKL_REFUND_45 = "MIRAKL_REFUND_45"
    MIRAKL_REFUND_15 = "MIRAKL_REFUND_15"
    SELLER_REJECTION = "SELLER_REJECTION"
    PRICE_ERROR_CL = "ERROR_DE_PRECIO"
    OUT_OF_STOCK_CL = "AGOTADO"
    REJECTED_CL = "RECHAZAR"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: Walmart's code and the words people write for it.

    ``counts_against_seller``: out of stock, pricing errors and the like raise the seller's
    cancellation rate, which Walmart wants at 2 % or less.
    """

    code: ReasonCode
    spoken: tuple[str, ...]
    counts_against_seller: bool = True


_DOUBT = re.compile("[?\uff1f]")
_OUT_OF_STOCK = (
    "out of stock",
    "oos",
    "no stock",
    "sold out",
    "stock out",
    "stockout",
    "sin existencias",
    "sin stock",
    "sin inventario",
    "agotado",
    "缺货",
    "无货",
    "断货",
)
_PRICE = (
    "pricing error",
    "price error",
    "pricing",
    "wrong price",
    "mispriced",
    "price mistake",
    "error de precio",
    "precio incorrecto",
    "价格错误",
    "标价错误",
)
_CUSTOMER = (
    "customer asked",
    "customer requested",
    "customer request",
    "customer requested cancel",
    "customer requested cancellation",
    "customer requested seller to cancel",
    "customer cancelled",
    "customer canceled",
    "buyer requested",
    "buyer asked",
    "lo pidió el cliente",
    "lo pidio el cliente",
    "solicitud del cliente",
    "客户要求取消",
    "客户要求",
    "买家要求取消",
    "买家要求",
)
_ADDRESS = (
    "address not serviceable",
    "address",
    "bad address",
    "undeliverable address",
    "cannot ship to address",
    "not serviceable",
    "dirección sin servicio",
    "direccion sin servicio",
    "地址无法配送",
    "地址不可配送",
)
_FRAUD = (
    "fraud",
    "fraud stop shipment",
    "fraud shipment stopped",
    "confirmed fraud",
    "fraude",
    "fraude despacho detenido",
    "欺诈",
    "欺诈 已停止发货",
)
_BY_SELLER = (
    "cancel by seller",
    "cancelled by seller",
    "by seller",
    "cancelación del vendedor",
    "cancelacion del vendedor",
    "卖家取消",
)
_REFUND_45 = ("mirakl refund 45", "reembolso mirakl 45", "mirakl 退款 45")
_REFUND_15 = ("mirakl refund 15", "reembolso mirakl 15", "mirakl 退款 15")
_REJECTION = (
    "seller rejection",
    "rejected by seller",
    "rechazo del vendedor",
    "卖家拒绝",
)

REASONS: Mapping[str, tuple[Reason, ...]] = {
    "US": (
        Reason(ReasonCode.OUT_OF_STOCK, _OUT_OF_STOCK),
        Reason(ReasonCode.CUSTOMER_REQUESTED, _CUSTOMER, counts_against_seller=False),
        Reason(ReasonCode.PRICING_ERROR, _PRICE),
        Reason(ReasonCode.ADDRESS, _ADDRESS),
        Reason(ReasonCode.FRAUD, _FRAUD, counts_against_seller=False),
    ),
    "CA": (
        Reason(ReasonCode.BY_SELLER, _BY_SELLER),
        Reason(ReasonCode.CUSTOMER_REQUESTED, _CUSTOMER, counts_against_seller=False),
    ),
    "MX": (
        Reason(ReasonCode.SELLER_REJECTION, _REJECTION),
        Reason(ReasonCode.MIRAKL_REFUND_45, _REFUND_45),
        Reason(ReasonCode.MIRAKL_REFUND_15, _REFUND_15),
    ),
    "CL": (
        Reason(ReasonCode.OUT_OF_STOCK_CL, _OUT_OF_STOCK),
        Reason(ReasonCode.PRICE_ERROR_CL, _PRICE),
        Reason(ReasonCode.REJECTED_CL, ("rechazar", "rejected", "rechazo", "已拒绝")),
    ),
}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return words as they are compared: case, blanks and punctuation don't matter."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


@cache
def _by_words(market: str) -> Mapping[str, Reason]:
    return {
        folded(words): reason
        for reason in REASONS[market]
        for words in (reason.code, *reason.spoken)
    }


@lru_cache(maxsize=4096)
def find_reason(market: str, text: str) -> Reason | None:
    """Return the reason of a market that a code or common words name, or None.

    Case, blanks and punctuation don't matter, but a question mark is a doubt, and names none.
    KeyError for an unknown market.
    """
    words = _by_words(market)
    return None if _DOUBT.search(text) else words.get(folded(text))
