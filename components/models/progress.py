"""How far a run is, how fast it goes, and its means since they were last taken."""

import math

from components.concepts.training import TrainingPlan


class Progress:
    """Turns the running means that Keras gives within an epoch into means between events."""

    def __init__(self, plan: TrainingPlan, train_size: int) -> None:
        self._batch_size = plan.batch_size
        self._train_size = train_size
        self._epochs = plan.epochs
        self.batches_per_epoch = math.ceil(train_size / plan.batch_size)
        self.total_steps = plan.epochs * self.batches_per_epoch
        self._epochs_done = 0
        self._batches = 0  # of this epoch
        self._epoch_sums = (0, 0.0, 0.0)  # images, loss, accuracy of this epoch
        self._new_sums = (0, 0.0, 0.0)  # the same since the means were last taken
        self._images = 0
        self._first: tuple[int, float] | None = None  # images and seconds of the first execution

    def begin_epoch(self, epoch: int) -> None:
        """Epoch number `epoch`, from 0, begins."""
        self._epochs_done, self._batches = epoch, 0
        self._epoch_sums = (0, 0.0, 0.0)

    def add(self, batches: int, loss: float, accuracy: float, seconds: float) -> None:
        """Take in the epoch's means after its first `batches` batches, at this training time.

        Keras counts the epoch's last execution as if it were a full one; here it is not.
        """
        self._batches = min(batches, self.batches_per_epoch)
        images = min(batches * self._batch_size, self._train_size)
        sums = (images, loss * images, accuracy * images)
        new = tuple(now - before for now, before in zip(sums, self._epoch_sums, strict=True))
        self._new_sums = (
            self._new_sums[0] + int(new[0]),
            self._new_sums[1] + new[1],
            self._new_sums[2] + new[2],
        )
        self._epoch_sums = sums
        self._images += int(new[0])
        if self._first is None:
            self._first = (self._images, seconds)

    @property
    def step(self) -> int:
        """Steps done, a step being one batch."""
        return self._epochs_done * self.batches_per_epoch + self._batches

    @property
    def epoch(self) -> float:
        """Epochs done, with their fraction."""
        return self.step / self.batches_per_epoch

    @property
    def epoch_is_done(self) -> bool:
        """Whether every batch of this epoch has been trained on."""
        return self._batches == self.batches_per_epoch

    @property
    def mean_loss(self) -> float:
        """The mean loss since the means were last taken; 0 where nothing is new."""
        images, loss, _ = self._new_sums
        return loss / images if images else 0.0

    def take_means(self) -> tuple[float, float] | None:
        """Mean loss and accuracy since the last call, None where nothing is new.

        Sums of float32 means can come out a hair below 0 or above 1; the means don't.
        """
        images, loss, accuracy = self._new_sums
        if images == 0:
            return None
        self._new_sums = (0, 0.0, 0.0)
        return max(0.0, loss / images), min(1.0, max(0.0, accuracy / images))

    @property
    def rate_is_known(self) -> bool:
        """Whether more has been trained than the first execution, which includes compiling."""
        return self._first is not None and self._images > self._first[0]

    def images_per_second(self, seconds: float) -> float:
        """Training images a second, after `seconds` of training, compiling left out."""
        if self.rate_is_known and self._first is not None:
            images, since = self._images - self._first[0], seconds - self._first[1]
        else:
            images, since = self._images, seconds
        return images / max(since, 1e-6)

    def seconds_left(self, seconds: float) -> float:
        """Seconds of training that are left at the rate so far."""
        left = self._epochs * self._train_size - self._images
        return left / max(self.images_per_second(seconds), 1e-6)
