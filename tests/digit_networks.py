"""Random networks that can be built, for tests of properties."""

from hypothesis import assume
from hypothesis import strategies as st

from components.concepts.digit_network import (
    ACTIVATIONS,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    NetworkError,
    summarize,
)

activations = st.sampled_from(ACTIVATIONS)
dropouts: st.SearchStrategy[Layer] = st.integers(0, 90).map(lambda percent: Dropout(percent / 100))
norms: st.SearchStrategy[Layer] = st.just(BatchNormalization())
map_layers: st.SearchStrategy[Layer] = st.one_of(
    st.builds(
        Conv2D,
        st.integers(1, 6),
        st.integers(1, 7),
        activations,
        st.sampled_from(["valid", "same"]),
    ),
    st.builds(MaxPooling2D, st.integers(2, 4)),
    norms,
    dropouts,
)
row_layers: st.SearchStrategy[Layer] = st.one_of(
    st.builds(Dense, st.integers(1, 12), activations), norms, dropouts
)


@st.composite
def networks(draw: st.DrawFn) -> DigitNetwork:
    """A network whose layers fit together."""
    maps = draw(st.lists(map_layers, max_size=4))
    row = draw(st.lists(row_layers, max_size=3))
    network = DigitNetwork("Random network", (*maps, Flatten(), *row))
    try:
        summarize(network)
    except NetworkError:
        assume(False)
    return network
