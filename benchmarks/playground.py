"""The playground: pictures a second, steps against a plain Keras loop, time to solve the spiral."""

import os
import statistics
import time

from playwright.sync_api import Page, sync_playwright

from benchmarks.figure import Figure
from components.concepts.playground import PlaygroundPlan, losses, next_examples, start_weights
from components.concepts.playground_data import features_of
from components.concepts.playground_run import Moment, PlaygroundRecord, PlaygroundState, Turn
from components.concepts.playground_stories import STORIES
from components.concepts.training import Event
from components.models.control import Control
from components.models.device import prepare_device
from components.models.playground import build, train_turn
from tests.browser.conftest import CHROMIUM_ARGUMENTS, button
from tests.browser.servers import PATIENCE, serve

ROUNDS = 5
STEPS = 1500
WATCHED_SECONDS = 8.0
SOLVED = 0.05  # test loss
MOST_SECONDS = 120.0


def run() -> list[Figure]:
    """All figures; those of the browser only where WORKSHOP_CHROMIUM names one."""
    device = prepare_device().name
    figures = [steps_against_plain(device), spiral(device)]
    path = os.environ.get("WORKSHOP_CHROMIUM")
    return figures + (pictures(path) if path else [])


def steps_against_plain(device: str) -> Figure:
    """Steps a second of a turn over those of `train_on_batch` alone, measured in turns."""
    plan = PlaygroundPlan()
    ratios, rates = [], []
    for _ in range(ROUNDS):
        plain = plain_steps_a_second(plan)
        ours = steps_a_second(plan)
        ratios.append(ours / plain)
        rates.append(ours)
    note = (
        f"{statistics.median(rates):,.0f} steps a second; median of {ROUNDS} rounds, "
        f"{min(ratios):.2f} to {max(ratios):.2f}; {device}"
    )
    return Figure("playground, steps against a plain loop", statistics.median(ratios), "×",
                  "≥ 0.8", note)  # fmt: skip


def plain_steps_a_second(plan: PlaygroundPlan) -> float:
    """A loop over the same batches that does nothing but train."""
    points = plan.points()
    inputs = features_of(points.train, plan.features)
    targets = points.train_targets.astype("float32")[:, None]
    model = build(plan)
    model.set_weights(list(start_weights(plan)))
    n, size = len(inputs), plan.batch_size
    places = [next_examples(plan.seed, step * size, size, n) for step in range(STEPS)]
    model.train_on_batch(inputs[places[0]], targets[places[0]])  # compiles
    began = time.perf_counter()
    for batch in places[1:]:
        model.train_on_batch(inputs[batch], targets[batch])
    return (STEPS - 1) / (time.perf_counter() - began)


def steps_a_second(plan: PlaygroundPlan) -> float:
    """A turn as the page asks for it, with all that it reports."""
    state = train_turn(Turn(plan, fresh(plan), 1), ignore, Control())  # compiles
    epochs = STEPS * plan.batch_size // len(plan.points().train)
    began = time.perf_counter()
    after = train_turn(Turn(plan, state, epochs), ignore, Control())
    return (after.step - state.step) / (time.perf_counter() - began)


def spiral(device: str) -> Figure:
    """Seconds from the start of the spiral's story to a test loss under 0.05, with compiling."""
    plan = STORIES["spiral"].plan
    record = PlaygroundRecord(plan, start_weights(plan))
    control, solved = Control(), []
    began = time.perf_counter()

    def report(event: Event) -> None:
        record.add(event)
        if event["kind"] == "progress" and event["test_loss"] < SOLVED:
            solved.append(time.perf_counter() - began)
            control.stop()

    train_turn(Turn(plan, fresh(plan), seconds=MOST_SECONDS), report, control)
    last: Moment = record.moments[-1]
    note = f"{last.step:,} steps, test loss {losses(plan, last.weights).test:.4f}; {device}"
    value = solved[0] if solved else float("nan")
    return Figure("playground, spiral to a test loss under 0.05", value, "s", "≤ 60 s", note)


def pictures(chromium: str) -> list[Figure]:
    """Pictures a second that a browser draws while the default network trains, and the largest."""
    largest = "?data=spiral&hidden=8.8.8.8.8.8&features=x1.x2.x1sq.x2sq.x1x2.sinx1.sinx2"
    figures = []
    with serve() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        for name, query in (("the default network", ""), ("the largest network", largest)):
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(f"{server.url}/deeper_networks{query}")
            value = pictures_a_second(page)
            button(page, "Pause").click()
            page.context.close()
            figures.append(
                Figure(f"playground, pictures of {name}", value, "a second", "≥ 5, aim 10")
            )
        browser.close()
    return figures


def pictures_a_second(page: Page) -> float:
    """Press Play, wait until it trains, and count."""
    root = page.locator(".playground")
    button(page, "Play").click()
    page.get_by_text("steps a second").wait_for()
    before, began = int(root.get_attribute("data-pictures") or 0), time.perf_counter()
    page.wait_for_timeout(WATCHED_SECONDS * 1000)
    drawn = int(root.get_attribute("data-pictures") or 0) - before
    return drawn / (time.perf_counter() - began)


def fresh(plan: PlaygroundPlan) -> PlaygroundState:
    """A run before its first step."""
    return PlaygroundState(0, 0, start_weights(plan))


def ignore(event: Event) -> None:
    """Takes a report and drops it."""
