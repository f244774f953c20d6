"""Files that somebody might bring to the door for tables, made here: good, odd and bad."""

import gzip
import io
import zipfile
from collections.abc import Callable

File = Callable[[], bytes]


def lines(n: int = 40, delimiter: str = ",", header: str = "size,city,price") -> list[str]:
    """A small table of flats: numbers, words, numbers."""
    cities = ("Leeds", "York", "Hull")
    rows = [f"{30 + 7 * i % 90},{cities[i % 3]},{100 + 13 * i % 57}.5" for i in range(n)]
    return [line.replace(",", delimiter) for line in [header, *rows]]


def text(rows: list[str], encoding: str = "utf-8", end: str = "\n") -> bytes:
    """The lines as a file."""
    return (end.join(rows) + end).encode(encoding)


def replaced(line: int, new: str) -> bytes:
    """The table with one of its lines replaced; line 1 is the header."""
    rows = lines()
    rows[line - 1] = new
    return text(rows)


def workbook() -> bytes:
    """What starts like an Excel workbook: a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def constant(n: int = 40) -> bytes:
    """Two columns, one of them the same in every row."""
    return text(["size,price", *(f"{i},5" for i in range(n))])


def with_gaps() -> bytes:
    """Three columns, and in every row one of them is empty."""
    rows = [[str(i), str(2 * i), str(3 * i)] for i in range(60)]
    for i, row in enumerate(rows):
        row[i % 3] = ""
    return text(["a,b,c", *(",".join(row) for row in rows)])


BAD: dict[str, tuple[File, str]] = {
    "empty": (lambda: b"", "is empty"),
    "blank": (lambda: b" \n \n", "is empty"),
    "too big": (lambda: text(lines(1)) + b"1,Leeds,2\n" * 300_000, "MB are the most"),
    "too many rows": (lambda: text(["a,b", *("1,2" for _ in range(20_002))]), "20,000 rows"),
    "too few rows": (lambda: text(lines(5)), "has 5 rows"),
    "header alone": (lambda: text(lines(0)), "has 0 rows"),
    "no header": (lambda: text(lines()[1:]), "has a number in its first line"),
    "nameless column": (lambda: replaced(1, "size,,price"), "no name for column 2"),
    "twice the same name": (lambda: replaced(1, "size,city,size"), "two columns called `size`"),
    "ragged": (lambda: replaced(9, "44,Leeds"), "has 2 fields in line 9"),
    "a comma too many": (lambda: replaced(7, "44,Leeds,1,234"), "has 4 fields in line 7"),
    "open quote": (lambda: replaced(30, '44,"Leeds,12'), "quotation marks"),
    "slip in numbers": (lambda: replaced(12, "44,Leeds,abc"), "`abc` in line 12"),
    "infinite": (lambda: replaced(12, "1e999,Leeds,3"), "too large a number"),
    "one column": (lambda: text(["price", *(str(i) for i in range(40))]), "one column only"),
    "other delimiter": (lambda: text(lines(delimiter="~")), "a delimiter that this page"),
    "too many columns": (lambda: text([",".join(f"c{i}" for i in range(61))]), "61 columns"),
    "all constant but one": (constant, "is the same in every row"),
    "gaps everywhere": (with_gaps, "has 0 rows without a gap"),
    "free text": (lambda: text(["who,note", *(f"p{i},t{i}" for i in range(40))]), "fewer than two"),
    "workbook": (workbook, "Excel"),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old Excel"),
    "binary": (lambda: bytes(range(256)) * 9, "encoding that this page does not know"),
    "zeros": (lambda: text(lines()) + bytes(40), "bytes that no table has"),
    "false UTF-16": (lambda: b"\xff\xfe" + b"\x00\xd8" * 9, "says it is UTF-16"),
    "compressed": (lambda: gzip.compress(text(lines())), "is compressed"),
    "PDF": (lambda: b"%PDF-1.7\n" + bytes(90), "PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), "is a picture"),
    "web page": (lambda: b"<!doctype html><table></table>", "is a web page"),
    "JSON": (lambda: b'[{"a": 1}]', "is JSON"),
}  # fmt: skip


def hostile() -> bytes:
    """Names and words that would be markup, formulas or scripts if they were believed."""
    names = '"<script>alert(1)</script>","[click](http://127.0.0.1)","$x$ :red[price] `=1+1`"'
    words = ("**bold**", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))")
    rows = [f'{i % 17},"{words[i % 3]}",{i % 11}' for i in range(60)]
    return text([names, *rows])
