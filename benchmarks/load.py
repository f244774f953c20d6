"""A room: visits that each move a slider once a second and now and then go to another page.

Most are real websocket sessions without a browser; two are real Chromium, of which one trains and
one brings pictures and has them classified. WORKSHOP_LOAD_VISITS (30) and WORKSHOP_LOAD_SECONDS
(120) say how many and how long; several numbers of visits, "30,60,100", are measured one after the
other on one server. WORKSHOP_LOAD_BROWSERS=0 leaves those two out: the server then has the machine
for itself, without browsers and training. Needs Chromium, as the browser tests do.
"""

import asyncio
import math
import os
import random
import shutil
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from benchmarks.figure import Figure
from benchmarks.visits import MOST_BYTES, STREAM, VisitError, WebVisit
from components.pictures.bundled import PHOTOS, bundled_picture
from tests.browser.conftest import (
    CHROMIUM_ARGUMENTS,
    PROJECTOR,
    settle,
)
from tests.browser.servers import Server, serve
from tests.picture_files import saved

# Pages with live sliders, which a websocket visit can move.
PAGES = (
    "linear_models", "forward_propagation", "activation_functions", "gradient_descent",
    "back_propagation", "images_as_numbers", "convolution", "classify_images",
)  # fmt: skip
MOVES_ON_A_PAGE = 15
PACE = 1.0  # seconds between two moves of a visit
ARRIVAL_SECONDS = 20.0  # over which a room comes in
BROWSERS = 2
PATIENCE_MS = 60_000
WAITS_ON_PAGE = 5.0  # seconds between two pictures
MOST_PICTURES = 200  # of the visit that brings some; then it removes them: a visit may have 250
BUDGET_P95, BUDGET_MEMORY = 0.5, 1700  # s, MB
STREAMLIT = "Streamlit"
PARTS = {  # what is in the command line of each process
    "distributed.Scheduler": "scheduler",
    "distributed.Nanny": "nanny",
    "resource_tracker": "tracker",
    "spawn_main": "worker",
    "streamlit": STREAMLIT,
}


@dataclass
class Room:
    """What a room has met: seconds by page of moves and of openings, errors by sentence; and minute
    by minute the MB of the Streamlit process and the p95 of the moves, in seconds."""

    moves: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    openings: list[float] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    lately: list[float] = field(default_factory=list)  # the moves of this minute
    over: threading.Event = field(default_factory=threading.Event)


def run() -> list[Figure]:
    """All figures of this benchmark."""
    counts = [int(n) for n in os.environ.get("WORKSHOP_LOAD_VISITS", "30").split(",")]
    seconds = float(os.environ.get("WORKSHOP_LOAD_SECONDS", "120"))
    with_browsers = os.environ.get("WORKSHOP_LOAD_BROWSERS") != "0"
    chromium = os.environ.get("WORKSHOP_CHROMIUM") or shutil.which("chromium")
    figures = []
    with sync_playwright() as playwright, serve() as server:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        wait_until_ready(browser, server)
        for count in counts:
            figures += _measure(browser if with_browsers else None, server, count, seconds)
        browser.close()
    return figures


def wait_until_ready(browser: Browser, server: Server) -> None:
    """The engine has started."""
    page = _open(browser, f"{server.url}/mnist_training")
    page.get_by_text("Press Train and watch it learn.").wait_for()
    page.context.close()


def _measure(browser: Browser | None, server: Server, count: int, seconds: float) -> list[Figure]:
    """A room of so many visits; two of them in `browser`, if there is one."""
    room = Room()
    n_web = count - BROWSERS if browser else count
    visits = threading.Thread(
        target=lambda: asyncio.run(_web_visits(server.url, n_web, seconds, room))
    )
    watch = threading.Thread(target=_watch, args=(server, room))
    before = _memory(server)
    visits.start()
    watch.start()
    if browser:
        _browse(browser, server, room)
    visits.join()
    watch.join()
    return _figures(count, seconds, room, before, _memory(server))


def _watch(server: Server, room: Room) -> None:
    """Note memory and answers, minute by minute, until the time is over."""
    while not room.over.wait(60):
        room.memory.append(_memory(server)[STREAMLIT])
        lately, room.lately = room.lately, []
        room.p95.append(_at(0.95, lately))


async def _web_visits(url: str, count: int, seconds: float, room: Room) -> None:
    """All visits without a browser, until the time is over."""
    until = time.monotonic() + ARRIVAL_SECONDS + seconds
    arrivals = [ARRIVAL_SECONDS * number / max(1, count) for number in range(count)]
    await asyncio.gather(
        *(_one_visit(url, number, wait, until, room) for number, wait in enumerate(arrivals))
    )
    room.over.set()


async def _one_visit(url: str, number: int, wait: float, until: float, room: Room) -> None:
    """A visit: to a page, its moves, to the next; a break of the connection is an error."""
    await asyncio.sleep(wait)
    drawn = random.Random(number)
    stream = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    while time.monotonic() < until:
        try:
            async with connect(
                stream, subprotocols=[STREAM], origin=Origin(url), max_size=MOST_BYTES
            ) as connection:
                visit = WebVisit(connection)
                while time.monotonic() < until:
                    await _stay_on_a_page(visit, drawn, until, room)
        except (VisitError, WebSocketException, OSError) as error:
            room.errors[str(error)[:100]] += 1
            await asyncio.sleep(PACE)


async def _stay_on_a_page(visit: WebVisit, drawn: random.Random, until: float, room: Room) -> None:
    room.openings.append(await visit.open(drawn.choice(PAGES)))
    for _ in range(MOVES_ON_A_PAGE):
        due = time.monotonic() + PACE
        if due > until or not visit.sliders:
            await asyncio.sleep(PACE)
            return
        sliders = drawn.choice(visit.sliders)
        setting = drawn.choice(sliders.settings)
        value = drawn.uniform(setting["low"], setting["high"])
        took = await visit.move(sliders, setting["name"], value)
        room.moves[visit.page].append(took)
        room.lately.append(took)
        await asyncio.sleep(max(0.0, due - time.monotonic()))


def _browse(browser: Browser, server: Server, room: Room) -> None:
    """In real browsers: one trains all the time, one has a picture classified now and then."""
    trains = _open(browser, f"{server.url}/mnist_training?epochs=100")
    asks = _open(browser, f"{server.url}/classify_images")
    names = list(PHOTOS)
    for number in range(10**6):
        if room.over.wait(WAITS_ON_PAGE):
            break
        _noting(room, partial(_keep_training, trains))
        name = names[number % len(names)]
        _noting(room, partial(_bring, asks, name, number, room))
    for page in (trains, asks):
        page.context.close()


def _noting(room: Room, act: Callable[[], None]) -> None:
    """Do it; what Playwright says against it is an error of the room."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whatever a browser met is what is measured
        room.errors[f"browser: {str(error).splitlines()[0][:100]}"] += 1


def _keep_training(page: Page) -> None:
    train = page.get_by_test_id("stMain").get_by_role("button", name="Train", exact=True)
    if train.is_enabled():
        train.click()


def _bring(page: Page, name: str, number: int, room: Room) -> None:
    """Upload a picture, and wait for the answer to it."""
    file = f"{name}{number}.jpg"
    picture = saved(Image.fromarray(bundled_picture(name).pixels), "JPEG")
    opener = page.get_by_test_id("stMain").get_by_role("button", name="Your own pictures").first
    opener.click()
    settle(page)
    body = page.get_by_test_id("stPopoverBody")
    began = time.perf_counter()
    body.locator('input[type="file"]').set_input_files(
        {"name": file, "mimeType": "image/jpeg", "buffer": picture}
    )
    page.locator(".answer", has_text=file).wait_for()
    room.pictures.append(time.perf_counter() - began)
    if number % MOST_PICTURES == MOST_PICTURES - 1:
        body.get_by_role("button", name="Remove all pictures").click()
    page.keyboard.press("Escape")


def _open(browser: Browser, url: str) -> Page:
    width, height = PROJECTOR["width"], PROJECTOR["height"]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    page.get_by_text("After this page you can").wait_for()
    settle(page)
    return page


def _memory(server: Server) -> dict[str, float]:
    """MB of the Streamlit process and of each part of the engine."""
    found: dict[str, float] = defaultdict(float)
    for process in server.family():
        command = " ".join(process.cmdline())
        part = next((part for sign, part in PARTS.items() if sign in command), "other")
        found[part] += process.memory_info().rss / 2**20
    return found


def _figures(
    count: int, seconds: float, room: Room, before: dict[str, float], after: dict[str, float]
) -> list[Figure]:
    every = [move for moves in room.moves.values() for move in moves]
    said = f"{len(every):,} moves in {seconds:.0f} s, {len(os.sched_getaffinity(0))} cores"
    found = [
        Figure(f"{count} visits: {page}", 1000 * _at(0.95, moves), "ms", "", _spread(moves))
        for page, moves in sorted(room.moves.items())
    ]
    found += [
        Figure(f"{count} visits: slider to answer, p95", 1000 * _at(0.95, every), "ms",
               f"≤ {1000 * BUDGET_P95:.0f} ms at 30", f"{_spread(every)}; {said}; "
               f"by the minute {_listed([1000 * p95 for p95 in room.p95])}"),
        Figure(f"{count} visits: to open a page, p95", 1000 * _at(0.95, room.openings), "ms", "",
               _spread(room.openings)),
        Figure(f"{count} visits: errors", sum(room.errors.values()), "", "0",
               "; ".join(f"{n} × {what}" for what, n in room.errors.most_common(4))),
        Figure(f"{count} visits: Streamlit process", after[STREAMLIT], "MB", "",
               f"{before[STREAMLIT]:.0f} before; by the minute {_listed(room.memory)}"),
        Figure(f"{count} visits: all processes", sum(after.values()), "MB",
               f"≤ {BUDGET_MEMORY:,} MB", ", ".join(
                   f"{part} {before.get(part, 0):.0f} to {mb:.0f}" for part, mb in after.items())),
    ]  # fmt: skip
    if room.pictures:
        photo = f"{count} visits: a photo to its answer, p95"
        p95 = 1000 * _at(0.95, room.pictures)
        found.append(Figure(photo, p95, "ms", "", _spread(room.pictures)))
    return found


def _at(share: float, times: list[float]) -> float:
    """The time that this share of all stayed below; NaN where there is none."""
    return sorted(times)[math.ceil(share * len(times)) - 1] if times else math.nan


def _spread(times: list[float]) -> str:
    if not times:
        return "none"
    p99 = 1000 * _at(0.99, times)
    return f"median {1000 * statistics.median(times):.0f}, p99 {p99:.0f}, of {len(times):,}"


def _listed(numbers: list[float]) -> str:
    return ", ".join(f"{number:.0f}" for number in numbers)
