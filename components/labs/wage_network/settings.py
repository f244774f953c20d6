"""The settings of the wage network, declared once: sliders, URL and tests read this table.

Lessons 1.2, 1.3 and 1.5 have the same eight weights and two inputs, by the same names, so a
network set by hand on one page can be taken along to the next.
"""

from collections.abc import Mapping

from components.concepts.dense_network import DenseNetwork, ForwardTrace, forward
from components.concepts.wage_network import EDGES, WEIGHT_NAMES, WORKSHOP_WEIGHTS, wage_network
from components.figures.network_preview import NetworkPreview, preview_of
from components.widgets.live_slider import SliderSetting

BIAS_RANGE = 40.0  # the biases have to make up for some twelve years of education
WEIGHT_RANGE = 20.0


def _weight(name: str) -> SliderSetting:
    """The slider of one weight; it stands under the node that the weight leads to."""
    edge = EDGES[name]
    network = wage_network()
    end = "the wage" if edge.layer else f"hidden node {edge.end + 1}"
    is_bias = edge.start is None
    limit = BIAS_RANGE if is_bias else WEIGHT_RANGE
    return SliderSetting(
        name,
        network.start_name(edge),
        WORKSHOP_WEIGHTS[name],
        -limit,
        limit,
        step=1.0 if is_bias else 0.5,
        group=f"To {end}",
        signed=True,
    )


WEIGHTS: tuple[SliderSetting, ...] = tuple(_weight(name) for name in WORKSHOP_WEIGHTS)
EDUCATION = SliderSetting("education", "education (years)", 12.0, 0.0, 20.0, group="Inputs")
TECH = SliderSetting("tech", "tech job (0 or 1)", 1.0, 0.0, 1.0, group="Inputs")
INPUTS: tuple[SliderSetting, ...] = (EDUCATION, TECH)
TABLE: tuple[SliderSetting, ...] = INPUTS + WEIGHTS


def network_of(values: Mapping[str, float], activation: str = "relu") -> DenseNetwork:
    """The wage network with these settings; other names in `values` are ignored."""
    return wage_network({name: values[name] for name in WORKSHOP_WEIGHTS}, activation)


def trace_of(values: Mapping[str, float], activation: str = "relu") -> ForwardTrace:
    """The forward pass of the wage network with these settings."""
    return forward(network_of(values, activation), inputs_of(values))


def inputs_of(values: Mapping[str, float]) -> tuple[float, float]:
    """Education in years and tech job, as the network takes them."""
    return values[EDUCATION.name], values[TECH.name]


def preview(network: DenseNetwork) -> NetworkPreview | None:
    """What lets a drawing of this network follow the sliders at once; see `network_preview`."""
    return preview_of(network, WEIGHT_NAMES, [setting.name for setting in INPUTS])
