"""How a page of the guide looks: Qt reads Markdown, and this gives it the window's colours."""

from collections.abc import Iterator

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from cancel_desk.ui.guide.guide_pages import anchor
from cancel_desk.ui.widgets.theme import SPACE, Colours

_LINE_HEIGHT = 130  # per cent
_SIZES = {1: 1.7, 2: 1.3, 3: 1.1}
"""Headings by their level, in times the size of the text."""


def dress(document: QTextDocument, theme: Colours) -> None:
    """Give a page its distances and colours, and its headings the names that links use."""
    size = document.defaultFont().pointSizeF()
    document.setDocumentMargin(3 * SPACE)
    for block in _blocks(document):
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        if level:
            _dress_heading(cursor, block, size * _SIZES.get(level, 1.0))
        else:
            _dress_text(cursor, block, theme)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, theme)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _dress_heading(cursor: QTextCursor, block: QTextBlock, size: float) -> None:
    shape = QTextBlockFormat()
    shape.setTopMargin(2.5 * SPACE if block.blockNumber() else 0)
    shape.setBottomMargin(SPACE)
    cursor.mergeBlockFormat(shape)
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    letters = QTextCharFormat()
    letters.setFontPointSize(size)
    letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    letters.setAnchor(True)
    letters.setAnchorNames([anchor(block.text())])
    cursor.mergeCharFormat(letters)


def _dress_text(cursor: QTextCursor, block: QTextBlock, theme: Colours) -> None:
    shape = QTextBlockFormat()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if QTextCursor(block).currentTable() is None:
        in_list = block.textList() is not None
        shape.setBottomMargin(SPACE / 2 if in_list else SPACE)
    if _is_quoted(block):
        shape.setBackground(theme.page)
        shape.setLeftMargin(2 * SPACE)
    if _is_picture(block):
        # A proportional line height would be a share of the picture's.
        shape.setLineHeight(100, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
    cursor.mergeBlockFormat(shape)
    for start, length, letters in list(_fragments(block)):
        look = QTextCharFormat()
        if letters.isAnchor():
            look.setForeground(theme.accent)
        elif letters.fontFixedPitch():
            look.setBackground(theme.page)
        else:
            continue
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _is_quoted(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockQuoteLevel.value)


def _is_picture(block: QTextBlock) -> bool:
    return any(letters.isImageFormat() for _start, _length, letters in _fragments(block))


def _fragments(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        yield fragment.position(), fragment.length(), fragment.charFormat()
        at += 1


def _dress_table(table: QTextTable, theme: Colours) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderBrush(theme.line)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setCellPadding(SPACE - 2)
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setTopMargin(SPACE // 2)
    shape.setBottomMargin(2 * SPACE)
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        look = cell.format()
        look.setBackground(theme.page)
        cell.setFormat(look)
