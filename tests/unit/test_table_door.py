"""The door for tables: thirty bad files get a sentence, good and odd ones are read rightly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.concepts.table import NumberColumn, TableError, WordColumn, as_code
from components.tables.door import open_table
from tests.table_files import BAD, File, hostile, lines, replaced, text


def numbers(data: bytes, name: str) -> list[float]:
    column = open_table(data, "flats.csv").column(name)
    assert isinstance(column, NumberColumn)
    return [float(value) for value in column.values]


@pytest.mark.parametrize(("file", "words"), BAD.values(), ids=list(BAD))
def test_a_bad_file_gets_a_sentence(file: File, words: str) -> None:
    with pytest.raises(TableError) as refused:
        open_table(file(), "../flats.csv")
    sentence = str(refused.value)
    assert words in sentence
    assert sentence.startswith("`flats.csv` ") and sentence.rstrip()[-1] == "."
    assert "\n" not in sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_are_found(delimiter: str, encoding: str) -> None:
    rows = [line.replace("Hull", "Orléans") for line in lines(delimiter=delimiter)]
    table = open_table(text(rows, encoding, "\r\n"), "flats.csv")
    assert table.names == ("size", "city", "price")
    city = table.column("city")
    assert isinstance(city, WordColumn) and city.words == ("Leeds", "Orléans", "York")
    assert table.n_rows == 40
    assert bool(table.notes) == (encoding in ("utf-16", "cp1252"))


def test_numbers_are_read_however_they_are_written() -> None:
    rows = ["a;b;c;d", *(f"{i},5;1.{i:03d},25;{i} %;$ {i}" for i in range(30))]
    data = text(rows)
    assert numbers(data, "a") == [i + 0.5 for i in range(30)]
    assert numbers(data, "b") == [1000 + i + 0.25 for i in range(30)]
    assert numbers(data, "c") == list(range(30))
    assert numbers(replaced(2, '"1,234",Leeds,3'), "size")[0] == 1234


def test_gaps_and_useless_columns_are_left_out_and_said() -> None:
    rows = ["a,b,same,who,empty", *(f"{i},{i % 7},1,name {i},{'' if i else 1}" for i in range(60))]
    rows[5] = "NA,2,1,x,"
    table = open_table(text(rows), "t.csv")
    assert table.names == ("a", "b") and table.n_rows == 59
    said = " ".join(table.notes)
    for words in ("`same` is the same", "`who` has", "`empty` is mostly empty", "1 of 60 rows"):
        assert words in said


def test_excels_own_mark_of_the_delimiter_is_understood() -> None:
    table = open_table(b"sep=;\r\n" + text(lines(delimiter=";")), "t.csv")
    assert table.names == ("size", "city", "price")


def test_names_and_words_are_shown_as_code() -> None:
    table = open_table(hostile(), "<b>x</b>`.csv")
    assert len(table.columns) == 3
    for name in table.names:
        shown = as_code(name)
        assert shown[0] == shown[-1] == "`" and "`" not in shown[1:-1]
    assert as_code("a`b\u202e\n") == "`a'b`"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda said: said.encode()))
def test_whatever_comes_is_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        table = open_table(data, "x")
    except TableError as refused:
        assert str(refused).startswith("`x` ")
    else:
        assert len(set(table.names)) == len(table.names) >= 2


def test_the_generated_file_of_words_keeps_its_codes() -> None:
    city = open_table(text(lines()), "t.csv").column("city")
    assert isinstance(city, WordColumn)
    np.testing.assert_array_equal(
        [city.words[code] for code in city.codes[:4]], ["Leeds", "York", "Hull", "Leeds"]
    )
