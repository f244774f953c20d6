"""What a run says while it goes on, as a Keras callback, and how it obeys its `Control`."""

import math
import time
from collections.abc import Callable

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.training import Event, TrainingPlan
from components.models.architectures import first_kernels
from components.models.control import Control
from components.models.digits import Digits
from components.models.reading import Checkpoint, pack_weights

Report = Callable[[Event], None]

EVENT_SECONDS = 0.12  # about eight batch events a second
SNAPSHOT_SECONDS = 0.5  # at least this long between two looks at the network within an epoch …
SNAPSHOT_SHARE = 0.02  # … and at most this share of the training time
PROBE = 1_000  # digits looked at within an epoch; at its end it is the whole validation set
CHECKPOINTS = 12
PAUSE_POLL_SECONDS = 0.2
HOPELESS_LOSS = 1e4  # guessing among ten classes has a loss of 2.3
SMALLEST_PROBABILITY = 1e-7  # what Keras's cross-entropy clips to as well


class ProgressCallback(keras.callbacks.Callback):
    """Reports batches, epochs and snapshots of a run, and carries out the learner's wishes.

    `copy` is a second network of the same shape, in full precision, that takes over the weights
    at every snapshot: whoever looks at the network while it trains looks at the copy. It only
    ever holds finite weights.
    """

    def __init__(
        self,
        plan: TrainingPlan,
        digits: Digits,
        copy: keras.Model,
        report: Report,
        control: Control,
    ) -> None:
        super().__init__()
        self.copy = copy
        self.checkpoints: list[Checkpoint] = []
        self._plan, self._digits = plan, digits
        self._report, self._control = report, control
        self._batches = math.ceil(len(digits.train_images) / plan.batch_size)
        self._total = self._batches * plan.epochs
        self._rate = LearningRate(plan, self._total)
        self._clock = RunClock()
        self._epoch = 0
        self._step = 0
        self._window = _Window()
        self._last_event = self._last_snapshot = 0.0
        self._snapshot_cost = 0.0
        self._looked_at = -1
        self._how, self._message = "finished", ""

    # Keras calls these.

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        """The network as it is before it has seen a digit."""
        self._clock.start()
        self._look(self._probe())

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Keras's running means start anew with every epoch."""
        self._epoch = epoch
        self._window = _Window()

    def on_train_batch_begin(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """The learning rate of the batches that come now."""
        wanted = self._control.take_learning_rate()
        if wanted is not None:
            self._rate.set_now(self._step, wanted)
            self._report({"kind": "learning_rate", "value": wanted})
        _sync(self.model)
        self.model.optimizer.learning_rate = self._rate.at(self._step)

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Say how the last batches went, now and then look at the network, obey."""
        # Keras counts the batches of a last, shorter execution as if it were a full one.
        done = min(batch + 1, self._batches)
        self._step = self._epoch * self._batches + done
        now = self._clock.seconds()
        last_of_epoch = done == self._batches
        if now - self._last_event >= EVENT_SECONDS or last_of_epoch:
            self._say_batch(done, logs or {}, now)
        interval = max(SNAPSHOT_SECONDS, self._snapshot_cost / SNAPSHOT_SHARE)
        if not last_of_epoch and not self._ending and now - self._last_snapshot >= interval:
            self._look(self._probe())
        self._obey(now)

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Read the whole validation set, unless the run broke off within the epoch."""
        if self._how == "diverged" or self._step < (epoch + 1) * self._batches:
            return
        probabilities = self._look(self._digits.validation_images)
        if probabilities is None:
            return
        labels = self._digits.validation_labels
        self._report(
            {
                "kind": "epoch",
                "epoch": epoch + 1,
                "step": self._step,
                "loss": float((logs or {})["loss"]),
                "accuracy": float((logs or {})["accuracy"]),
                "val_loss": cross_entropy(probabilities, labels),
                "val_accuracy": float((probabilities.argmax(1) == labels).mean()),
                "seconds": self._clock.seconds(),
            }
        )

    def say_how_it_ended(self) -> None:
        """The last event of the run; after it the run is silent."""
        if self._how in ("stopped", "budget") and self._step != self._looked_at:
            self._look(self._probe())
        self._report({"kind": "ended", "how": self._how, "message": self._message})

    # Looking and saying.

    @property
    def _ending(self) -> bool:
        return self._how != "finished"

    def _probe(self) -> NDArray[np.uint8]:
        return self._digits.validation_images[:PROBE]

    def _fraction(self) -> float:
        return self._step / self._batches

    def _say_batch(self, done: int, logs: dict[str, float], now: float) -> None:
        loss, accuracy = self._window.since(done, float(logs["loss"]), float(logs["accuracy"]))
        if not math.isfinite(loss) or loss > HOPELESS_LOSS:
            self._diverge()
            return
        speed = self._clock.images_per_second(self._step * self._plan.batch_size)
        batch: Event = {
            "kind": "batch",
            "step": self._step,
            "epoch": self._fraction(),
            "loss": loss,
            "accuracy": accuracy,
            "learning_rate": self._rate.at(self._step),
            "images_per_second": speed,
            "seconds": now,
            "seconds_left": now / self._step * (self._total - self._step),
        }
        self._report(batch)
        self._last_event = now

    def _look(self, images: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """A snapshot over the first validation digits; their probabilities, (n, 10).

        None, and the run ends, where the weights are no numbers any more.
        """
        began = time.perf_counter()
        _sync(self.model)
        weights = self.model.get_weights()
        if not all(np.isfinite(w).all() for w in weights):
            self._diverge()
            return None
        self.copy.set_weights(weights)
        probabilities = read_in_chunks(self.copy, images)
        kernels = first_kernels(self.copy)
        filters = (
            np.zeros((0, 0, 0), np.float32)
            if kernels is None
            else keras.ops.convert_to_numpy(kernels)[:, :, 0, :].astype(np.float32)
        )
        self._report(
            {
                "kind": "snapshot",
                "step": self._step,
                "epoch": self._fraction(),
                "predicted": probabilities.argmax(1).astype(np.uint8).tobytes(),
                "confidence": np.round(255 * probabilities.max(1)).astype(np.uint8).tobytes(),
                "filters": np.ascontiguousarray(filters).tobytes(),
                "filter_shape": list(filters.shape) if filters.size else [],
            }
        )
        self._keep_checkpoint()
        self._looked_at = self._step
        self._snapshot_cost = time.perf_counter() - began
        self._last_snapshot = self._clock.seconds()
        return probabilities

    def _keep_checkpoint(self) -> None:
        """Keep the moment; of too many, drop the one whose neighbours are closest in time."""
        self.checkpoints.append(Checkpoint(self._step, self._fraction(), pack_weights(self.copy)))
        if len(self.checkpoints) > CHECKPOINTS:
            # On a logarithmic scale, since most of the learning happens early.
            moments = [math.log1p(c.step) for c in self.checkpoints]
            gaps = [moments[n + 1] - moments[n - 1] for n in range(1, len(moments) - 1)]
            del self.checkpoints[1 + gaps.index(min(gaps))]

    # Obeying.

    def _obey(self, now: float) -> None:
        if self._ending:
            return
        if self._control.stop_wanted:
            self._end("stopped", "You stopped it; what it has learnt is kept.")
        elif now >= self._plan.seconds:
            self._end(
                "budget",
                f"Its {self._plan.seconds:g} seconds of training were used up; what it has "
                "learnt is kept.",
            )
        elif self._control.pause_wanted:
            self._pause()

    def _pause(self) -> None:
        self._look(self._probe())
        self._report({"kind": "paused"})
        self._clock.stop()
        while not self._control.wait_until_going(PAUSE_POLL_SECONDS):
            pass
        self._clock.start()
        self._report({"kind": "resumed"})
        if self._control.stop_wanted:
            self._obey(self._clock.seconds())

    def _diverge(self) -> None:
        if self._how == "diverged":
            return
        rate = self._rate.at(self._step)
        self._end(
            "diverged",
            f"The loss ran off: at a learning rate of {rate:g} every step overshoots. Try one "
            "that is ten times smaller or less. The network is shown as it was before.",
        )

    def _end(self, how: str, message: str) -> None:
        self._how, self._message = how, message
        self.model.stop_training = True


class LearningRate:
    """The learning rate at every step: the plan's schedule, from the value set last."""

    def __init__(self, plan: TrainingPlan, total_steps: int) -> None:
        self._value = plan.learning_rate
        self._cosine = plan.schedule == "cosine"
        self._total = total_steps

    def at(self, step: int) -> float:
        """The learning rate after `step` batches."""
        return self._value * self._share(step)

    def set_now(self, step: int, value: float) -> None:
        """Make it `value` at `step`; a cosine schedule falls to 0 from there as planned."""
        self._value = value / self._share(step)

    def _share(self, step: int) -> float:
        if not self._cosine:
            return 1.0
        # At the very end the cosine is 0, from which no value could be scaled up again.
        return max(0.5 * (1 + math.cos(math.pi * step / self._total)), 1e-6)


class RunClock:
    """Seconds of training, without the pauses, and the speed over the last moments."""

    def __init__(self) -> None:
        self._before = 0.0
        self._since: float | None = None
        self._speed = 0.0
        self._last = (0, 0.0)

    def start(self) -> None:
        """Begin, or go on after `stop`."""
        self._since = time.perf_counter()

    def stop(self) -> None:
        """Stand still until the next `start`."""
        self._before = self.seconds()
        self._since = None

    def seconds(self) -> float:
        """Seconds in which it ran."""
        running = 0.0 if self._since is None else time.perf_counter() - self._since
        return self._before + running

    def images_per_second(self, images: int) -> float:
        """The speed, smoothed over about the last three calls; `images` counts from the start."""
        now = self.seconds()
        last_images, last_now = self._last
        if now > last_now:
            speed = (images - last_images) / (now - last_now)
            self._speed = speed if self._speed == 0 else 0.6 * self._speed + 0.4 * speed
            self._last = (images, now)
        return self._speed


class _Window:
    """Turns Keras's means since the epoch's start into means since the last call."""

    def __init__(self) -> None:
        self._done, self._loss, self._accuracy = 0, 0.0, 0.0

    def since(self, done: int, loss: float, accuracy: float) -> tuple[float, float]:
        count = max(done - self._done, 1)
        means = (
            (loss * done - self._loss * self._done) / count,
            (accuracy * done - self._accuracy * self._done) / count,
        )
        self._done, self._loss, self._accuracy = done, loss, accuracy
        # A difference of two rounded means may leave its range by a hair; NaN stays NaN.
        window_loss = 0.0 if means[0] < 0 else means[0]
        return window_loss, min(max(means[1], 0.0), 1.0)


def read_in_chunks(model: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Class probabilities, (n, 10), in chunks of one size, so that Keras compiles once."""
    chunks = [images[start : start + PROBE] for start in range(0, len(images), PROBE)]
    answers = [keras.ops.convert_to_numpy(model.predict_on_batch(chunk)) for chunk in chunks]
    return np.concatenate(answers)


def cross_entropy(probabilities: NDArray[np.float32], labels: NDArray[np.uint8]) -> float:
    """The mean of −log of the probability given to the right class."""
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(right, SMALLEST_PROBABILITY)).mean())


def _sync(model: keras.Model) -> None:
    """On JAX, `fit` keeps the weights to itself between epochs; this writes them back."""
    write_back = getattr(model, "jax_state_sync", None)
    if write_back is not None:
        write_back()
