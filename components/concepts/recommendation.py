"""What to try first on some data, and why: the rules as tables.

The rules are rules of thumb, not laws. They never ask for less depth when there is more data, and
never for deep learning on a small table; the tests hold them to that.
"""

from dataclasses import dataclass
from enum import IntEnum

MAX_POWER = 7  # examples are counted in powers of ten, up to ten million


class Method(IntEnum):
    """What to try, from the least deep to the deepest."""

    LABEL_FIRST = 0
    LINEAR = 1
    TREES = 2
    NEW_HEAD = 3
    FINE_TUNE = 4
    OWN_NETWORK = 5

    @property
    def is_deep(self) -> bool:
        """Whether a deep network is in it, trained by you or by others."""
        return self >= Method.NEW_HEAD


TITLES = {
    Method.LABEL_FIRST: "Label some examples first",
    Method.LINEAR: "A linear model",
    Method.TREES: "Boosted trees",
    Method.NEW_HEAD: "A pretrained network with a new last layer",
    Method.FINE_TUNE: "A pretrained network, fine-tuned",
    Method.OWN_NETWORK: "A deep network of your own",
}

KINDS = {
    "table": "A table of numbers and categories",
    "pictures": "Pictures or video",
    "sound": "Sound",
    "text": "Text",
}
LABELS = {"all": "All", "some": "One in ten", "none": "None"}
COMPUTE = {"laptop": "A laptop", "gpu": "One GPU", "cluster": "Many GPUs"}
SHARE_OF_LABELS = {"all": 1.0, "some": 0.1, "none": 0.0}


@dataclass(frozen=True)
class DataDescription:
    """What somebody has: the kind of data, how many examples, how many of them have labels, what
    there is to compute with, and whether each answer must be explained. The words are the keys of
    `KINDS`, `LABELS` and `COMPUTE`."""

    kind: str
    n_examples: int
    labels: str = "all"
    compute: str = "laptop"
    explain: bool = False

    @property
    def n_labelled(self) -> int:
        """How many examples can be learnt from."""
        return int(self.n_examples * SHARE_OF_LABELS[self.labels])


@dataclass(frozen=True)
class Step:
    """From `at_least` labelled examples on, `method`, because of `reason`."""

    at_least: int
    method: Method
    reason: str


_TOO_FEW = "With so few labelled examples nobody can even tell whether a model works."
_SENSES = (
    Step(0, Method.LABEL_FIRST, _TOO_FEW),
    Step(
        30,
        Method.NEW_HEAD,
        "Somebody has trained a network on millions of such examples. Its features fit yours, and "
        "a new last layer needs few labels.",
    ),
    Step(
        2_000,
        Method.FINE_TUNE,
        "There are enough labels to adjust a pretrained network to your data, carefully.",
    ),
    Step(
        1_000_000,
        Method.OWN_NETWORK,
        "So much data can teach a network its features from nothing. Compare it with a fine-tuned "
        "one all the same.",
    ),
)

BY_KIND: dict[str, tuple[Step, ...]] = {
    "table": (
        Step(0, Method.LABEL_FIRST, _TOO_FEW),
        Step(
            30,
            Method.LINEAR,
            "On a small table a linear model is hard to beat: it has few weights to learn, and "
            "little to learn by heart.",
        ),
        Step(
            1_000,
            Method.TREES,
            "The columns of a table mean something already. Trees find thresholds and "
            "interactions among them, and need no scaling.",
        ),
        Step(
            1_000_000,
            Method.OWN_NETWORK,
            "With so many rows a network can keep up with trees. Measure both, and keep the "
            "simpler one if they tie.",
        ),
    ),
    "pictures": _SENSES,
    "sound": _SENSES,
    "text": _SENSES,
}


@dataclass(frozen=True)
class Ceiling:
    """Nothing deeper than `method` where `applies` holds, because of `reason`."""

    method: Method
    reason: str


ON_A_LAPTOP = {
    True: Ceiling(Method.TREES, "Without a GPU, stay with trees: they train in minutes."),
    False: Ceiling(
        Method.NEW_HEAD,
        "Without a GPU, keep the pretrained network as it is: a last layer trains in minutes.",
    ),
}
ON_ONE_GPU = Ceiling(
    Method.FINE_TUNE,
    "One GPU fine-tunes a network in hours. From nothing, on so much data, it takes weeks.",
)
TO_EXPLAIN = {
    True: Ceiling(Method.LINEAR, "Each answer must be explained: a linear model shows its sum."),
    False: Ceiling(
        Method.NEW_HEAD,
        "Each answer must be explained. A linear layer on frozen features at least shows its sum; "
        "what its features mean stays unclear, so let a person decide.",
    ),
}


@dataclass(frozen=True)
class Recommendation:
    """What to try first, why, and what else to mind. `held_back_from` is the deeper method that
    the amount of data alone would allow, None where nothing stands against it."""

    method: Method
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    held_back_from: Method | None

    @property
    def title(self) -> str:
        """The method in words."""
        return TITLES[self.method]


def recommend(data: DataDescription) -> Recommendation:
    """The first thing to try on this data. Raises KeyError for words outside the tables."""
    step = [each for each in BY_KIND[data.kind] if data.n_labelled >= each.at_least][-1]
    method, reasons = step.method, [step.reason]
    for ceiling in _ceilings(data):
        if ceiling.method < method:
            method = ceiling.method
            reasons.append(ceiling.reason)
    held_back = step.method if method < step.method else None
    return Recommendation(method, tuple(reasons), tuple(_cautions(data, method)), held_back)


def _ceilings(data: DataDescription) -> list[Ceiling]:
    is_table = data.kind == "table"
    ceilings = []
    if data.compute == "laptop":
        ceilings.append(ON_A_LAPTOP[is_table])
    elif data.compute == "gpu" and not is_table:
        ceilings.append(ON_ONE_GPU)
    if data.explain:
        ceilings.append(TO_EXPLAIN[is_table])
    return ceilings


def _cautions(data: DataDescription, method: Method) -> list[str]:
    cautions = []
    if data.labels == "some" and method > Method.LABEL_FIRST:
        cautions.append(f"Only {data.n_labelled:,} examples count: those with labels.")
    if data.labels == "none":
        cautions.append("No labels: a hundred, made with care, are worth more than a larger model.")
    if method > Method.LINEAR:
        cautions.append("Fit a linear model first anyway. It is what the other has to beat.")
    elif method == Method.LINEAR:
        cautions.append("Hold some examples back, and count how often it is right on those.")
    return cautions


def next_step(data: DataDescription) -> tuple[int, Method] | None:
    """How many labelled examples the next deeper method would take, and which that is; None
    where more data would not change the recommendation."""
    now = recommend(data).method
    for step in BY_KIND[data.kind]:
        more = DataDescription(data.kind, step.at_least, "all", data.compute, data.explain)
        if step.at_least > data.n_labelled and recommend(more).method > now:
            return step.at_least, recommend(more).method
    return None
