"""Jobs without Keras, to test the engine with: they run on its workers."""

import errno
import gc
import os
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from distributed.metrics import time as _DASK_CLOCK

from components.concepts.training import Event
from components.models.control import Control

_CLOCK = time.time


class PretendNetwork:
    """Stands for a network: knows the number it was trained on."""

    def __init__(self, number: int) -> None:
        self.number = number


def train(number: int, report: Any, control: Control, publish: Any) -> int:
    """Count steps until told to stop, 20 ms a step; `number` steps at most."""
    publish(PretendNetwork(number))
    rate = 0.0
    steps = 0
    while steps < number and not control.stop_wanted:
        wish = control.take_learning_rate()
        rate = rate if wish is None else wish
        for what, value in control.take_wishes():
            report({"kind": "wish", "what": what, "value": value})
        if not control.wait_until_going(0.02):
            continue
        time.sleep(0.02)
        steps += 1
        event: Event = {"kind": "step", "step": steps, "rate": rate, "bytes": bytes([steps % 256])}
        report(event)
    report({"kind": "ended", "step": steps})
    return number


def load(number: int) -> PretendNetwork:
    """The network of a finished run."""
    return PretendNetwork(number)


def ask(network: PretendNetwork, plus: int) -> int:
    """A call on a network."""
    return network.number + plus


def fail(number: int, report: Any, control: Control, publish: Any) -> int:
    """A job that breaks."""
    raise ValueError(f"no run with {number}")


def pid() -> int:
    """The process of the worker."""
    return os.getpid()


def live_jobs() -> int:
    """How many jobs run on the worker."""
    from components.engine import worker

    return len(worker._live_jobs)


def fill_disk(number: int, report: Any, control: Control, publish: Any) -> int:
    """A job that needs room on a disk that has none."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def make_tree_read_only(tree: str) -> None:
    """From now on this process can't write below the folder `tree`."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], str):
            return
        path, flags = arguments[0], arguments[2]
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        # Python's own compiled files may be written; they are no matter where they can't.
        if writes and os.path.realpath(path).startswith(tree) and "__pycache__" not in path:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

    sys.addaudithook(refuse)


def write_below(tree: str) -> None:
    """What the read-only tree is tested with."""
    (Path(tree) / "written-by-a-test").write_text("")


def set_clock(ahead: float) -> None:
    """Let the clock of this process, and that of Dask in it, run `ahead` seconds ahead."""
    clock = partial(_shifted_clock, ahead) if ahead else _CLOCK
    time.time = clock
    for module in list(sys.modules.values()):
        # Asked by its dictionary: some modules load others when asked for a name.
        if module is not None and module.__name__.startswith("distributed"):
            now = vars(module).get("time")
            if now is _DASK_CLOCK or isinstance(now, partial):
                vars(module)["time"] = clock if ahead else _DASK_CLOCK


def _shifted_clock(ahead: float) -> float:
    return _CLOCK() + ahead


def count_held(begins: int, n_bytes: int) -> int:
    """How many buffers of this process hold a value that is `n_bytes` long and all `begins`."""
    gc.collect()
    wanted = bytes([begins]) * n_bytes
    found: dict[int, object] = {}
    for keeper in gc.get_objects():
        for held in (keeper, *gc.get_referents(keeper)):
            if isinstance(held, bytes | bytearray | memoryview) and id(held) not in found:
                with suppress(ValueError):  # a memoryview may be released
                    if len(held) >= n_bytes and wanted in bytes(held):
                        found[id(held)] = held
    return len(found)
