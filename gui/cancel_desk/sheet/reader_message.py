"""What a reading process tells, as bytes on their way through the pipe.

A message is a line of JSON, so that the parent never unpickles what a misled reader wrote, and
behind it the text of the cells as it is: as a part of the JSON it would cost several times as much.
"""

import json
from typing import Any

from cancel_desk.sheet.blocks import Block, rows_of

Message = dict[str, Any]
"""One of: what was found and the header; first rows; rows; an error; the end."""

_TEXT = "text"


def encoded(message: Message) -> bytes:
    """Return a message as bytes."""
    head = {key: value for key, value in message.items() if key != _TEXT}
    parts = [json.dumps(head).encode()]
    if _TEXT in message:
        parts.append(message[_TEXT].encode("utf-8", "surrogatepass"))
    return b"\n".join(parts)


def decoded(data: bytes) -> Message:
    """Return the message that was sent; ValueError if it is none."""
    head, parted, text = data.partition(b"\n")
    message = json.loads(head)
    if not isinstance(message, dict):
        raise ValueError(type(message))  # noqa: TRY004 - like any other bytes that are no message
    if parted:
        message[_TEXT] = text.decode("utf-8", "surrogatepass")
    return message


def packed(block: Block) -> Message:
    """Return rows as one long text, which is told and split far faster than a list of lists.

    Cells are parted by NULs, column after column. Numbers that follow one another are told by the
    first of them and their count.
    """
    numbers = block.numbers
    text = "\0".join(map("\0".join, block.columns))
    if text.count("\0") != len(block.columns) * len(numbers) - 1:  # a cell has NULs itself
        return {"rows": list(rows_of(block))}
    told: Message = {_TEXT: text, "marks": list(block.marks.items())}
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return {**told, "first": numbers[0], "count": len(numbers)}
    return {**told, "numbers": list(numbers)}


def rows_packed(message: Message) -> tuple[list[int] | range, list[list[str]]]:
    """Return the numbers and the columns of packed rows; ValueError if they don't fit."""
    first, cells = message.get("first", 0), message[_TEXT].split("\0")
    numbers = message.get("numbers") or range(first, first + message["count"])
    count = len(numbers)
    if not count or len(cells) % count:
        raise ValueError(count)
    return numbers, [cells[at : at + count] for at in range(0, len(cells), count)]
