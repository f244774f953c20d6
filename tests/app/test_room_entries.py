"""Send mine to the room: on the pages that offer it, and after every prediction."""

from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from components.classroom.entries import Entry
from components.classroom.room import get_room
from components.classroom.store import StoreError
from components.concepts.training import EpochPoint, TrainingPlan, TrainingRecord
from components.labs.digits.room import BUDGET_SECONDS, best_within_budget
from components.labs.digits.runs import Run
from tests.app.driving import commit, html, text_of
from tests.app.in_a_room import has_button, instructor_on, prepare, visitor_on

PREDICTION = "predict.gradient_descent.next_step"


@pytest.fixture(autouse=True)
def own_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path, monkeypatch)


def open_room(app: AppTest, topic: str) -> AppTest:
    app.session_state[f"room.{topic}.open"] = True
    app.run()
    assert not app.exception
    return app


def send(app: AppTest, topic: str, name: str = "") -> AppTest:
    open_room(app, topic)
    app.text_input(key=f"room.{topic}.name").set_value(name)
    app.button(key=f"room.{topic}.send").click().run()
    assert not app.exception
    return app


def sent(topic: str) -> tuple[Entry, ...]:
    get_room().changed()
    return get_room().sent(topic)


def warnings(app: AppTest) -> list[str]:
    return [each.value for each in app.warning]


def test_everyones_models_are_on_one_surface() -> None:
    one = send(visitor_on("linear_models", education="3", industry="12"), "linear_models", "Ada")
    two = send(visitor_on("linear_models", education="2"), "linear_models")
    assert [each.name for each in sent("linear_models")] == ["Ada", ""]
    assert sent("linear_models")[0].value["education"] == 3
    assert "2 in the room" in html(two)
    send(one, "linear_models", "Grace")
    assert [each.name for each in sent("linear_models")] == ["Grace", ""]
    one.button(key="room.linear_models.withdraw").click().run()
    assert [each.name for each in sent("linear_models")] == [""]


def test_a_model_with_the_product_is_not_on_the_surface() -> None:
    app = open_room(visitor_on("linear_models", product="on"), "linear_models")
    assert app.button(key="room.linear_models.send").disabled
    assert "Switch off" in text_of(app)


def test_walks_are_on_the_loss_that_they_walked_on() -> None:
    send(visitor_on("gradient_descent", steps="3"), "gradient_descent")
    two = send(visitor_on("gradient_descent", view="two", steps="3"), "gradient_descent")
    assert "1 in the room" in html(two)
    assert {each.value["landscape"] for each in sent("gradient_descent")} == {"bowl", "bumpy"}


def test_a_walk_that_left_the_picture_is_not_sent() -> None:
    app = visitor_on("gradient_descent", steps="20", rate="3")
    open_room(app, "gradient_descent")
    assert app.button(key="room.gradient_descent.send").disabled
    assert "left the picture" in text_of(app)


def test_there_is_no_best_run_before_one() -> None:
    app = open_room(visitor_on("mnist_training"), "mnist_training")
    assert app.button(key="room.mnist_training.send").disabled
    assert "Train first" in text_of(app)


def test_the_best_epoch_within_the_budget_counts() -> None:
    def run(*ends: tuple[float, float], shuffled: bool = False) -> Run:
        plan = object.__new__(TrainingPlan)
        object.__setattr__(plan, "shuffle_pixels", shuffled)
        points = [EpochPoint(n, n, 0, 0, 0, best, at) for n, (best, at) in enumerate(ends)]
        return Run(1, "run", plan, None, TrainingRecord(epoch_points=points))  # type: ignore[arg-type]

    slow, quick = run((0.9, 30), (0.99, BUDGET_SECONDS + 1)), run((0.8, 5), (0.95, 10))
    cheat = run((1.0, 1), shuffled=True)
    assert best_within_budget([slow, quick, cheat]) == (quick, 0.95, 10)
    assert best_within_budget([cheat]) is None


def test_predictions_are_counted_once_they_are_committed() -> None:
    apps = [visitor_on("gradient_descent") for _ in range(3)]
    for app, answer in zip(apps, (-2.0, -2.0, -4.0), strict=True):
        assert not has_button(open_room(app, PREDICTION), f"room.{PREDICTION}.send")
        commit(app, "gradient_descent", "next_step", answer)
        send(app, PREDICTION)
    assert "Answers: -4: 1, -2: 2." in html(apps[-1])
    other = visitor_on("gradient_descent", rate="0.3")  # another question
    commit(other, "gradient_descent", "next_step", -2.0)
    assert "Nobody has sent anything yet." in text_of(open_room(other, PREDICTION))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "[x](http://y)", "**x**"])
def test_a_nickname_that_could_do_something_is_a_sentence(name: str) -> None:
    app = send(visitor_on("linear_models"), "linear_models", name)
    assert "nickname" in warnings(app)[0]
    assert sent("linear_models") == ()


def test_the_instructor_hides_entries_and_empties_the_room() -> None:
    one = send(visitor_on("linear_models"), "linear_models", "rude")
    leader = open_room(instructor_on("linear_models"), "linear_models")
    (entry,) = sent("linear_models")
    leader.multiselect(key="room.linear_models.hidden").set_value([entry.number]).run()
    assert "Nobody has sent anything yet." in text_of(open_room(one, "linear_models"))
    send(one, "linear_models", "rude too")
    assert [each.hidden for each in sent("linear_models")] == [True]
    leader.button(key="room.linear_models.clear").click().run()
    assert sent("linear_models") == ()


def test_nobody_else_hides_or_empties() -> None:
    one = send(visitor_on("linear_models"), "linear_models", "Ada")
    leader = open_room(instructor_on("linear_models"), "linear_models")
    ids = [each.id for each in leader.button if each.key == "room.linear_models.clear"]
    assert len(ids) == 1
    forged = WidgetStates()
    for each in ids:
        forged.widgets.append(WidgetState(id=each, trigger_value=True))
    app = visitor_on("linear_models", **{"room.linear_models.clear": "true"})
    open_room(app, "linear_models")
    assert not has_button(app, "room.linear_models.clear")
    app._run(forged)
    del leader.session_state["classroom.instructor"]
    leader.button(key="room.linear_models.clear").click().run()
    assert "Only the instructor" in warnings(leader)[0]
    assert [each.name for each in sent("linear_models")] == ["Ada"]
    assert not has_button(one, "room.linear_models.clear")


def test_without_a_store_the_room_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(topic: str) -> None:
        raise StoreError("The room's database gives no answer just now.")

    monkeypatch.setattr(get_room(), "sent", away)
    app = open_room(visitor_on("linear_models"), "linear_models")
    assert warnings(app) == ["The room's database gives no answer just now."]
    assert not has_button(app, "room.linear_models.send")
