"""Follows a training run from inside Keras's `fit`: sends its events, obeys its control."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from components.concepts.learning_rate import LearningRate
from components.concepts.training import MAX_PAUSE_SECONDS, Event, TrainingPlan
from components.models.checkpoints import Checkpoint, pack, plan_checkpoints
from components.models.control import Control
from components.models.digits import Digits
from components.models.progress import Progress
from components.models.reading import DigitReader
from components.models.run_clock import RunClock
from components.models.snapshots import first_filters, look, score

BATCH_EVENT_SECONDS = 0.125  # eight a second
QUICK_LOOK = 1000  # validation digits in a snapshot within an epoch
SNAPSHOT_SHARE = 0.03  # of the run's time at most, for snapshots within an epoch
SHORTEST_SNAPSHOT_SECONDS = 0.25
ABSURD_LOSS = 1e4  # guessing costs 2.3
ABSURD_BIAS = 1e6  # where a backend clips the loss, the weights still give it away
PAUSE_CHECK_SECONDS = 0.5


class RunMonitor(keras.callbacks.Callback):
    """One run's callback. `how` and `message` are set once the run is to end."""

    def __init__(
        self,
        plan: TrainingPlan,
        digits: Digits,
        reader: DigitReader,
        checkpoints: list[Checkpoint],
        report: Callable[[Event], None],
        control: Control,
    ) -> None:
        super().__init__()
        self.how = ""
        self.message = ""
        self.step = 0
        self._plan, self._digits, self._reader = plan, digits, reader
        self._report, self._control = report, control
        self._progress = Progress(plan, len(digits.train_labels))
        self._rate = LearningRate(plan.learning_rate, plan.schedule, self._progress.total_steps)
        self._used_rate: float | None = None
        self._clock = RunClock()
        self._next_batch_event = 0.0
        self._next_snapshot = 0.0
        self._snapshot_seconds = 0.0  # of those within an epoch
        self._checkpoints = checkpoints
        self._checkpoint_steps: list[int] = []

    # What Keras calls

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        """Show the network as it starts, before it has learnt anything."""
        n_weights = self.model.count_params()
        plan = self._plan
        self._checkpoint_steps = list(
            plan_checkpoints(plan.epochs, self._progress.batches_per_epoch, n_weights)
        )
        self._snapshot(QUICK_LOOK)

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Count the epoch's batches from 0 again."""
        self._progress.begin_epoch(epoch)

    def on_train_batch_begin(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Give the optimizer the learning rate of the steps that follow."""
        rate = self._rate.at(self.step)
        if rate != self._used_rate:
            self.model.optimizer.learning_rate = rate
            self._used_rate = rate

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Take in what Keras says after each execution, and do what is due."""
        logs = logs or {}
        seconds = self._clock.training_seconds
        self._progress.add(batch + 1, logs["loss"], logs["accuracy"], seconds)
        self.step = self._progress.step
        if self._looks_diverged():
            self._end_diverged()
            return
        self._obey()
        if self._clock.seconds > self._plan.seconds and not self.how:
            self._end("budget", f"The {self._plan.seconds:g} seconds of this run are used up.")
        if self._progress.rate_is_known and self._clock.seconds >= self._next_batch_event:
            self.send_batch()
        if self._snapshot_is_due() and not self.how:
            self._quick_look()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Look at all validation digits and send the epoch's means."""
        if self.how == "diverged" or not self._progress.epoch_is_done:
            return
        validation = self._snapshot(len(self._digits.validation_labels))
        if validation is None:
            return
        logs = logs or {}
        self._report(
            {
                "kind": "epoch",
                "epoch": epoch + 1,
                "step": self.step,
                "loss": float(logs["loss"]),
                "accuracy": float(logs["accuracy"]),
                "val_loss": validation[0],
                "val_accuracy": validation[1],
                "seconds": self._clock.seconds,
            }
        )
        if epoch + 1 == self._plan.epochs and not self.how:
            self._end(
                "finished",
                f"Trained for {self._plan.epochs} epochs. The network now reads "
                f"{validation[1]:.2%} of the digits it was never trained on.",
            )

    # After `fit`

    def finish(self) -> None:
        """Send what is still owed, and keep the network as it ended."""
        if self.how == "diverged":
            return
        self.send_batch()
        if self.step > 0 and not self._progress.epoch_is_done:
            self._snapshot(QUICK_LOOK)
        if self.how != "diverged" and (
            not self._checkpoints or self._checkpoints[-1].step != self.step
        ):
            self._keep_checkpoint(self.model.get_weights())

    def stop_before_start(self) -> bool:
        """Whether the learner has stopped the run already."""
        if self._control.stop_wanted:
            self.how, self.message = "stopped", "You stopped the run before it began to train."
        return bool(self.how)

    def send_batch(self) -> None:
        """Send the means since the last such event, if there were any batches."""
        means = self._progress.take_means()
        if means is None:
            return
        loss, accuracy = means
        seconds = self._clock.seconds
        left = self._progress.seconds_left(self._clock.training_seconds)
        self._report(
            {
                "kind": "batch",
                "step": self.step,
                "epoch": self._progress.epoch,
                "loss": loss,
                "accuracy": accuracy,
                "learning_rate": self._used_rate,
                "images_per_second": self._progress.images_per_second(self._clock.training_seconds),
                "seconds": seconds,
                "seconds_left": max(0.0, min(left, self._plan.seconds - seconds)),
            }
        )
        self._next_batch_event = seconds + BATCH_EVENT_SECONDS

    # The learner's wishes

    def _obey(self) -> None:
        rate = self._control.take_learning_rate()
        if rate is not None:
            self._rate.change(self.step, rate)
            self._report({"kind": "learning_rate", "value": rate})
        if self._control.pause_wanted:
            self._hold()
        if self._control.stop_wanted and not self.how:
            self._end(
                "stopped",
                f"You stopped the run after {self._progress.epoch:.1f} epochs; "
                "what it has learnt is kept.",
            )

    def _hold(self) -> None:
        """Wait until the learner goes on, stops, or has waited too long."""
        self.send_batch()
        self._report({"kind": "paused"})
        waited = 0.0
        with self._clock.pause():
            while not self._control.wait_until_going(PAUSE_CHECK_SECONDS):
                waited += PAUSE_CHECK_SECONDS
                if waited >= MAX_PAUSE_SECONDS:
                    break
        if waited >= MAX_PAUSE_SECONDS:
            minutes = MAX_PAUSE_SECONDS / 60
            self._end(
                "stopped",
                f"The run was paused for {minutes:g} minutes, so it ended: others wait for "
                "their turn. What it had learnt is kept.",
            )
        elif not self._control.stop_wanted:
            self._report({"kind": "resumed"})

    # Ends

    def _end(self, how: str, message: str) -> None:
        self.how, self.message = how, message
        self.model.stop_training = True

    def _end_diverged(self) -> None:
        healthy = self._checkpoints[-1] if self._checkpoints else None
        kept = f" The network as it was after step {healthy.step} is kept." if healthy else ""
        self._end(
            "diverged",
            f"The loss has grown beyond all bounds after step {self.step}: with a learning rate "
            f"of {self._used_rate:g} each step overshoots. Try a learning rate ten times "
            f"smaller, or 0.001.{kept}",
        )

    def _looks_diverged(self) -> bool:
        loss = self._progress.mean_loss
        if not np.isfinite(loss) or loss > ABSURD_LOSS:
            return True
        if self._used_rate is not None and self._used_rate < 1:
            return False  # the cheap answer for every sensible run
        bias = np.asarray(self.model.layers[-1].get_weights()[1])
        return not np.isfinite(bias).all() or bool(np.abs(bias).max() > ABSURD_BIAS)

    # Snapshots and checkpoints

    def _snapshot_is_due(self) -> bool:
        """Within an epoch: when it is affordable again, or an early checkpoint is to be kept."""
        if self._progress.epoch_is_done:
            return False  # the epoch's end looks at all digits
        checkpoint_due = bool(self._checkpoint_steps) and self.step >= self._checkpoint_steps[0]
        return checkpoint_due or self._clock.seconds >= self._next_snapshot

    def _quick_look(self) -> None:
        """A snapshot within an epoch, on some of the digits; its cost sets when the next may be."""
        began = self._clock.seconds
        self._snapshot(QUICK_LOOK)
        now = self._clock.seconds
        self._snapshot_seconds += now - began
        affordable = self._snapshot_seconds / SNAPSHOT_SHARE
        self._next_snapshot = max(now + SHORTEST_SNAPSHOT_SECONDS, affordable)

    def _snapshot(self, n: int) -> tuple[float, float] | None:
        """Look at the first n validation digits; loss and accuracy on them.

        None where the network gives no numbers any more: then the run is over.
        """
        with self._clock.aside():
            weights = self.model.get_weights()
            self._reader.show(weights)
            probabilities = self._reader.read_prepared(self._digits.validation_images[:n])
            if not np.isfinite(probabilities).all():
                self._end_diverged()
                return None
            self._send_snapshot(look(probabilities), first_filters(weights))
            if self._checkpoint_steps and self.step >= self._checkpoint_steps[0]:
                self._keep_checkpoint(weights)
            return score(probabilities, self._digits.validation_labels[:n])

    def _send_snapshot(self, answers: dict[str, Any], filters: dict[str, Any]) -> None:
        place = {"step": self.step, "epoch": self._progress.epoch}
        self._report({"kind": "snapshot", **place, **answers, **filters})

    def _keep_checkpoint(self, weights: list[Any]) -> None:
        self._checkpoints.append(Checkpoint(self.step, self._progress.epoch, pack(weights)))
        self._checkpoint_steps = [s for s in self._checkpoint_steps if s > self.step]
