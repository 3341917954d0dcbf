"""The style of the grid's frame, headers and fields; cells are painted by their delegates."""

from typing import Final

from cancel_desk.ui.widgets.theme import Colours

# Without a rule for items: those are painted by the delegates, and faster.
_STYLE: Final = """
QTableView {{ border: 1px solid {line}; background: {card}; }}
QTableView:focus {{ border-color: {accent}; }}
QTableView QTableCornerButton::section {{
    background: {page}; border: 0; border-right: 1px solid {line}; border-bottom: 1px solid {line};
}}
QHeaderView {{ background: {page}; }}
QHeaderView::section {{
    background: {page}; color: {muted}; border: 0; border-right: 1px solid {line};
    border-bottom: 1px solid {line}; padding: 0 5px;
}}
QHeaderView::section:horizontal {{ font-weight: bold; }}
QTableView QLineEdit {{
    border: 2px solid {accent}; background: {card}; color: {text}; padding: 0 1px;
}}
"""


def grid_style(theme: Colours) -> str:
    """Return the style sheet of a grid."""
    return _STYLE.format_map({name: colour.name() for name, colour in theme._asdict().items()})
