"""The classic stories of the playground: settings that tell one, and what to watch for."""

from dataclasses import dataclass, replace

from components.concepts.playground import PlaygroundPlan


@dataclass(frozen=True)
class Story:
    """A plan with a name, and what to watch for in a sentence or two."""

    title: str
    plan: PlaygroundPlan
    watch: str
    show_test: bool = False


_XOR = PlaygroundPlan(data="xor", hidden=(), learning_rate=0.3)
_SPIRAL = PlaygroundPlan(
    data="spiral", hidden=(8, 8, 8), optimiser="adam", learning_rate=0.01, batch_size=25
)
_NOISE = PlaygroundPlan(
    data="circle",
    noise=40,
    share=20,
    hidden=(8, 8, 8),
    optimiser="adam",
    learning_rate=0.01,
    batch_size=25,
)

STORIES: dict[str, Story] = {
    "circle": Story(
        "A circle, to begin with",
        PlaygroundPlan(),
        "Press Play. Each node draws a soft line; together they close a ring.",
    ),
    "line": Story(
        "A line can't do exclusive-or",
        _XOR,
        "Without a hidden layer the border is one straight line. Both losses stay near 0.69, "
        "which is what guessing costs.",
    ),
    "one_layer": Story(
        "One hidden layer can",
        replace(_XOR, hidden=(4,)),
        "Four nodes, four lines: the output puts the corners together.",
    ),
    "few": Story(
        "A spiral is too much for four nodes",
        replace(_SPIRAL, hidden=(4,)),
        "The border bends, but not often enough: the loss gets stuck.",
    ),
    "spiral": Story(
        "A spiral needs more",
        _SPIRAL,
        "Three layers: lines, then bands, then arms. The loss falls in sudden drops.",
    ),
    "noise": Story(
        "Noise and overfitting",
        _NOISE,
        "Few points, much noise, a big network: the training loss goes to 0, and the test loss "
        "turns and climbs. It learns the noise by heart.",
        show_test=True,
    ),
    "cure": Story(
        "The cure: regularisation",
        replace(_NOISE, penalty="l2", penalty_rate=0.01),
        "The same with a price on large weights (L2): the border is smooth, and the test loss "
        "stays down.",
        show_test=True,
    ),
    "bumps": Story(
        "Hills and hollows (regression)",
        PlaygroundPlan(
            data="bumps", hidden=(8, 6), optimiser="adam", learning_rate=0.01, batch_size=25
        ),
        "The output is a number now, and the loss its squared error.",
    ),
    "too_fast": Story(
        "A learning rate that is too large",
        PlaygroundPlan(data="bumps", hidden=(6, 6), activation="relu", learning_rate=2.0),
        "Each step overshoots: nodes die, or the weights run off.",
    ),
}
