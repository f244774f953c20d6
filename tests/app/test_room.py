"""Lead and follow, spotlight, timer and projector mode, on real pages."""

from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from components.classroom.room import get_room
from components.classroom.stage import Place
from components.classroom.store import StoreError
from components.room import following
from components.room.bar import IDLE_SECONDS
from components.room.place import here
from components.widgets.change_marks import change_marks
from tests.app.driving import url_of
from tests.app.in_a_room import has_button, instructor_on, move, prepare, stage, visitor_on


@pytest.fixture(autouse=True)
def own_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path, monkeypatch)


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What followers were told, and which settings were framed."""
    told: list[tuple[str, list[str]]] = []

    def tell(notice: str, number: int, marked: frozenset[str]) -> None:
        told.append((notice, sorted(marked)))
        change_marks(notice, number, marked)

    monkeypatch.setattr("components.room.following.change_marks", tell)
    return told


def lead(app: AppTest) -> AppTest:
    app.button(key="room.lead").click().run()
    assert not app.exception
    return app


def follow(app: AppTest) -> AppTest:
    app.run()
    app.button(key="room.follow").click().run()
    assert not app.exception
    return app


def title(app: AppTest) -> str:
    assert not app.exception
    return app.title[0].value


def test_nobody_leads_so_there_is_nothing_to_follow() -> None:
    app = visitor_on("linear_models")
    assert not has_button(app, "room.follow")
    assert not has_button(app, "room.lead")


def test_a_follower_is_where_the_instructor_is(notices: list[tuple[str, list[str]]]) -> None:
    leader, one = instructor_on("gradient_descent", rate="0.3"), visitor_on("linear_models")
    lead(leader)
    follow(one)
    assert title(one) == "Gradient descent"
    assert url_of(one) == {"rate": "0.3"}
    assert "“Gradient descent”" in notices[-1][0]
    move(leader, "gradient_descent", rate="0.3", view="two")
    one.run()
    assert url_of(one) == {"rate": "0.3", "view": "two"}
    assert one.segmented_control(key="view").value == "two"
    assert notices[-1] == ("The instructor set view to Two weights.", ["view"])
    move(leader, "mnist_training", epochs="7")
    one.run()
    assert title(one) == "Train on MNIST, live"
    assert one.number_input(key="epochs").value == 7
    assert notices[-1][1] == []
    move(leader, "welcome")
    one.run()
    assert title(one) == "Introduction to Deep Learning"


def test_who_does_something_else_at_once_follows_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead(instructor_on("gradient_descent"))
    one = visitor_on("linear_models").run()
    asked: list[RerunData] = []

    def look_while_something_is_done(slug: str) -> Place:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        if not asked:
            asked.append(RerunData(page_script_hash=context.page_script_hash))
            context.script_requests.request_rerun(asked[0])
        return here(slug)

    monkeypatch.setattr(following, "here", look_while_something_is_done)
    one.button(key="room.follow").click().run()
    assert asked
    assert title(one) == "Gradient descent"


def test_leaving_brings_back_the_visitors_own_page_and_settings() -> None:
    leader = lead(instructor_on("linear_models", education="3"))
    one = visitor_on("linear_models", education="2", show="error")
    follow(one)
    assert url_of(one) == {"education": "3"}
    move(leader, "convolution")
    one.run()
    assert title(one) == "The convolution"
    one.button(key="room.leave").click().run()
    assert title(one) == "The problem with linear models"
    assert url_of(one) == {"education": "2", "show": "error"}
    assert one.segmented_control(key="show").value == "error"
    move(leader, "gradient_descent")
    one.run()
    assert title(one) == "The problem with linear models"
    follow(one)
    assert title(one) == "Gradient descent"


def test_who_goes_to_another_page_is_on_their_own(notices: list[tuple[str, list[str]]]) -> None:
    leader = lead(instructor_on("gradient_descent"))
    one = follow(visitor_on("linear_models"))
    move(one, "convolution")
    assert title(one) == "The convolution"
    assert has_button(one, "room.follow")
    assert "on your own" in notices[-1][0]
    move(leader, "landscape")
    assert title(one.run()) == "The convolution"


def test_a_leader_who_stops_leaves_followers_where_they_are() -> None:
    leader = lead(instructor_on("gradient_descent"))
    one, other = follow(visitor_on("linear_models")), visitor_on("convolution")
    leader.button(key="room.lead").click().run()
    assert stage().lead is None
    assert title(one.run()) == "Gradient descent"
    assert not has_button(other.run(), "room.follow")
    lead(move(leader, "landscape"))
    assert title(one.run()) == "Where deep learning shines, and with what"
    one.button(key="room.leave").click().run()
    assert title(one) == "The problem with linear models"


def test_an_instructor_who_leaves_leads_no_more() -> None:
    leader = lead(instructor_on("gradient_descent"))
    move(leader, "welcome").button(key="instructor.leave").click().run()
    assert stage().lead is None


def test_a_page_that_is_not_in_the_agenda_is_ignored() -> None:
    one = visitor_on("linear_models")
    get_room().stage().lead("a", Place("../secrets", {"rate": "1"}))
    get_room().changed()
    follow(one)
    assert title(one) == "The problem with linear models"
    assert url_of(one) == {}


def test_settings_that_make_no_sense_are_a_sentence_for_a_follower() -> None:
    one = visitor_on("linear_models")
    get_room().stage().lead("a", Place("gradient_descent", {"view": "<b>", "embed": "true"}))
    get_room().changed()
    follow(one)
    assert title(one) == "Gradient descent"
    assert any("View" in each.value or "view" in each.value for each in one.warning)


def test_followers_see_the_spotlight_and_everyone_the_timer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[float | None, str | None]] = []
    monkeypatch.setattr(
        "components.room.bar.room_signals",
        lambda _, left, spotlight, *__: seen.append((left, spotlight)),
    )
    leader = lead(instructor_on("gradient_descent"))
    get_room().stage().point("gradient_descent", "keras")
    get_room().stage().start_timer(5)
    get_room().changed()
    leader.run()
    follow(visitor_on("gradient_descent"))
    followed = len(seen)
    visitor_on("gradient_descent")  # not following
    assert [light for _, light in seen[followed:]] == [None]
    assert seen[followed - 1][1] == "#in-keras"
    lefts = [left for left, _ in seen[followed - 1 :] if left is not None]
    assert len(lefts) == 2
    assert all(240 < left <= 300 for left in lefts)


def test_the_instructor_points_and_starts_the_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    leader = instructor_on("gradient_descent")
    leader.session_state["room.popover"] = True
    leader.run()
    leader.pills(key="room.spotlight").set_value("idea").run()
    light = stage().spotlight
    assert light is not None
    assert (light.slug, light.section) == ("gradient_descent", "idea")
    leader.number_input(key="room.minutes").set_value(2)
    leader.button(key="room.timer.start").click().run()
    timer = stage().timer
    assert timer is not None
    assert timer.minutes == 2
    leader.button(key="room.timer.stop").click().run()
    assert stage().timer is None
    leader.pills(key="room.spotlight").set_value(None).run()
    assert stage().spotlight is None


# ---- Nobody else can


def test_nobody_leads_by_the_address() -> None:
    keys = ("room.lead", "lead", "room.leading", "spotlight", "timer", "classroom.instructor")
    app = visitor_on("linear_models", **dict.fromkeys(keys, "true"))
    assert not has_button(app, "room.lead")
    assert stage().lead is None


@pytest.mark.parametrize("forged", [True, "true", {"sent": {"slug": "landscape"}}, ["x"], 1])
def test_nobody_leads_by_the_session(forged: object) -> None:
    app = visitor_on("linear_models")
    app.session_state["room.leading"] = forged
    app.run()
    assert not app.exception
    assert not has_button(app, "room.lead")
    assert stage().lead is None


def test_who_was_the_instructor_leads_no_more() -> None:
    """An old page, whose buttons are still there."""
    leader = instructor_on("gradient_descent")
    leader.session_state["room.popover"] = True
    leader.run()
    del leader.session_state["classroom.instructor"]
    leader.button(key="room.lead").click()
    leader.button(key="room.timer.start").click()
    leader.pills(key="room.spotlight").set_value("idea")
    leader.run()
    now = stage()
    assert (now.lead, now.timer, now.spotlight) == (None, None, None)
    assert not has_button(leader, "room.lead")


def test_a_leader_without_the_grant_moves_nobody() -> None:
    leader = lead(instructor_on("gradient_descent"))
    one = follow(visitor_on("linear_models"))
    del leader.session_state["classroom.instructor"]
    move(leader, "landscape")
    assert title(one.run()) == "Gradient descent"


def test_nobody_leads_by_a_message() -> None:
    """A browser can send any value for any widget, drawn or not."""
    leader = instructor_on("linear_models")
    leader.session_state["room.popover"] = True
    leader.run()
    by_id, by_key = WidgetStates(), WidgetStates()
    for each in leader.button:  # the widgets' true names, as another browser could tell them
        by_id.widgets.append(WidgetState(id=each.id, trigger_value=True))
    keys = ("room.lead", "room.leading", "room.timer.start", "room.spotlight", "room.popover")
    for key in (*keys, "room-signals-listener", "change-marks-listener"):
        by_key.widgets.append(WidgetState(id=key, trigger_value=True))
        by_key.widgets.append(WidgetState(id=key, json_value='{"lead": "landscape", "left": 5}'))
    for forged in (by_id, by_key):
        app = visitor_on("linear_models")
        app._run(forged)  # Streamlit itself may refuse it with an error
        now = stage()
        assert (now.lead, now.timer, now.spotlight) == (None, None, None)
        assert not has_button(app, "room.lead")


# ---- Trouble


def test_a_database_that_is_away_leaves_every_page_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WORKSHOP_STORE", str(tmp_path / "file" / "classroom.sqlite"))
    app = visitor_on("linear_models")
    assert title(app) == "The problem with linear models"
    assert not app.warning


def test_a_lead_that_cant_be_stored_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    leader = instructor_on("gradient_descent")

    def away() -> None:
        raise StoreError("The room's database gives no answer just now.")

    monkeypatch.setattr(get_room(), "stage", away)
    lead(leader)
    assert [each.value for each in leader.warning] == [
        "The room's database gives no answer just now."
    ]


# ---- Projector mode


def test_projector_mode_stays_on_through_page_switches() -> None:
    app = visitor_on("linear_models", present="1", hide="controls", education="2")
    assert url_of(app) == {"present": "1", "hide": "controls", "education": "2"}
    move(app, "convolution")
    assert url_of(app) == {"present": "1", "hide": "controls"}
    app.button(key="room.hide").click().run()
    move(app, "landscape")
    assert url_of(app) == {"present": "1"}
    app.button(key="room.present").click().run()
    assert url_of(app) == {}
    assert url_of(move(app, "convolution")) == {}
    assert not has_button(app, "room.hide")


@pytest.mark.parametrize("word", ["", "0", "true", "<script>"])
def test_projector_mode_has_one_word(word: str) -> None:
    app = visitor_on("linear_models", present=word, hide=word)
    assert url_of(app) == {}
    assert not has_button(app, "room.hide")


def test_hidden_controls_without_the_mode_are_shown() -> None:
    assert url_of(visitor_on("linear_models", hide="controls")) == {}


def test_projector_mode_is_not_passed_on_and_not_lost_by_following() -> None:
    leader = lead(instructor_on("gradient_descent", present="1", rate="0.3"))
    lead_now = stage().lead
    assert lead_now is not None
    assert lead_now.place.query == {"rate": "0.3"}
    plain, projected = visitor_on("linear_models"), visitor_on("linear_models", present="1")
    assert url_of(follow(plain)) == {"rate": "0.3"}
    assert url_of(follow(projected)) == {"rate": "0.3", "present": "1"}
    projected.button(key="room.leave").click().run()
    assert url_of(projected) == {"present": "1"}
    assert url_of(leader)["present"] == "1"


def pace_of(app: AppTest) -> float | None:
    """How often the bar looks for news on this visitor's page."""
    paces: list[float | None] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("components.room.bar.room_signals", lambda *signals: paces.append(signals[4]))
        app.run()
    assert not app.exception
    return paces[-1]


def test_without_a_passcode_the_bar_looks_for_news_once_there_was_an_instructor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKSHOP_PASSCODE")
    monkeypatch.setattr("components.classroom.instructor.can_be_without_passcode", lambda: True)
    visitor = visitor_on("landscape")
    assert pace_of(visitor) is None
    leader = visitor_on("welcome")
    leader.button(key="instructor.be").click().run()
    assert has_button(leader, "room.lead")
    assert pace_of(visitor) == IDLE_SECONDS


def test_with_a_passcode_the_bar_always_looks_for_news() -> None:
    assert pace_of(visitor_on("landscape")) == IDLE_SECONDS
