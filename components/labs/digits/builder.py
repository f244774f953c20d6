"""Build your own network, layer by layer: one row of widgets a layer.

The network lives as one word in the session state, `LAYERS`, which is also what stands in the
URL. Every row is drawn from that word, and every change of a row writes it anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
    low: int
    high: int
    step: int
    value: int
    changed: Callable[[int], Layer]


def show_builder(disabled: bool) -> None:
    """Draw a row for each layer of the network in the session state, and a row to add one."""
    layers = from_text(st.session_state[LAYERS]).layers
    for position, layer in enumerate(layers):
        _show_row(layers, position, layer, disabled)
    with st.container(horizontal=True):
        for kind, layer in NEW_LAYERS.items():
            st.button(
                f"+ {kind}",
                key=f"add_{kind}",
                disabled=disabled or len(layers) >= MAX_LAYERS,
                on_click=_store,
                args=((*layers, layer),),
            )
    st.caption("Last comes the output layer, always: dense, 10 nodes, softmax.")


def _show_row(layers: tuple[Layer, ...], position: int, layer: Layer, disabled: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"layer_row_{position}"):
        st.markdown(f"**{position + 1}** {_kind(layer)}", width=150)
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
                width=120,
                disabled=disabled,
                on_change=_store_field,
                args=(layers, position, field, number),
            )
        if isinstance(layer, Conv2D | Dense):
            activation = renewed_field(f"layer_{position}_activation", layer.activation)
            st.selectbox(
                "activation",
                ACTIVATIONS,
                ACTIVATIONS.index(activation.start),
                key=activation.key,
                width=120,
                disabled=disabled,
                on_change=_store_activation,
                args=(layers, position, layer, activation),
            )
        st.button(
            "Up",
            key=f"up_{position}",
            disabled=disabled or position == 0,
            help=f"Move layer {position + 1} up",
            on_click=_store,
            args=(_swapped(layers, position),),
        )
        st.button(
            "Remove",
            key=f"remove_{position}",
            disabled=disabled,
            help=f"Remove layer {position + 1}",
            on_click=_store,
            args=(layers[:position] + layers[position + 1 :],),
        )


def _fields(layer: Layer) -> tuple[_Field, ...]:
    match layer:
        case Conv2D() as conv:
            return (
                _Field(
                    "filters", 1, MAX_FILTERS, 1, conv.filters, lambda v: replace(conv, filters=v)
                ),
                _Field(
                    "kernel size", 1, 9, 1, conv.kernel_size, lambda v: replace(conv, kernel_size=v)
                ),
            )
        case MaxPooling2D(pool_size):
            return (_Field("window", 2, 7, 1, pool_size, MaxPooling2D),)
        case Dropout(rate):
            percent = round(100 * rate)
            return (_Field("silenced, %", 0, 90, 5, percent, lambda v: Dropout(v / 100)),)
        case Dense() as dense:
            return (
                _Field("nodes", 1, MAX_UNITS, 1, dense.units, lambda v: replace(dense, units=v)),
            )
    return ()


def _kind(layer: Layer) -> str:
    return next(name for name, new in NEW_LAYERS.items() if type(new) is type(layer))


def _swapped(layers: tuple[Layer, ...], position: int) -> tuple[Layer, ...]:
    if position == 0:
        return layers
    above, here = layers[position - 1], layers[position]
    return (*layers[: position - 1], here, above, *layers[position + 1 :])


def _store(layers: tuple[Layer, ...]) -> None:
    st.session_state[LAYERS] = to_text(DigitNetwork("My own network", layers))


def _store_field(
    layers: tuple[Layer, ...], position: int, field: _Field, number: RenewedField[int]
) -> None:
    if number.is_there:
        changed = field.changed(number.said)
        _store((*layers[:position], changed, *layers[position + 1 :]))


def _store_activation(
    layers: tuple[Layer, ...],
    position: int,
    layer: Conv2D | Dense,
    activation: RenewedField[str],
) -> None:
    if activation.is_there:
        changed = replace(layer, activation=activation.said)
        _store((*layers[:position], changed, *layers[position + 1 :]))
