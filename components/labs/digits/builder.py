"""Build your own network, layer by layer: one row of widgets a layer.

The network lives as one word in the session state, `LAYERS`, which is also what stands in the
URL. Every row is drawn from that word, and every change of a row writes it anew: from the word as
it then stands, for two changes may come before the rows are drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components.concepts.digit_network import (
    ACTIVATIONS,
    MAX_FILTERS,
    MAX_LAYERS,
    MAX_UNITS,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
)
from components.concepts.digit_network_text import from_text, to_text
from components.widgets.renewed_fields import RenewedField, renewed_field

LAYERS = "layers"

# px; a phone has room for a name, a number and the two buttons in one line
NAME_WIDTH, NUMBER_WIDTH, LIST_WIDTH = 104, 94, 120

NEW_LAYERS: dict[str, Layer] = {
    "Convolution": Conv2D(8, 3),
    "Max-pool": MaxPooling2D(2),
    "Batch normalization": BatchNormalization(),
    "Dropout": Dropout(0.3),
    "Flatten": Flatten(),
    "Dense": Dense(50),
}


@dataclass(frozen=True)
class _Field:
    """A number of a layer that a row lets you change."""

    label: str
    attribute: str
    low: int
    high: int
    step: int
    value: int
    as_attribute: Callable[[int], float] = int


def show_builder(disabled: bool) -> None:
    """Draw a row for each layer of the network in the session state, and a row to add one."""
    layers = _layers()
    for position, layer in enumerate(layers):
        _show_row(position, layer, disabled)
    with st.container(horizontal=True):
        for kind in NEW_LAYERS:
            st.button(
                f"+ {kind}",
                key=f"add_{kind}",
                disabled=disabled or len(layers) >= MAX_LAYERS,
                on_click=_add,
                args=(kind,),
            )
    st.caption("Last comes the output layer, always: dense, 10 nodes, softmax.")


def _show_row(position: int, layer: Layer, disabled: bool) -> None:
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"layer_row_{position}"
    ):
        st.markdown(f"**{position + 1}** {_kind(layer)}", width=NAME_WIDTH)
        for field in _fields(layer):
            number = renewed_field(f"layer_{position}_{field.label}", field.value)
            st.number_input(
                field.label,
                # A number that came with the URL may be out of range; the sentence about it
                # stands by the diagram, and the field still has to show it.
                min(field.low, field.value, number.start),
                max(field.high, field.value, number.start),
                number.start,
                field.step,
                key=number.key,
                width=NUMBER_WIDTH,
                disabled=disabled,
                on_change=_store_field,
                args=(position, layer, field.attribute, number, field.as_attribute),
            )
        if isinstance(layer, Conv2D | Dense):
            activation = renewed_field(f"layer_{position}_activation", layer.activation)
            st.selectbox(
                "activation",
                ACTIVATIONS,
                ACTIVATIONS.index(activation.start),
                key=activation.key,
                width=LIST_WIDTH,
                disabled=disabled,
                on_change=_store_field,
                args=(position, layer, "activation", activation),
            )
        st.button(
            "Up",
            key=f"up_{position}",
            disabled=disabled or position == 0,
            help=f"Move layer {position + 1} up",
            on_click=_move_up,
            args=(position,),
        )
        st.button(
            "Remove",
            key=f"remove_{position}",
            disabled=disabled,
            help=f"Remove layer {position + 1}",
            on_click=_remove,
            args=(position,),
        )


def _fields(layer: Layer) -> tuple[_Field, ...]:
    match layer:
        case Conv2D(filters, kernel_size):
            return (
                _Field("filters", "filters", 1, MAX_FILTERS, 1, filters),
                _Field("kernel size", "kernel_size", 1, 9, 1, kernel_size),
            )
        case MaxPooling2D(pool_size):
            return (_Field("window", "pool_size", 2, 7, 1, pool_size),)
        case Dropout(rate):
            percent = round(100 * rate)
            return (
                _Field("silenced, %", "rate", 0, 90, 5, percent, lambda percent: percent / 100),
            )
        case Dense(units):
            return (_Field("nodes", "units", 1, MAX_UNITS, 1, units),)
    return ()


def _kind(layer: Layer) -> str:
    return next(name for name, new in NEW_LAYERS.items() if type(new) is type(layer))


def _layers() -> tuple[Layer, ...]:
    return from_text(st.session_state[LAYERS]).layers


def _store(*layers: Layer) -> None:
    st.session_state[LAYERS] = to_text(DigitNetwork("My own network", layers))


def _add(kind: str) -> None:
    layers = _layers()
    if len(layers) < MAX_LAYERS:
        _store(*layers, NEW_LAYERS[kind])


def _remove(position: int) -> None:
    layers = _layers()
    _store(*layers[:position], *layers[position + 1 :])


def _move_up(position: int) -> None:
    layers = list(_layers())
    if 0 < position < len(layers):
        layers.insert(position - 1, layers.pop(position))
        _store(*layers)


def _store_field(
    position: int,
    drawn: Layer,
    attribute: str,
    field: RenewedField[Any],
    as_attribute: Callable[[Any], Any] = lambda said: said,
) -> None:
    layers = _layers()
    if field.is_there and position < len(layers) and type(layers[position]) is type(drawn):
        changed = replace(layers[position], **{attribute: as_attribute(field.said)})
        _store(*layers[:position], changed, *layers[position + 1 :])
