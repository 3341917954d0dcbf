"""Spacing, colours and the style of the window, derived from the system's palette."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from cancel_desk.resources import resource

SPACE = 8
"""The unit of all distances, in pixels at 100 %."""
PAGE_MARGIN = 16

_ENOUGH = 4.5  # the contrast that WCAG asks of text
_WHITE, _BLACK = QColor("#ffffff"), QColor("#000000")


class Colours(NamedTuple):
    """Every colour of the window that the palette doesn't name itself."""

    page: QColor
    card: QColor
    line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_fill: QColor
    on_accent: QColor
    accent_soft: QColor
    good: QColor
    bad: QColor
    doubtful: QColor
    track: QColor


def colours(palette: QPalette) -> Colours:
    """Return the colours for a palette, light or dark; all words on them can be read."""
    card = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    page = mixed(card, text, 0.035)
    accent = QColor("#2457d6")
    fill = readable(accent, _WHITE)
    return Colours(
        page=page,
        card=card,
        line=mixed(card, text, 0.15),
        text=text,
        muted=readable(mixed(text, card, 0.4), page),
        accent=readable(accent, page),
        accent_fill=fill,
        on_accent=_WHITE,
        accent_soft=mixed(card, accent, 0.10),
        good=readable(QColor("#0a7a44"), page),
        bad=readable(QColor("#c4320a"), page),
        doubtful=readable(QColor("#a15c00"), page),
        track=mixed(card, text, 0.12),
    )


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return ``one`` with a share (0 to 1) of ``other`` in it."""

    def part(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        part(one.red(), other.red()),
        part(one.green(), other.green()),
        part(one.blue(), other.blue()),
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG counts it: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: QColor, ground: QColor) -> QColor:
    """Return the colour, as much lighter or darker as it takes to be read on ``ground``."""
    towards = max((_WHITE, _BLACK), key=lambda end: contrast(end, ground))
    for step in range(21):
        found = mixed(colour, towards, step / 20)
        if contrast(found, ground) >= _ENOUGH:
            return found
    return towards


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def style_sheet(theme: Colours) -> str:
    """Return the style of the window and everything in it, by the ``role`` that widgets carry."""
    names = {name: colour.name() for name, colour in theme._asdict().items()}
    names["grid"] = mixed(theme.line, theme.card, 0.45).name()
    names["accent_pale"] = mixed(theme.accent, theme.card, 0.45).name()
    names["tick"] = resource("tick.svg").as_posix()
    return _STYLE.format_map(names)


_STYLE = """
QWidget#page, QWidget#pages {{ background: {page}; }}
QDialog {{ background: {card}; }}
QFrame[role="header"] {{ background: {card}; border: 0; border-bottom: 1px solid {line}; }}
QFrame[role="card"] {{ background: {card}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[role="drop"] {{
    background: {card}; border: 2px dashed {accent_pale}; border-radius: 12px;
}}
QFrame[role="drop"][hot="true"] {{ background: {accent_soft}; border-color: {accent}; }}
QFrame[role="notice"] {{
    background: {card}; border: 1px solid {line}; border-left: 4px solid {accent};
    border-radius: 4px;
}}
QFrame[role="notice"][tone="bad"] {{ border-left-color: {bad}; }}
QFrame[role="notice"][tone="good"] {{ border-left-color: {good}; }}
QLabel {{ background: transparent; }}
QLabel[role="brand"] {{ font-weight: bold; font-size: 15px; }}
QLabel[role="title"] {{ font-weight: bold; font-size: 20px; }}
QLabel[role="headline"] {{ font-weight: bold; font-size: 16px; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="good"] {{ color: {good}; }}
QLabel[role="bad"] {{ color: {bad}; }}
QLabel[role="doubtful"] {{ color: {doubtful}; }}
QPushButton {{
    background: {card}; color: {text}; border: 1px solid {line}; border-radius: 6px;
    padding: 6px 12px; min-height: 16px;
}}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:focus {{ border: 1px solid {accent}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:disabled {{ color: {muted}; background: {page}; border-color: {line}; }}
QPushButton[role="primary"] {{
    background: {accent_fill}; color: {on_accent}; border-color: {accent_fill}; font-weight: bold;
}}
QPushButton[role="primary"]:focus, QPushButton[role="primary"]:hover {{ border-color: {text}; }}
QPushButton[role="primary"]:disabled {{
    background: {page}; color: {muted}; border-color: {line};
}}
QPushButton[role="link"] {{
    background: transparent; border: 1px solid transparent; color: {accent}; padding: 2px 4px;
    text-decoration: underline;
}}
QPushButton[role="link"]:focus {{ border-color: {accent}; }}
QPushButton[role="step"] {{
    background: transparent; border: 1px solid transparent; color: {muted}; padding: 4px 8px;
}}
QPushButton[role="step"]:enabled {{ color: {text}; }}
QPushButton[role="step"][stage="done"] {{ color: {good}; }}
QPushButton[role="step"][stage="here"] {{ color: {accent}; font-weight: bold; }}
QPushButton[role="step"]:enabled:hover {{ border-color: {line}; }}
QPushButton[role="step"]:focus {{ border-color: {accent}; }}
QPushButton[role="chip"] {{ border-radius: 4px; padding: 4px 12px; }}
QPushButton[role="chip"]:checked {{
    background: {accent_soft}; color: {accent}; border-color: {accent};
}}
QPushButton[role="chip"]:checked:focus {{ border: 3px solid {accent}; padding: 2px 10px; }}
QPushButton[role="menu"] {{ background: transparent; border-color: transparent; }}
QPushButton[role="menu"]:hover {{ border-color: {line}; }}
QPushButton[role="menu"]:focus {{ border-color: {accent}; }}
QPushButton[role="menu"]::menu-indicator {{ width: 0; }}
QTableView[role="rows"] {{
    background: {card}; border: 1px solid {line}; gridline-color: {grid};
    selection-background-color: {accent_soft}; selection-color: {text};
}}
QTableView[role="rows"]:focus {{ border-color: {accent}; }}
QTableView[role="rows"] QHeaderView {{ background: {page}; }}
QTableView[role="rows"] QTableCornerButton::section {{
    background: {page}; border: 0; border-right: 1px solid {grid}; border-bottom: 1px solid {grid};
}}
QTableView[role="rows"] QHeaderView::section {{
    background: {page}; color: {muted}; border: 0; border-right: 1px solid {grid};
    border-bottom: 1px solid {grid}; padding: 5px 4px; font-weight: bold;
}}
QTableView[role="rows"] QHeaderView::section:vertical {{ padding: 5px 8px; font-weight: normal; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {muted}; }}
QLineEdit[role="field"] {{
    background: {card}; color: {text}; border: 1px solid {line}; border-radius: 6px;
    padding: 5px 8px;
}}
QLineEdit[role="field"]:focus {{ border-color: {accent}; }}
QWidget#list {{ background: {card}; }}
QDialog QScrollArea {{ border: 1px solid transparent; }}
QDialog QListView {{ background: {card}; border: 1px solid {line}; border-radius: 4px; }}
QDialog QScrollArea:focus, QDialog QListView:focus {{ border-color: {accent}; }}
QListWidget[role="guide"], QTextBrowser[role="guide"] {{
    background: {card}; border: 1px solid {line}; border-radius: 6px; padding: 4px;
    selection-background-color: {accent_pale}; selection-color: {text};
}}
QListWidget[role="guide"]::item {{ padding: 6px 8px; border-radius: 4px; color: {text}; }}
QListWidget[role="guide"]::item:selected {{ background: {accent_soft}; color: {accent}; }}
QDialog QLineEdit, QDialog QPlainTextEdit {{
    background: {card}; color: {text}; border: 1px solid {line}; border-radius: 4px; padding: 4px;
}}
QDialog QLineEdit:focus, QDialog QPlainTextEdit:focus {{ border-color: {accent}; }}
QComboBox {{
    background: {card}; color: {text}; border: 1px solid {line}; border-radius: 4px;
    padding: 4px 6px;
}}
QComboBox:focus {{ border-color: {accent}; }}
QComboBox:disabled {{ color: {muted}; background: {page}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{
    width: 0; height: 0; border-left: 4px solid {card}; border-right: 4px solid {card};
    border-top: 5px solid {muted};
}}
QMenu {{ background: {card}; border: 1px solid {line}; }}
QCheckBox {{ border: 1px solid transparent; border-radius: 3px; padding: 1px 2px; }}
QCheckBox:focus {{ border-color: {accent}; }}
QCheckBox::indicator:unchecked, QTableView::indicator:unchecked {{
    width: 11px; height: 11px; background: {card}; border: 1px solid {muted}; border-radius: 3px;
}}
QCheckBox::indicator:checked, QTableView::indicator:checked {{
    width: 11px; height: 11px; background: {accent_fill}; border: 1px solid {accent};
    border-radius: 3px; image: url("{tick}");
}}
QCheckBox::indicator:checked:disabled {{ background: {muted}; border-color: {muted}; }}
QCheckBox:disabled {{ color: {muted}; }}
QRadioButton::indicator {{
    width: 11px; height: 11px; background: {card}; border: 1px solid {muted}; border-radius: 6px;
}}
QRadioButton::indicator:checked {{
    width: 5px; height: 5px; background: {card}; border: 4px solid {accent}; border-radius: 6px;
}}
QRadioButton::indicator:unchecked:focus {{ border-color: {accent}; }}
QRadioButton::indicator:disabled {{ border-color: {line}; }}
QProgressBar {{
    background: {track}; border: 0; border-radius: 5px; min-height: 10px; max-height: 10px;
}}
QProgressBar::chunk {{ background: {good}; border-radius: 5px; }}
QProgressBar[tone="plain"]::chunk {{ background: {accent_fill}; }}
"""
