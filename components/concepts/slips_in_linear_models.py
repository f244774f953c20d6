"""The usual slips when the question is what an interaction is worth in a linear model."""

from components.concepts.linear_model import LinearModel, Pair
from components.concepts.slips import Slip
from components.concepts.written_sums import number


def interaction(model: LinearModel, pair: Pair) -> float:
    """How much more one more of the first input is worth where the second is 1, and not 0.

    0 without a product term of the two.
    """
    weights = dict(zip(model.products, model.product_weights, strict=True))
    return weights.get(pair, 0.0)


def slips_in_interaction(model: LinearModel, pair: Pair) -> tuple[Slip, ...]:
    """What the usual slips give when `interaction` is asked for; the more usual ones first."""
    first, second = pair
    one, other = model.input_names[first], model.input_names[second]
    worth, there = model.weights[first], model.weights[second]
    more = interaction(model, pair)
    return (
        Slip(f"gave what a year of {one} is worth where {other} is 0, {number(worth)}", worth),
        Slip(
            f"gave what a year of {one} is worth where {other} is 1, and not how much more",
            worth + more,
        ),
        Slip(f"gave the weight of {other}: what it is worth without any {one}", there),
        Slip(f"added the weights of {one} and {other}", worth + there),
        Slip(f"took the weight of {other} for that of the product", there - worth),
        Slip("took the difference the wrong way round", -more),
        Slip("gave the bias", model.bias),
    )
