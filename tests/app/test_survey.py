"""The survey on Welcome: who sees what, who may do what, and what goes wrong."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from components.classroom import instructor
from components.classroom.room import get_room
from components.classroom.store import RoomState, StoreError
from components.classroom.survey import BUNDLED_SURVEY, read_survey

APP = str(Path(__file__).resolve().parent.parent.parent / "streamlit_app.py")
PASSCODE = "open sesame"
PYTHON = read_survey(BUNDLED_SURVEY).questions[0]
HOPES = read_survey(BUNDLED_SURVEY).questions[-1]
HIDDEN = "The results are hidden until the instructor reveals them."


@pytest.fixture(autouse=True)
def own_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty store for each test, and a passcode nobody has guessed at."""
    monkeypatch.setenv("WORKSHOP_STORE", str(tmp_path / "new folder" / "classroom.sqlite"))
    monkeypatch.setenv("WORKSHOP_PASSCODE", PASSCODE)
    instructor._gate.clear()


def visit(**url: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, text in url.items():
        app.query_params[name] = text
    return app.run()


def enter(app: AppTest, passcode: str = PASSCODE) -> AppTest:
    app.text_input(key="instructor.passcode").set_value(passcode)
    return app.button(key="instructor.enter").click().run()


def vote(app: AppTest, choice: str = PYTHON.choices[1]) -> AppTest:
    app.pills(key="survey.before.python").set_value(choice)
    return app.button(key="survey.before.send").click().run()


def texts(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(each.value for each in app.markdown)


def warnings(app: AppTest) -> list[str]:
    return [each.value for each in app.warning]


def has_button(app: AppTest, key: str) -> bool:
    return any(each.key == key for each in app.button)


def state() -> RoomState:
    get_room().changed()
    return get_room().state()


def test_results_are_hidden_until_the_instructor_reveals_them() -> None:
    learner, other = vote(visit()), visit()
    assert "Your answers are in." in texts(learner)
    assert HIDDEN in texts(learner)
    assert "1 visit has answered" in texts(other.run())
    assert not other.get("vega_lite_chart")
    leader = enter(visit())
    assert HIDDEN in texts(leader)
    leader.button(key="instructor.reveal").click().run()
    for app in (leader, learner.run(), other.run()):
        assert HIDDEN not in texts(app)
        summaries = "".join(str(each.proto) for each in app.get("html"))
        assert f"Before the workshop: {PYTHON.choices[0]} 0, {PYTHON.choices[1]} 1" in summaries
    leader.button(key="instructor.reveal").click().run()
    assert HIDDEN in texts(learner.run())


def test_an_answer_replaces_the_earlier_one_of_the_visit() -> None:
    learner = vote(visit())
    learner.pills(key="survey.before.hopes").set_value(list(HOPES.choices[:2]))
    vote(learner, PYTHON.choices[3])
    (only,) = state().answer_sets
    assert only.answers == {"python": (PYTHON.choices[3],), "hopes": HOPES.choices[:2]}
    assert "1 visit has answered" in texts(learner)


def test_no_answer_at_all_gets_a_sentence() -> None:
    learner = visit()
    learner.button(key="survey.before.send").click().run()
    assert warnings(learner) == ["Answer at least one question, then send."]
    assert warnings(vote(learner)) == []


def test_a_locked_survey_refuses_answers_and_shows_the_visitors_own() -> None:
    learner, late, leader = vote(visit()), visit(), enter(visit())
    leader.button(key="instructor.lock").click().run()
    vote(late)  # on a page that does not know yet
    assert any("closed" in each for each in warnings(late))
    assert len(state().answer_sets) == 1
    assert f"**{PYTHON.choices[1]}**" in texts(learner.run())
    assert not has_button(learner, "survey.before.send")
    leader.button(key="instructor.lock").click().run()
    vote(late.run())
    assert len(state().answer_sets) == 2


def test_after_the_workshop_is_a_round_of_its_own() -> None:
    learner, leader = vote(visit()), enter(visit())
    leader.segmented_control(key="instructor.asked").set_value("after").run()
    learner.run()
    assert "After the workshop" in texts(learner)
    learner.pills(key="survey.after.python").set_value(PYTHON.choices[2])
    learner.button(key="survey.after.send").click().run()
    assert [each.round for each in state().answer_sets] == ["before", "after"]
    leader.run().button(key="instructor.reset").click().run()
    assert [each.round for each in state().answer_sets] == ["before"]
    assert state().asked == "after"


def test_a_wrong_passcode_is_refused_and_then_slowed() -> None:
    app = visit()
    for _ in range(3):
        enter(app, "wrong")
    assert warnings(app) == ["That is not the passcode. Wait 2 seconds, then try again."]
    for _ in range(4):  # a slow machine may let one through; more and more time is needed
        enter(app, "wrong")
    enter(app)
    assert any("Wait" in each for each in warnings(app))
    assert not has_button(app, "instructor.reveal")


def test_leaving_ends_what_the_instructor_may_do() -> None:
    leader = enter(visit())
    leader.button(key="instructor.leave").click().run()
    assert not has_button(leader, "instructor.reveal")
    assert has_button(leader, "instructor.enter")


def test_nobody_is_the_instructor_by_the_address() -> None:
    keys = ("classroom.instructor", "instructor", "instructor.passcode", "passcode", "present")
    app = visit(**dict.fromkeys(keys, "true"))
    assert not has_button(app, "instructor.reveal")


def test_nobody_is_the_instructor_by_a_message() -> None:
    """A browser can send any value for any widget, drawn or not."""
    leader = enter(visit())
    by_id, by_key = WidgetStates(), WidgetStates()
    for each in leader.button:  # the widgets' true names, as another browser could tell them
        by_id.widgets.append(WidgetState(id=each.id, trigger_value=True))
    for key in ("classroom.instructor", "instructor.reveal", "instructor.reset"):
        by_key.widgets.append(WidgetState(id=key, trigger_value=True))
        by_key.widgets.append(WidgetState(id=key, json_value='{"active": true}'))
    vote(visit())
    before = state()
    for forged in (by_id, by_key):
        app = visit()
        app._run(forged)  # Streamlit itself may refuse it with an error
        assert not has_button(app, "instructor.reveal")
        assert state() == before


@pytest.mark.parametrize("forged", [True, "true", {"active": True}, ["active"], 1])
def test_nothing_that_a_browser_can_send_is_a_grant(forged: object) -> None:
    app = visit()
    app.session_state["classroom.instructor"] = forged
    app.run()
    assert not app.exception
    assert not has_button(app, "instructor.reveal")


def test_an_instructor_who_left_can_do_nothing_with_an_old_page() -> None:
    leader = enter(visit())
    del leader.session_state["classroom.instructor"]
    leader.button(key="instructor.reveal").click().run()
    assert not state().now.revealed
    assert any("Only the instructor" in each for each in warnings(leader))


def test_without_a_passcode_only_the_servers_own_machine_has_an_instructor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKSHOP_PASSCODE")
    app = visit()
    assert "only someone at its own machine" in texts(app)
    assert "WORKSHOP_PASSCODE" in texts(app)
    assert not has_button(app, "instructor.be")
    monkeypatch.setattr(instructor, "is_at_this_machine", lambda address, headers: True)
    monkeypatch.setattr(instructor.st, "context", _Local())
    app.run()
    app.button(key="instructor.be").click().run()
    assert has_button(app, "instructor.reveal")


class _Local:
    """What Streamlit says of a visitor on localhost."""

    ip_address = None
    headers: dict[str, str] = {"Host": "localhost:8501"}  # noqa: RUF012
    url = "http://localhost:8501/welcome"


def test_a_passcode_from_the_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKSHOP_PASSCODE")
    app = AppTest.from_file(APP, default_timeout=60)
    app.secrets["WORKSHOP_PASSCODE"] = 4711
    enter(app.run(), "4711")
    assert has_button(app, "instructor.reveal")


def test_a_database_from_the_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "named.sqlite"
    named = {"connections": {"classroom": {"url": f"sqlite:///{file}"}}}
    monkeypatch.setattr(st.secrets, "_secrets", named)
    app = vote(visit())
    assert "1 visit has answered" in texts(app)
    assert file.exists()
    assert not (tmp_path / "new folder").exists()


def test_a_database_that_cant_be_opened_leaves_the_page_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WORKSHOP_STORE", str(tmp_path / "file" / "classroom.sqlite"))
    app = visit()
    assert any("WORKSHOP_STORE" in each for each in warnings(app))
    assert "What about the exciting stuff?" in [each.value for each in app.header]


def test_a_database_that_goes_away_loses_nothing_that_was_filled_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = visit()
    room = get_room()
    real = room.store

    def away() -> None:
        raise StoreError("The room's database gives no answer just now.")

    monkeypatch.setattr(room, "store", away)
    vote(app)
    assert warnings(app) == ["The room's database gives no answer just now."]
    assert app.pills(key="survey.before.python").value == PYTHON.choices[1]
    monkeypatch.setattr(room, "store", real)
    app.button(key="survey.before.send").click().run()
    assert "Your answers are in." in texts(app)


def test_a_broken_survey_file_leaves_the_page_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    monkeypatch.setenv("WORKSHOP_SURVEY", str(file))
    file.write_text("[[question]")
    app = visit()
    assert any("mine.toml is no valid TOML" in each for each in warnings(app))
    assert "What about the exciting stuff?" in [each.value for each in app.header]
    file.write_text('[[question]]\nname = "tea"\ntext = "Tea?"\nchoices = ["no", "yes"]\n')
    app.run()
    assert app.pills(key="survey.before.tea").options == ["no", "yes"]
