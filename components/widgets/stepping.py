"""Step, Play, Pause and Reset: through the steps of a lab, one at a time.

The place is a setting like any other, so it stands in the URL. A lab that plays is a fragment
that runs again by itself every `pace` seconds, and the page starts and stops that:

    ticking = STEPPER.is_playing
    st.fragment(show_lab, run_every=STEPPER.pace if ticking else None)(ticking)
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.widgets.setting_values import value_of
from components.widgets.settings import Number

LONG_AGO = 3  # steps that were due while nobody looked: the visitor was on another page
EARLY = 0.85  # of the pace: ticks don't come to the millisecond


@dataclass(frozen=True)
class Stepper:
    """Plays the setting `step`, with `pace` seconds for each step.

    With `wraps`, step 0 comes after the last one; else there is no more to step to.
    """

    step: Number
    pace: float = 1.8
    wraps: bool = True

    @property
    def is_playing(self) -> bool:
        """Whether the steps go on by themselves."""
        return self._due in st.session_state

    def tick(self, end: float | None = None) -> int:
        """Go on to the next step if it is due; the step to show. Play stops at step `end`."""
        due, now = st.session_state.get(self._due), time.monotonic()
        if due is not None and now > due + LONG_AGO * max(self.pace, 1.0):
            self.pause()
        elif due is not None and now >= due:
            self._go_on()
            self._set_due()
        if self._here >= self._end(end):
            self.pause()
        return self._here

    def show_buttons(self, on_reset: Callable[[], None], end: float | None = None) -> None:
        """The four buttons. `on_reset` puts the rest of the lab back to its start."""
        playing = self.is_playing
        at_last = not self.wraps and self._here >= self.step.high
        with st.container(key="stepping", horizontal=True, gap="xsmall"):
            st.button("Step", icon=":material/skip_next:", on_click=self._step, disabled=at_last)
            st.button(
                "Play",
                icon=":material/play_arrow:",
                on_click=self._play,
                args=(end,),
                disabled=playing,
            )
            st.button("Pause", icon=":material/pause:", on_click=self.pause, disabled=not playing)
            st.button(
                "Reset", icon=":material/restart_alt:", on_click=self._reset, args=(on_reset,)
            )

    def pause(self) -> None:
        """Stay at this step."""
        st.session_state.pop(self._due, None)

    def to_start(self) -> None:
        """Back to where the setting starts, without playing."""
        self.pause()
        st.session_state[self.step.name] = self.step.default

    @property
    def _due(self) -> str:
        """Where it stands when the next step is due, by time.monotonic(); absent while paused."""
        return f"stepping.{self.step.name}.due"

    @property
    def _here(self) -> int:
        return int(value_of(self.step))

    def _end(self, end: float | None) -> float:
        return self.step.high if end is None else end

    def _go_on(self) -> None:
        last = self._here >= self.step.high
        following = 0 if last and self.wraps else min(self._here + 1, int(self.step.high))
        st.session_state[self.step.name] = following

    def _set_due(self) -> None:
        st.session_state[self._due] = time.monotonic() + EARLY * self.pace

    def _step(self) -> None:
        self.pause()
        self._go_on()

    def _play(self, end: float | None) -> None:
        """The first step at once, from the start if it stood at the end; the others follow."""
        here = self._here
        st.session_state[self.step.name] = 1 if here >= self._end(end) else here + 1
        self._set_due()

    def _reset(self, on_reset: Callable[[], None]) -> None:
        self.to_start()
        on_reset()
