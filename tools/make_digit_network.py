"""Makes assets/digit_network.npz: the workshop's network at three moments of its training.

    python -m tools.make_digit_network

It trains as the page "Train on MNIST" does with its recommended settings, on the 4,000 bundled
digits, and keeps the weights before, during and after in half precision.
"""

import hashlib

import numpy as np

from components.concepts.moments import pick_moments
from components.concepts.recipes import recommended_plan
from components.concepts.training import TrainingRecord
from components.models.bundled_digits import WEIGHTS_PATH, load_digit_network
from components.models.control import Control
from components.models.digits import load_digits
from components.models.training import train_digits


def main() -> None:
    """Train, write, measure, and print what was made."""
    trained = train_digits(recommended_plan("workshop", "sample"), TrainingRecord().add, Control())
    kept = {checkpoint.step: checkpoint for checkpoint in trained.checkpoints}
    moments = pick_moments(list(kept), [each.epoch for each in kept.values()])
    weights = np.stack([np.frombuffer(kept[m.step].weights, np.float16) for m in moments])
    arrays = {
        "weights": weights,
        "steps": np.array([moment.step for moment in moments]),
        "epochs": np.array([moment.epoch for moment in moments]),
    }
    np.savez_compressed(WEIGHTS_PATH, **arrays)  # type: ignore[arg-type]
    digits = load_digits("sample")
    accuracies = []
    for moment in moments:
        model = load_digit_network(moment.key)
        read = np.asarray(model.predict(digits.validation_images, verbose=0)).argmax(axis=1)
        accuracies.append(float((read == digits.validation_labels).mean()))
        print(f"{moment.key}: step {moment.step}, {accuracies[-1]:.3f}")
    np.savez_compressed(WEIGHTS_PATH, **arrays, accuracies=np.array(accuracies))  # type: ignore[arg-type]
    written = WEIGHTS_PATH.read_bytes()
    print(f"{len(written):,} bytes, sha256 {hashlib.sha256(written).hexdigest()}")


if __name__ == "__main__":
    main()
