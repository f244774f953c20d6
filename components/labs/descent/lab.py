"""The lab itself: picture and controls of the three views, and what they show."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components import lesson
from components.concepts.gradient_descent import Walk, descend
from components.concepts.loss_landscapes import ONE_WEIGHT, TWO_WEIGHTS, Landscape
from components.concepts.optimisers import OPTIMISERS
from components.concepts.race import LANES, Race, Racer, run_race
from components.figures.descent_curve import descent_curve
from components.figures.descent_map import descent_map
from components.figures.race_chart import race_chart
from components.labs.address import run_page_if_moved
from components.labs.descent.readout import finish, say_race, say_walk
from components.labs.descent.settings import (
    CURVE,
    MAX_STEPS,
    ONE,
    RACE,
    RACE_RATES,
    RATE,
    RUNNERS,
    START_NAMES,
    STEPS,
    SURFACE,
    TABLE,
    TRACK,
    VIEW,
    start_sliders,
)
from components.widgets import page_address
from components.widgets.chart import show_chart
from components.widgets.live_slider import live_sliders, set_sliders
from components.widgets.place_picker import place_picker
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url, reset
from components.widgets.stepping import Stepper

STEPPER = Stepper(STEPS, pace=0.25, wraps=False)
CURVE_HEIGHT, RACE_HEIGHT = 470, 420  # px
MAP_WIDTH, RACE_MAP_WIDTH = 540, 440  # px, at most
MAP_TEXT, RACE_TEXT = 17, 20  # in the map's units; the race's map is shown small


@dataclass(frozen=True)
class Shown:
    """What the lab shows: the whole walk or race from the start, and the steps taken so far."""

    view: str
    n_steps: int
    whole: Walk | None = None
    whole_race: Race | None = None

    @property
    def walk(self) -> Walk | None:
        """The walk as far as it has gone."""
        return None if self.whole is None else self.whole.until(self.n_steps)

    @property
    def race(self) -> Race | None:
        """The race as far as it has gone."""
        return None if self.whole_race is None else self.whole_race.until(self.n_steps)


def show_lab(ticking: bool) -> Shown:
    """Draw the lab; what it shows.

    `ticking` says whether the fragment around it runs again by itself. When that has to change,
    and when the address did, the whole page runs: its lower parts rest on the settings.
    """
    hold(TABLE)
    picture, controls = lesson.lab(0.62)
    with controls:
        view = VIEW.draw(on_change=STEPPER.to_start)
    shown = (
        _show_race(lesson.Lab(picture, controls))
        if view == RACE
        else _show_walk(lesson.Lab(picture, controls), view)
    )
    if not STEPPER.is_playing:
        publish_url(TABLE)
    run_page_if_moved(must_run=STEPPER.is_playing != ticking)
    return shown


# ---- One weight and two weights


def _show_walk(lab: lesson.Lab, view: str) -> Shown:
    landscape_choice, lands = (CURVE, ONE_WEIGHT) if view == ONE else (SURFACE, TWO_WEIGHTS)
    with lab.controls:
        land = lands[landscape_choice.draw(on_change=_other_landscape)]
        sliders, key = (*start_sliders(land), RATE), _key(view, land)
        values = live_sliders(sliders, key, reset=False)
        start = [values[setting.name] for setting in start_sliders(land)]
        whole = descend(land, start, OPTIMISERS["sgd"], values[RATE.name], MAX_STEPS)
        end = finish(whole)
        steps = STEPPER.tick(end)
        STEPPER.show_buttons(lambda: _reset(key, land, (RATE.name,)), end)
        say_walk(whole.until(steps))
    with lab.picture:
        if view == ONE:
            show_chart(descent_curve(whole.until(steps), CURVE_HEIGHT), "descent-curve")
        else:
            place_picker(
                descent_map([whole.until(steps)], MAP_TEXT), "descent-map", _starter(key), MAP_WIDTH
            )
    return Shown(view, steps, whole=whole)


# ---- The race


def _show_race(lab: lesson.Lab) -> Shown:
    with lab.controls:
        land = TWO_WEIGHTS[TRACK.draw(on_change=_other_landscape)]
        for column, runner in zip(st.columns(len(RUNNERS), gap="small"), RUNNERS, strict=True):
            with column:
                runner.draw_as_list(on_change=STEPPER.pause)
        sliders, key = (*RACE_RATES, *start_sliders(land)), _key(RACE, land)
        values = live_sliders(sliders, key, reset=False)
        start = [values[setting.name] for setting in start_sliders(land)]
        racers = [
            Racer(lane, OPTIMISERS[value_of(runner)], values[rate.name])
            for lane, runner, rate in zip(LANES, RUNNERS, RACE_RATES, strict=True)
        ]
        whole = run_race(land, start, racers, MAX_STEPS)
        end = max(finish(walk, until_arrival=False) for walk in whole.walks)
        steps = STEPPER.tick(end)
        STEPPER.show_buttons(
            lambda: _reset(key, land, tuple(rate.name for rate in RACE_RATES)), end
        )
        say_race(whole.until(steps), steps)
    race = whole.until(steps)
    with lab.picture:
        left, right = st.columns(2, gap="small")
        with left:
            show_chart(race_chart(race, MAX_STEPS, RACE_HEIGHT), "race-chart")
        with right:
            place_picker(
                descent_map(race.walks, RACE_TEXT), "race-map", _starter(key), RACE_MAP_WIDTH
            )
    return Shown(RACE, steps, whole_race=whole)


# ---- What the controls do


def _key(view: str, land: Landscape) -> str:
    """The sliders' key; each landscape has its own start and its own ranges."""
    return f"descent.{view}.{land.name}"


def _starter(key: str) -> Callable[[float, float], None]:
    """What a click on the map does: start there."""
    return lambda w1, w2: set_sliders(key, {"w1": w1, "w2": w2})


def _other_landscape() -> None:
    """Begin where the new landscape begins: the old start may lie outside its picture."""
    STEPPER.to_start()
    address = page_address.read()
    page_address.write({k: v for k, v in address.items() if k not in START_NAMES})


def _reset(key: str, land: Landscape, rates: tuple[str, ...]) -> None:
    """The sliders in view as at the start, and the racers; view and landscape stay."""
    defaults = {setting.name: setting.default for setting in (*start_sliders(land), RATE)}
    defaults |= {setting.name: setting.default for setting in RACE_RATES}
    names = {setting.name for setting in start_sliders(land)} | set(rates)
    set_sliders(key, {name: defaults[name] for name in names})
    reset(RUNNERS)
