"""What can go wrong with a whole sheet, as codes and the error that carries them."""

from enum import StrEnum


class SheetProblem(StrEnum):
    """Why a sheet can't be read, used or written. Codes are stable; sentences are made later."""

    # opening the file
    MISSING_FILE = "missing_file"
    IS_FOLDER = "is_folder"
    NO_PERMISSION = "no_permission"
    CANT_OPEN = "cant_open"  # detail
    # what the file is
    EMPTY_FILE = "empty_file"
    NOT_A_SHEET = "not_a_sheet"
    WEB_PAGE = "web_page"  # without any table
    NUMBERS_FILE = "numbers_file"
    CLOUD_LINK = "cloud_link"  # a pointer to a sheet that is kept online
    LOCK_FILE = "lock_file"  # what Excel puts beside a file that is open
    ARCHIVE = "archive"  # names: several files in a zip archive
    PROTECTED = "protected"  # with a password
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - no secret
    SEALED = "sealed"  # with a password, in a way that can't be opened here
    DAMAGED = "damaged"
    BAD_CHARACTERS = "bad_characters"
    NO_SUCH_ENCODING = "no_such_encoding"  # encoding
    NO_SUCH_HEADER_ROW = "no_such_header_row"  # row
    UNCLOSED_QUOTE = "unclosed_quote"  # line
    STRAY_QUOTE = "stray_quote"  # line
    # limits
    TOO_BIG = "too_big"  # limit, in bytes
    FAR_CORNER = "far_corner"  # row, column
    TOO_MANY_ROWS = "too_many_rows"  # limit
    TOO_MANY_COLUMNS = "too_many_columns"  # limit
    CELL_TOO_LONG = "cell_too_long"  # row, limit
    # the reading itself
    CANCELLED = "cancelled"
    TOO_SLOW = "too_slow"  # seconds
    OUT_OF_MEMORY = "out_of_memory"
    READER_STOPPED = "reader_stopped"  # detail
    # sheets and columns
    NO_SUCH_SHEET = "no_such_sheet"  # sheet, names
    SEVERAL_SHEETS = "several_sheets"  # names
    NO_PO_COLUMN = "no_po_column"  # headers, order_header
    DOUBTFUL_COLUMN = "doubtful_column"  # column, headers, places
    OVERLOOKED_COLUMN = "overlooked_column"  # headers
    HIDDEN_COLUMN = "hidden_column"  # headers
    SECOND_HEADER = "second_header"  # row
    NO_ROWS = "no_rows"
    NOTHING_LEFT = "nothing_left"  # of a result sheet
    # writing
    OUTPUT_WRONG_KIND = "output_wrong_kind"  # path, kinds
    OUTPUT_NO_FOLDER = "output_no_folder"  # path
    OUTPUT_IS_SOURCE = "output_is_source"  # path
    OUTPUT_IS_FOLDER = "output_is_folder"  # path
    OUTPUT_NOT_WRITABLE = "output_not_writable"  # path
    OUTPUT_LOCKED = "output_locked"  # path
    OUTPUT_TOO_MANY_ROWS = "output_too_many_rows"  # rows, limit
    OUTPUT_TOO_MANY_COLUMNS = "output_too_many_columns"  # columns, limit
    OUTPUT_CELL_TOO_LONG = "output_cell_too_long"  # row, limit
    OUTPUT_DISK_FULL = "output_disk_full"  # path
    OUTPUT_FAILED = "output_failed"  # path, detail


class SheetError(Exception):
    """A sheet can't be read, used or written.

    ``params`` are plain values (text, whole numbers, lists of text) that the sentence needs.
    """

    def __init__(self, problem: SheetProblem, **params: object) -> None:
        """Keep the code and what its sentence needs."""
        super().__init__(problem.value, params)
        self.problem = problem
        self.params = params
