"""The settings of the lab, declared once: widgets, URL and tests read this table."""

from components.concepts.data_appetite import LEARNERS, LIVE, MATERIALS, MAX_SEED, Check
from components.concepts.recommendation import COMPUTE, KINDS, LABELS, MAX_POWER, DataDescription
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice, Number, Setting

DATA = Choice("data", "Data", "digits", {key: each.title for key, each in MATERIALS.items()})
MODEL = Choice("model", "Model", "linear", {key: LEARNERS[key].title for key in LIVE})
EXAMPLES = Number(
    "examples",
    "Examples",
    300,
    min(each.sizes[0] for each in MATERIALS.values()),
    max(each.sizes[-1] for each in MATERIALS.values()),
    step=50,
    help="How many the model is shown. It is tested on others.",
)
SEED = Number(
    "seed", "Seed", 7, 0, MAX_SEED, help="Which examples are drawn, and the start weights."
)

KIND = Choice("kind", "What is it?", "pictures", KINDS)
SIZE = Choice(
    "size",
    "How many examples?",
    "3",
    {str(power): f"{10**power:,}" for power in range(1, MAX_POWER + 1)},
)
LABELLED = Choice("labels", "How many have labels?", "all", LABELS)
MACHINE = Choice("compute", "What computes?", "laptop", COMPUTE)
EXPLAIN = Choice(
    "explain", "Must each answer be explained?", "no", {"no": "No", "yes": "Yes, one by one"}
)

CHECKED: tuple[Setting, ...] = (DATA, MODEL, EXAMPLES, SEED)
DESCRIBED: tuple[Setting, ...] = (KIND, SIZE, LABELLED, MACHINE, EXPLAIN)
TABLE: tuple[Setting, ...] = (*CHECKED, *DESCRIBED)


def check_on_page() -> Check:
    """The point that the settings describe; a field that was emptied counts as its default."""
    return Check(value_of(DATA), value_of(MODEL), value_of(EXAMPLES), value_of(SEED))


def description_on_page() -> DataDescription:
    """The data that the settings describe."""
    return DataDescription(
        value_of(KIND),
        10 ** int(value_of(SIZE)),
        value_of(LABELLED),
        value_of(MACHINE),
        value_of(EXPLAIN) == "yes",
    )
