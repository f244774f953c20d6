"""How often a lab looks at work that goes on."""

from components.engine.jobs import Job

QUEUE_SECONDS = 1.0


def look_seconds(job: Job | None, live: float) -> float:
    """Seconds between two looks at a job: `live` of them once it runs or is the next to.

    Behind others in the queue nothing is to be seen but one's place there. A room that presses
    Train all at once would otherwise keep the server busy with looking.
    """
    is_behind = job is not None and job.place > 1
    return max(live, QUEUE_SECONDS) if is_behind else live
