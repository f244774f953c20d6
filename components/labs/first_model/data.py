"""Which table, what to predict from what: the choice, and the examples it makes.

A visitor's own table stays in the memory of the visit, and so do the choices of its columns:
nothing of it is in the address.
"""

from dataclasses import dataclass

import streamlit as st

from components.concepts.baseline import Baseline, fit_baseline
from components.concepts.examples import Examples, make_examples
from components.concepts.table import Table, TableError, wage_table
from components.labs.first_model import settings
from components.tables.door import MAX_BYTES, open_table
from components.widgets.setting_values import value_of

MEGABYTES = MAX_BYTES // 2**20
WAGES_ARE_DRAWN = (
    "534 workers and their wages in dollars an hour, with the columns of the workshop's table. "
    "They are **generated** from a process with a seed: nobody's data."
)
OWN_STAYS = "It stays in the memory of your visit and is gone when you leave."

_OWN, _COUNT, _REFUSED = "first.own", "first.own_count", "first.refused"
_TARGET, _INPUTS, _FILE = "first.target", "first.inputs", "first.file"
OWN_COLUMNS = (_TARGET, _INPUTS)  # of an own table: what is chosen
_BEFORE = "first.target_before"
_DATA = "first.data"


@dataclass(frozen=True, eq=False)
class LabData:
    """The examples on the page, with their baseline, and what they were made from."""

    signature: tuple[object, ...]
    table: Table
    examples: Examples
    baseline: Baseline
    shuffle_seed: int | None

    @property
    def is_wage_table(self) -> bool:
        """Whether it is the table that comes with the app."""
        return self.table is wage_table()


def data_on_page() -> LabData:
    """What is chosen, kept from run to run. Raises TableError, in a sentence."""
    table = table_on_page()
    target, inputs = chosen_columns()
    task = value_of(settings.TASK)
    seed = value_of(settings.SEED) if value_of(settings.SHUFFLE) else None
    number = st.session_state.get(_COUNT, 0) if table is not wage_table() else 0
    signature = (number, target, tuple(inputs), task, seed)
    kept = st.session_state.get(_DATA)
    if isinstance(kept, LabData) and kept.signature == signature:
        return kept
    examples = make_examples(table, target, inputs, task, seed)
    data = LabData(signature, table, examples, fit_baseline(examples), seed)
    st.session_state[_DATA] = data
    return data


def table_on_page() -> Table:
    """The own table where it is chosen and there is one, else the wage table."""
    own = st.session_state.get(_OWN)
    if value_of(settings.TABLE_CHOICE) == settings.OWN and isinstance(own, Table):
        return own
    return wage_table()


def chosen_columns() -> tuple[str, list[str]]:
    """The column to predict, and those to predict from, in the table's order."""
    table = table_on_page()
    if table is wage_table():
        target, inputs = value_of(settings.TARGET), value_of(settings.INPUTS)
    else:
        target, inputs = st.session_state[_TARGET], st.session_state[_INPUTS]
    return target, [name for name in table.names if name in inputs]


def show_data(disabled: bool) -> None:
    """The table, its columns, and the way in for an own one."""
    settings.TABLE_CHOICE.draw(disabled=disabled)
    if value_of(settings.TABLE_CHOICE) == settings.OWN:
        _take_own(disabled)
    else:
        st.caption(WAGES_ARE_DRAWN)
    table = table_on_page()
    is_wages = table is wage_table()
    target_key = settings.TARGET.name if is_wages else _TARGET
    inputs_key = settings.INPUTS.name if is_wages else _INPUTS
    st.session_state[_BEFORE] = st.session_state[target_key]
    names = list(table.names)
    st.selectbox(
        "Column to predict",
        names,
        index=names.index(st.session_state[target_key]),
        key=target_key,
        on_change=_move_target,
        args=(target_key, inputs_key),
        disabled=disabled,
    )
    st.multiselect(
        "Columns to predict it from",
        names,
        default=st.session_state[inputs_key],
        key=inputs_key,
        disabled=disabled,
    )
    settings.SHUFFLE.draw(disabled=disabled)


def _take_own(disabled: bool) -> None:
    st.file_uploader(
        f"A CSV file of at most {MEGABYTES} MB, a name for every column in its first line",
        type=["csv", "tsv", "txt"],
        key=_FILE,
        on_change=_open,
        max_upload_size=MEGABYTES,
        disabled=disabled,
    )
    own = st.session_state.get(_OWN)
    if st.session_state.get(_REFUSED):
        st.error(st.session_state[_REFUSED], icon=":material/table:")
    if isinstance(own, Table):
        said = f"{own.n_rows:,} rows and {len(own.columns)} columns are on the page."
        st.success(" ".join((said, *own.notes)))
    else:
        st.info("An own table is not part of the address. Until you bring one: the 534 workers.")
    st.caption(OWN_STAYS)


def _open() -> None:
    """Through the checked door; refused, the table before stays."""
    upload = st.session_state[_FILE]
    if upload is None:
        return
    try:
        table = open_table(upload.getvalue(), upload.name)
    except TableError as error:
        st.session_state[_REFUSED] = str(error)
        return
    adopt_own(table)


def adopt_own(table: Table) -> None:
    """Put an own table on the page: its last column is to be predicted from the others."""
    st.session_state[_OWN], st.session_state[_REFUSED] = table, ""
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_TARGET] = table.names[-1]
    st.session_state[_INPUTS] = list(table.names[:-1])
    st.session_state[settings.TABLE_CHOICE.name] = settings.OWN


def _move_target(target_key: str, inputs_key: str) -> None:
    """What is to be predicted is no input any more; what was to be predicted becomes one."""
    target, before = st.session_state[target_key], st.session_state.get(_BEFORE)
    inputs = [name for name in st.session_state[inputs_key] if name != target]
    if before is not None and before != target and before not in inputs:
        inputs.append(before)
    st.session_state[inputs_key] = inputs
