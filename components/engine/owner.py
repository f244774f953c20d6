"""A Dask preload for the app's own cluster, which shares a machine with the app.

It ends this process when the app that started the cluster is gone. Streamlit closes the cluster
when it stops in good order; this is for the other ends: killed, or out of memory. And a worker
leaves the processor to the pages where both want it: a slider is waited for, a training is watched.
"""

import os
import threading
import time

from distributed import Worker

OWNER_PID = "WORKSHOP_OWNER_PID"
POLL_SECONDS = 2.0
WORKER_NICENESS = 5  # a quarter of the app's share, where there is not enough for both


def dask_setup(service: object) -> None:
    """Called by Dask in the scheduler, the nanny and the worker, before they start."""
    owner = os.environ.get(OWNER_PID)
    if isinstance(service, Worker):
        os.nice(WORKER_NICENESS)
    if owner is not None:
        threading.Thread(target=_watch, args=(int(owner),), daemon=True, name="owner").start()


def _watch(owner: int) -> None:
    # A process that was killed may keep its number for long, where nobody asks how it ended; its
    # children notice at once, by having another parent.
    parent = os.getppid()
    while _is_alive(owner) and os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os._exit(1)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
