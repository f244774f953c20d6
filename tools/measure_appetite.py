"""Makes assets/accuracy_by_data.json: accuracy against the number of examples, measured.

    python -m tools.measure_appetite                 # the Keras models
    pip install scikit-learn
    python -m tools.measure_appetite trees           # boosted trees, for the table
    python -m tools.measure_appetite keras digits    # one kind of examples alone

Each point is trained from nothing, once for each seed, exactly as the page measures one more
(`models.appetite`), and tested on examples that no training saw. Boosted trees, measured on the
table alone, are scikit-learn's HistGradientBoostingClassifier. The app does not need
scikit-learn, and the second command does not need Keras. A command keeps what the other found.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from components.concepts.data_appetite import (
    ASSETS,
    LIVE,
    MATERIALS,
    MEASURED_FILE,
    SEEDS,
    Check,
    wage_examples,
)

TARGET = ASSETS / MEASURED_FILE
MIN_LEAF = 5  # examples in a leaf of a tree; with the usual 20, trees learn nothing from 20


def main(what: str, materials: Sequence[str]) -> None:
    """Measure the Keras models or the trees, and write what was found beside the rest."""
    measure = _trees if what == "trees" else _keras
    found = []
    for check in _checks(what, materials):
        began = time.perf_counter()
        found.append((check, round(measure(check), 4)))
        print(f"{check}: {found[-1][1]} in {time.perf_counter() - began:.1f} s", flush=True)
    record = json.loads(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    packages = ("scikit-learn",) if what == "trees" else ("keras", "tensorflow")
    record["versions"] = record.get("versions", {}) | {name: version(name) for name in packages}
    record["seeds"] = list(SEEDS)
    for check, accuracy in found:
        _put(record.setdefault("accuracies", {}), check, accuracy)
    TARGET.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", "utf-8")


def _checks(what: str, materials: Sequence[str]) -> Iterator[Check]:
    for material in (MATERIALS[key] for key in materials):
        wanted = ("trees",) if what == "trees" else LIVE
        for learner in (key for key in material.learners if key in wanted):
            for n in material.sizes:
                for seed in SEEDS:
                    yield Check(material.key, learner, n, seed)


def _put(
    accuracies: dict[str, dict[str, dict[str, list[float]]]], check: Check, accuracy: float
) -> None:
    """Keep one accuracy under material, learner, size; in the order of the seeds."""
    sizes = accuracies.setdefault(check.material, {}).setdefault(check.learner, {})
    kept = [] if check.seed == SEEDS[0] else sizes[str(check.n_examples)]
    sizes[str(check.n_examples)] = [*kept, accuracy]


def _keras(check: Check) -> float:
    from components.models.appetite import measure
    from components.models.control import Control

    accuracy = measure(check, lambda event: None, Control())
    assert accuracy is not None
    return accuracy


def _trees(check: Check) -> float:
    from sklearn.ensemble import HistGradientBoostingClassifier

    examples = wage_examples(check.n_examples, check.seed)
    trees = HistGradientBoostingClassifier(
        random_state=check.seed, min_samples_leaf=MIN_LEAF, early_stopping=False
    )
    trees.fit(examples.train_inputs, examples.train_labels)
    return float(trees.score(examples.test_inputs, examples.test_labels))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "keras", sys.argv[2:] or list(MATERIALS))
