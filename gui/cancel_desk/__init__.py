"""Cancel Desk: cancel Walmart Marketplace order lines from a spreadsheet."""

__version__ = "0.1.0"
