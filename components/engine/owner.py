"""A Dask preload: ends this process when the app that started the cluster is gone.

Streamlit closes the cluster when it stops in good order. This is for the other ends: killed,
or out of memory.
"""

import os
import threading
import time

OWNER_PID = "WORKSHOP_OWNER_PID"
POLL_SECONDS = 2.0


def dask_setup(service: object) -> None:
    """Called by Dask in the scheduler, the nanny and the worker, before they start."""
    owner = os.environ.get(OWNER_PID)
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
