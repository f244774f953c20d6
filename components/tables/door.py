"""The checked door for tables: bytes that somebody brings become a table, or a sentence says
why not.

A name or a type that came with the bytes is never believed. What is left out of a table, or
read in a special way, is said in its notes.
"""

import csv
import io
import re
from collections.abc import Sequence

from components.concepts.examples import FEWEST_ROWS
from components.concepts.table import Column, Table, TableError, as_code
from components.tables.cells import is_missing, looks_like_number, read_column

MAX_BYTES = 2 * 2**20
MAX_ROWS, MAX_COLUMNS = 20_000, 60
LONGEST_NAME = 40  # of a column; of a file
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
SAMPLE_LINES = 30
MOSTLY_EMPTY = 0.5  # a column with more gaps than this is left out

_NO_TABLES = (
    (b"PK\x03\x04", "is an Excel workbook or an archive. In Excel choose Save as, CSV UTF-8."),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook. In Excel choose Save as, CSV UTF-8."),
    (b"%PDF", "is a PDF document. Bring the table by itself, as a CSV file."),
    (b"\x89PNG", "is a picture. Bring a table, as a CSV file."),
    (b"\xff\xd8\xff", "is a picture. Bring a table, as a CSV file."),
    (b"\x1f\x8b", "is compressed. Unpack it and bring the CSV file in it."),
    (b"SQLite", "is a database. Export the table from it as a CSV file."),
    (b"PAR1", "is a Parquet file. Export it as a CSV file."),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def open_table(data: bytes, name: str) -> Table:
    """The table in the file `data`. Raises TableError, in a sentence that names the file."""
    shown = shown_name(name)
    try:
        text, notes = _decode(data)
        rows, delimiter = _rows(text)
        header, body = _header(rows)
        return _table(name, header, body, delimiter, notes)
    except TableError as error:
        raise TableError(f"{shown} {error}") from error


def shown_name(name: str) -> str:
    """A file's name as it may be shown on a page."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    if len(plain) > LONGEST_NAME:
        plain = f"{plain[: LONGEST_NAME // 2]}…{plain[-LONGEST_NAME // 3 :]}"
    return as_code(plain or "file")


def _decode(data: bytes) -> tuple[str, list[str]]:
    if not data.strip():
        raise TableError("is empty. Choose the file again.")
    if len(data) > MAX_BYTES:
        raise TableError(
            f"has {len(data) / 2**20:.1f} MB; {MAX_BYTES // 2**20} MB are the most. Keep a part "
            "of its rows, or of its columns."
        )
    for signature, what in _NO_TABLES:
        if data.startswith(signature):
            raise TableError(what)
    text, notes = _text(data)
    if _CONTROL.search(text):
        raise TableError("is no text: it has bytes that no table has. Save it as CSV UTF-8.")
    start = text.lstrip()[:1]
    if start == "<":
        raise TableError("is a web page or XML, and no table. Save the table in it as CSV.")
    if start in ("{", "["):
        raise TableError("is JSON, and no table. Save it as CSV, one line for each row.")
    return text, notes


def _text(data: bytes) -> tuple[str, list[str]]:
    """The text, by its mark, as UTF-8, or else as Windows writes it in western Europe."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ["It was read as UTF-16."]
        except UnicodeDecodeError as error:
            raise TableError("says it is UTF-16 and is not. Save it as CSV UTF-8.") from error
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252"), [
                "It is not in UTF-8 and was read as Windows-1252: look whether letters with "
                "accents are right."
            ]
        except UnicodeDecodeError as error:
            raise TableError(
                "is in an encoding that this page does not know, or no text at all. Save it as "
                "CSV UTF-8."
            ) from error


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], str]:
    """The rows that are not blank, each with its line in the file, and the delimiter."""
    said = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)  # as Excel writes it
    delimiter = said[1] if said else _delimiter(text)
    if said:
        text = text[said.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num + bool(said), [cell.strip() for cell in row]))
            if len(rows) > MAX_ROWS + 1:
                raise TableError(f"has more than {MAX_ROWS:,} rows. Keep a part of them.")
    except csv.Error as error:
        raise TableError(
            f"has quotation marks that don't close or don't fit, near line {reader.line_num}. "
            "Put every text that has a quotation mark or a comma into quotation marks."
        ) from error
    return rows, delimiter


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines into equally many parts, and into the most."""
    sample = text.splitlines()[:SAMPLE_LINES]

    def parts(delimiter: str) -> tuple[bool, int]:
        lines = csv.reader([line for line in sample if line.strip()], delimiter=delimiter)
        try:
            counts = [len(row) for row in lines]
        except csv.Error:
            return False, 0
        return len(set(counts)) == 1 and counts[0] > 1, max(counts, default=0)

    return max(DELIMITERS, key=parts)


def _header(
    rows: Sequence[tuple[int, list[str]]],
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the rows below them, all of the header's length."""
    if not rows:
        raise TableError("is empty: it has no line with anything in it. Choose the file again.")
    header, body = rows[0][1], list(rows[1:])
    while header and not header[-1] and all(not r[len(header) - 1 :][:1] for _, r in body):
        header = header[:-1]
    header = [_clean(cell) for cell in header]
    if len(header) < 2:
        raise TableError(
            "has one column only, or a delimiter that this page does not know. It takes "
            f"{', '.join(DELIMITERS.values())}, and needs a column to predict and one to predict "
            "from."
        )
    if len(header) > MAX_COLUMNS:
        raise TableError(f"has {len(header)} columns; {MAX_COLUMNS} are the most. Keep fewer.")
    if any(looks_like_number(cell) for cell in header):
        raise TableError(
            "has a number in its first line, where the names of the columns belong. Put a line "
            "with a name for every column on top."
        )
    if "" in header:
        raise TableError(
            f"has no name for column {header.index('') + 1} in its first line. Give it one."
        )
    for place, cell in enumerate(header):
        if cell in header[:place]:
            raise TableError(f"has two columns called {as_code(cell)}. Rename one of them.")
    for line, row in body:
        if len(row) != len(header):
            raise TableError(
                f"has {len(row)} fields in line {line}, and its first line names {len(header)}. "
                "Mend that line; a text that has the delimiter in it needs quotation marks."
            )
    return header, body


def _clean(cell: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def _table(
    name: str,
    header: Sequence[str],
    body: Sequence[tuple[int, list[str]]],
    delimiter: str,
    notes: list[str],
) -> Table:
    _check_length(len(body))
    gaps = [sum(is_missing(row[place]) for _, row in body) for place in range(len(header))]
    kept = [place for place, n in enumerate(gaps) if n <= MOSTLY_EMPTY * len(body)]
    notes += [
        f"{as_code(cell)} is mostly empty and was left out."
        for place, cell in enumerate(header)
        if place not in kept
    ]
    full = [(line, row) for line, row in body if not any(is_missing(row[place]) for place in kept)]
    if len(full) < len(body):
        notes.append(
            f"{len(body) - len(full):,} of {len(body):,} rows have a gap and were left out."
        )
        _check_length(len(full), " without a gap")
    columns: list[Column] = []
    for place in kept:
        cells = [(line, _clean(row[place])) for line, row in full]
        column, note = read_column(header[place], cells, comma=delimiter != ",")
        notes += [note] if note else []
        columns += [column] if column is not None else []
    if len(columns) < 2:
        reasons = f" {' '.join(notes)}" if notes else ""
        raise TableError(
            "has fewer than two columns that can be used; it takes one to predict and one to "
            f"predict from.{reasons}"
        )
    plain = shown_name(name).strip("`")
    return Table(plain, tuple(columns), tuple(notes))


def _check_length(n_rows: int, which: str = "") -> None:
    if n_rows < FEWEST_ROWS:
        raise TableError(
            f"has {n_rows} row{'' if n_rows == 1 else 's'}{which}; {FEWEST_ROWS} are the fewest "
            "to learn from, and some hundreds are better."
        )
