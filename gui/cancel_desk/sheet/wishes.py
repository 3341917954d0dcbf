"""Columns in which a sheet says of each row whether it is to be cancelled at all."""

from collections.abc import Sequence

from cancel_desk.sheet.columns import plain_header

_NAMES = frozenset(
    map(
        plain_header,
        (
            # Seller Center's own, for uploading its download again
            "update status",
            "action",
            "cancel",
            "cancel it",
            "cancel this",
            "cancel line",
            "cancel order",
            "cancel y/n",
            "cancel yes/no",
            "cancel (y/n)",
            "to cancel",
            "to be cancelled",
            "acción",
            "cancelar",
            "cancelar línea",
            "cancelar pedido",
            "取消",
            "是否取消",
            "操作",
        ),
    )
)
_NO = frozenset(
    {"no", "n", "not", "false", "keep", "hold", "ship", "shipped", "don't", "don't cancel"}
    | {"do not cancel", "dont cancel", "no cancelar", "falso", "enviar", "enviado", "conservar"}
    | {"否", "不", "不取消", "保留", "发货", "發貨"}
)


def wish_places(headers: Sequence[str]) -> tuple[int, ...]:
    """Return the indexes of such columns."""
    return tuple(at for at, header in enumerate(headers) if plain_header(header) in _NAMES)


def says_no(text: str) -> bool:
    """Tell whether a cell of such a column means that its row is not to be cancelled."""
    return text.strip(" \t\u00a0.!").replace("\u2019", "'").casefold() in _NO
