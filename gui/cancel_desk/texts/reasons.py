"""The reasons in plain words, and what each one leads to."""

from cancel_desk.checks.reasons import REASONS, ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.texts.lists import sentences


def reason_label(code: ReasonCode) -> str:
    """Return the reason in plain words."""
    return {
        ReasonCode.OUT_OF_STOCK: lambda: _("Out of stock"),
        ReasonCode.CUSTOMER_REQUESTED: lambda: _("Customer asked"),
        ReasonCode.PRICING_ERROR: lambda: _("Pricing error"),
        ReasonCode.ADDRESS: lambda: _("Address not serviceable"),
        ReasonCode.FRAUD: lambda: _("Fraud, shipment stopped"),
        ReasonCode.BY_SELLER: lambda: _("Cancelled by seller"),
        ReasonCode.MIRAKL_REFUND_45: lambda: _("Mirakl refund 45"),
        ReasonCode.MIRAKL_REFUND_15: lambda: _("Mirakl refund 15"),
        ReasonCode.SELLER_REJECTION: lambda: _("Seller rejection"),
        ReasonCode.PRICE_ERROR_CL: lambda: _("Pricing error"),
        ReasonCode.OUT_OF_STOCK_CL: lambda: _("Out of stock"),
        ReasonCode.REJECTED_CL: lambda: _("Rejected"),
    }[code]()


def reason_consequence(code: ReasonCode) -> str:
    """Return in one line what giving this reason leads to; empty where nothing is known."""
    own = {
        ReasonCode.OUT_OF_STOCK: lambda: _(
            "Walmart sets the item out of stock in that warehouse; restock it afterwards."
        ),
        ReasonCode.CUSTOMER_REQUESTED: lambda: _(
            "Only if the customer asked for it; otherwise Walmart may flag your listings."
        ),
        ReasonCode.ADDRESS: lambda: _("Only if your carrier can't deliver to the address."),
        ReasonCode.FRAUD: lambda: _(
            "Only for confirmed fraud; if in doubt, write to "
            "MPFraudReq@customercare.walmart.com first."
        ),
    }.get(code, str)()
    counted = _("Counts towards your cancellation rate.") if _counts(code) else ""
    return sentences((own, counted))


def _counts(code: ReasonCode) -> bool:
    reasons = (reason for market in REASONS.values() for reason in market)
    return any(reason.code == code and reason.counts_against_seller for reason in reasons)


def rate_sentence(counted: int) -> str:
    """Return what so many cancels mean for the seller's standing; empty for none.

    Walmart wants at most 2 % of a seller's orders cancelled by the seller.
    """
    if not counted:
        return ""
    return ngettext(
        "{n} line counts towards your cancellation rate, which Walmart wants at 2 % or less.",
        "{n} lines count towards your cancellation rate, which Walmart wants at 2 % or less.",
        counted,
    ).format(n=grouped(counted))
