"""Take your workshop home: what the file of a visit says."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.training import EpochPoint, TrainingPlan, TrainingRecord
from components.labs.digits.runs import Run
from components.labs.welcome import handout
from tests.app.driving import commit
from tests.app.in_a_room import move, visitor_on


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bytes]]:
    """What the download button would call, of each run of Welcome."""
    made: list[Callable[[], bytes]] = []
    real = handout.st.download_button

    def download_button(label: str, data: Any, *others: Any, **options: Any) -> bool:
        if options.get("key") == "handout":
            made.append(data)
        return bool(real(label, data, *others, **options))

    monkeypatch.setattr(handout.st, "download_button", download_button)
    return made


def test_a_new_visit_has_done_nothing(makers: list[Callable[[], bytes]]) -> None:
    visitor_on("welcome")
    page = makers[-1]().decode()
    assert "0 of 14 lessons done" in page
    assert "You have trained nothing yet." in page
    assert "<blockquote>" not in page


def test_it_has_settings_answers_and_runs(makers: list[Callable[[], bytes]]) -> None:
    app = visitor_on("gradient_descent", rate="0.3", present="1")
    commit(app, "gradient_descent", "next_step", 0.0)
    give_a_run(app)
    move(app, "welcome")
    page = makers[-1]().decode()
    assert "1 of 14 lessons done" in page
    assert "<code>rate = 0.3</code>" in page
    assert "present=" not in page
    assert "Your answer: <strong>0</strong>" in page
    assert "<strong>Right.</strong>" in page
    assert "4.3 Digits, &lt;b&gt;mine&lt;/b&gt;" in page
    assert "Best validation accuracy 95.00%" in page
    assert "<svg" in page


def test_another_visit_has_its_own(makers: list[Callable[[], bytes]]) -> None:
    one = visitor_on("gradient_descent")
    commit(one, "gradient_descent", "next_step", -2.0)
    visitor_on("welcome")
    assert "<blockquote>" not in makers[-1]().decode()


def give_a_run(app: AppTest) -> None:
    """A run of the digits as the lab would keep it."""
    points = [EpochPoint(1, 10, 1, 0.5, 1, 0.8, 2), EpochPoint(2, 20, 1, 0.9, 1, 0.95, 4)]
    record = TrainingRecord(train_size=4000, epoch_points=points, seconds=4)
    plan = object.__new__(TrainingPlan)
    app.session_state["runs"] = [Run(1, "<b>mine</b>", plan, None, record)]  # type: ignore[arg-type]
