"""The usual mistakes in a first model: how to make each, and what it comes to, in a sentence."""

from dataclasses import dataclass

from components.concepts.baseline import write_error
from components.concepts.examples import CLASSIFICATION, REGRESSION, Examples
from components.concepts.first_model import LOSSES, RECIPES, FirstPlan

SHAPE, SOFTMAX, UNSCALED, LOSS = "shape", "softmax", "unscaled", "loss"
MISTAKES = {
    SHAPE: "Wrong input shape",
    SOFTMAX: "Softmax with one output",
    UNSCALED: "Forget to scale",
    LOSS: "A loss that does not fit",
}
UNFIT_LOSS = {
    REGRESSION: "categorical_crossentropy",
    CLASSIFICATION: "sparse_categorical_crossentropy",
}
UNEVEN = 10  # times; spreads of inputs that differ by more are worth a word


@dataclass(frozen=True)
class Mistake:
    """`what` says in one sentence what is wrong, `cure` what to change."""

    name: str
    what: str
    cure: str


def mistakes_in(plan: FirstPlan, examples: Examples) -> tuple[Mistake, ...]:
    """The mistakes that are in this plan, worked out from it; the gravest first."""
    found = (_shape(plan), _softmax(plan), _loss(plan), _unscaled(plan, examples))
    return tuple(mistake for mistake in found if mistake is not None)


def _shape(plan: FirstPlan) -> Mistake | None:
    if not plan.wrong_shape:
        return None
    return Mistake(
        SHAPE,
        f"The network waits for rows of {plan.input_shape} numbers, and a row of your table "
        f"has {plan.n_inputs}.",
        f"Write `keras.Input(({plan.n_inputs},))`: the number of columns, without the rows.",
    )


def _softmax(plan: FirstPlan) -> Mistake | None:
    if not plan.softmax_of_one:
        return None
    what = (
        "A softmax shares 1 out among the outputs, and with one output that is always 1: "
        "whatever goes in, the network says 1."
    )
    if plan.task == CLASSIFICATION:
        return Mistake(SOFTMAX, what, f"Give it {plan.n_classes} outputs, one for each class.")
    return Mistake(SOFTMAX, what, "Leave the activation of the output out: `Dense(1)`.")


def _loss(plan: FirstPlan) -> Mistake | None:
    title, fits = LOSSES[plan.loss], RECIPES[plan.task].loss
    is_classes = plan.loss.endswith("crossentropy")
    cure = f'Write `loss="{fits}"`.'
    if plan.task == REGRESSION and is_classes:
        return Mistake(
            LOSS,
            f"The {title} compares the probabilities of classes, and the target is one number.",
            cure,
        )
    if plan.loss == "sparse_categorical_crossentropy":
        return Mistake(
            LOSS,
            f"The {title} wants the number of the class (0, 1, …), and the targets come as "
            f"{plan.n_classes} columns of 0 and 1.",
            cure,
        )
    if plan.task == CLASSIFICATION and not is_classes:
        return Mistake(
            LOSS,
            f"The {title} is made for numbers: a probability of 0 for the right class costs it "
            "1 and no more, so it hardly corrects what is quite wrong.",
            cure,
        )
    return None


def _unscaled(plan: FirstPlan, examples: Examples) -> Mistake | None:
    if plan.scale:
        return None
    spreads = examples.scaling[1]
    ratio = float(spreads.max() / spreads.min())
    if ratio < UNEVEN:
        what = (
            "The inputs are not scaled; here their spreads are alike "
            f"(a factor of {ratio:.1f}), so it need not hurt."
        )
    else:
        what = (
            f"The inputs are not scaled: one spreads {ratio:,.0f} times as wide as another, so "
            "a few large columns drown the others, and the steps zigzag."
        )
    return Mistake(UNSCALED, what, "Subtract each column's mean and divide by its spread.")


def outcome(examples: Examples, error: float | None, before: tuple[str, float] | None) -> str:
    """What the mistake came to: the error with it, beside that of a run without it."""
    if error is None:
        return ""
    text = f"With it the error is {write_error(examples, error)}"
    if before is not None:
        text += f"; run {before[0]}, without it, had {write_error(examples, before[1])}"
    return f"{text}."
