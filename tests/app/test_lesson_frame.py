"""The frame of a lesson, on two practice lessons in a copy of the app."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import agenda
from tests import practice_app

LAST_LESSON = agenda.LESSONS[-1].title  # the practice app adds its own to the table


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The practice app, opened on its lesson with a question about two numbers."""
    monkeypatch.setattr(agenda, "LESSONS", (*agenda.LESSONS, *practice_app.PRACTICE_LESSONS))
    app = AppTest.from_file(str(practice_app.build(tmp_path)), default_timeout=60)
    app.switch_page("pages/adding_up.py").run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """All that the page says."""
    assert not app.exception
    parts = [*app.markdown, *app.success, *app.warning, *app.info]
    return "\n".join(part.value for part in parts)


def commit(app: AppTest, answer: float) -> None:
    app.number_input(key="adding_up.prediction.answer").set_value(answer)
    app.button(key="adding_up.prediction.commit").click().run()


def icons(app: AppTest) -> list[str]:
    """The icons of the links on Welcome."""
    app.switch_page("pages/welcome.py").run()
    return [link.proto.icon for link in app.get("page_link") if link.proto.icon]


def test_a_page_opened_first_still_has_the_app_around_it(practice: AppTest) -> None:
    assert practice.title[0].value == "Adding up"
    assert "After this page you can add two numbers." in shown(practice)


def test_the_url_sets_the_lab(practice: AppTest) -> None:
    practice.query_params["a"] = "7"
    practice.switch_page("pages/welcome.py").run()
    fresh = AppTest.from_file(practice._script_path, default_timeout=60)
    fresh.query_params["a"] = "7"
    fresh.switch_page("pages/adding_up.py").run()
    assert fresh.slider(key="a").value == 7
    assert "What is 7 + 3?" in shown(fresh)


def test_the_answer_is_not_shown_before_the_commitment(practice: AppTest) -> None:
    assert "2 + 3 = 5" not in shown(practice)
    assert practice.number_input(key="adding_up.prediction.answer").value is None


def test_committing_without_an_answer_asks_for_one(practice: AppTest) -> None:
    practice.button(key="adding_up.prediction.commit").click().run()
    assert "Give an answer first" in shown(practice)
    assert "2 + 3 = 5" not in shown(practice)


def test_a_wrong_answer_gets_its_diagnosis_and_another_try(practice: AppTest) -> None:
    commit(practice, 6)
    assert "**Not quite.** You are 1 off." in shown(practice)
    assert "2 + 3 = 5" in shown(practice)
    practice.button(key="adding_up.prediction.again").click().run()
    assert "You are 1 off." not in shown(practice)
    commit(practice, 5)
    assert "**Right.** The sum is 5." in shown(practice)


def test_other_settings_are_another_question(practice: AppTest) -> None:
    commit(practice, 5)
    assert "**Right.**" in shown(practice)
    practice.slider(key="a").set_value(4).run()
    assert "**Right.**" not in shown(practice) and "What is 4 + 3?" in shown(practice)
    practice.slider(key="a").set_value(2).run()
    assert "**Right.**" not in shown(practice)


def test_a_verdict_survives_a_look_at_another_page(practice: AppTest) -> None:
    commit(practice, 5)
    practice.switch_page("pages/welcome.py").run()
    practice.switch_page("pages/adding_up.py").run()
    assert "**Right.** The sum is 5." in shown(practice)


def test_a_commitment_ticks_the_lesson_off(practice: AppTest) -> None:
    commit(practice, 6)
    assert icons(practice).count(":material/check_circle:") == 1
    n_lessons = len(agenda.lessons_of(agenda.VISION))
    assert f"1 of {n_lessons} done" in shown(practice)


def test_done_ticks_the_lesson_off(practice: AppTest) -> None:
    practice.switch_page("pages/choosing.py").run()
    practice.button(key="choosing.done").click().run()
    assert "Ticked off." in shown(practice)
    assert icons(practice).count(":material/check_circle:") == 1


def test_nothing_is_ticked_at_first(practice: AppTest) -> None:
    assert ":material/check_circle:" not in icons(practice)


def test_a_choice_is_asked_without_a_suggestion(practice: AppTest) -> None:
    practice.switch_page("pages/choosing.py").run()
    question = practice.radio(key="choosing.prediction.answer")
    assert question.value is None
    question.set_value("7")
    practice.button(key="choosing.prediction.commit").click().run()
    assert "**Not quite.**" in shown(practice)


def test_neighbours_are_linked(practice: AppTest) -> None:
    labels = [link.proto.label for link in practice.get("page_link")]
    assert labels == [LAST_LESSON, "Choosing"] * 2
