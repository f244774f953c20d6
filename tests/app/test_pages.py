"""Every page through AppTest, and what the Streamlit process must never import."""

import subprocess
import sys
from pathlib import Path

import pytest

from components import agenda
from tests.app.driving import APP, fill, open_page, text_of

FIELDS = (
    "number_input", "text_input", "selectbox", "multiselect", "slider", "select_slider", "toggle",
    "button_group", "radio",
)  # fmt: skip

PROJECT = Path(__file__).resolve().parent.parent.parent
SLUGS = [lesson.slug for lesson in agenda.LESSONS]


def test_the_agenda_lists_every_page_and_no_other() -> None:
    scripts = {path.stem for path in (PROJECT / "pages").glob("*.py")} - {"__init__"}
    assert scripts == set(SLUGS)
    assert len(SLUGS) == len(set(SLUGS))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_opens_with_its_title(slug: str) -> None:
    app = open_page(slug)
    assert not app.exception
    assert not app.error
    assert app.title
    assert any("After this page you can" in text.value for text in app.markdown)


def test_no_page_brings_keras_into_the_streamlit_process_or_writes_where_the_app_lies() -> None:
    program = f"""
import os, sys
written = []
def note(event, arguments):
    if event != "open" or not isinstance(arguments[0], str):
        return
    path = os.path.realpath(arguments[0])
    writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes and path.startswith({str(PROJECT)!r}) and "__pycache__" not in path:
        written.append(path)
sys.addaudithook(note)
from streamlit.testing.v1 import AppTest
for slug in {SLUGS!r}:
    app = AppTest.from_file({APP!r}, default_timeout=60)
    app.switch_page(f"pages/{{slug}}.py")
    assert not app.run().exception
of_keras = {{"keras", "tensorflow", "jax", "components.models.training"}}
print(sorted(of_keras & set(sys.modules)), written)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[] []"


def test_mnist_settings_come_from_the_url() -> None:
    app = open_page("mnist_training", network="dense", epochs="3", shuffle="on")
    assert not app.exception
    assert app.number_input(key="epochs").value == 3
    assert any("109,386 parameters" in caption.value for caption in app.caption)
    assert "order_of_pixels = np.random.default_rng(0).permutation(28 * 28)" in app.code[0].value


def test_mnist_default_shows_the_golden_sum() -> None:
    app = open_page("mnist_training")
    assert any("136,614 parameters" in caption.value for caption in app.caption)
    page = "".join(str(element.proto) for element in app.get("html"))
    assert "40 + 264 + 135,300 + 1,010" in page


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"epochs": "many"}, "a whole number from 1 to 100"),
        ({"rate": "-3"}, "a number from 0"),
        ({"network": "resnet"}, "one of workshop"),
        ({"layers": "conv-8-2.magic"}, "is no layer"),
        ({"layers": ".".join(["flatten"] * 40)}, "at most 12 layers"),
        ({"shuffle": "perhaps"}, "on or off"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(url: dict[str, str], words: str) -> None:
    app = open_page("mnist_training", **url)
    assert not app.exception
    assert any(words in warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ("dense-10", "Put a flatten layer before it"),
        ("flatten.conv-8-3", "Move it before the flatten layer"),
        ("pool-7.conv-8-9.flatten", "does not fit"),
        ("flatten.dense-1024.dense-1024.dense-1024", "parameters"),
        ("conv-128-9.conv-128-9.flatten", "multiplications"),
        ("conv-500-3.flatten", "from 1 to 128"),
        ("", "Put a flatten layer before it"),
    ],
)
def test_an_impossible_network_is_explained_before_training(layers: str, words: str) -> None:
    app = open_page("mnist_training", network="own", layers=layers)
    assert not app.exception
    assert any(words in error.value for error in app.error), [e.value for e in app.error]
    assert next(b for b in app.button if b.label == "Train").disabled


@pytest.mark.parametrize(
    "address",
    [
        *(lesson.slug for lesson in agenda.LESSONS),
        *(f"activation_functions?view={view}" for view in ("table", "hinges")),
        *(f"gradient_descent?view={view}" for view in ("two", "race")),
        *(f"deeper_networks?panel={panel}" for panel in ("data", "network", "weights")),
        "first_keras_model?task=classification",
        "images_as_numbers?picture=7",
        *(f"convolution?view={view}" for view in ("slide", "picture", "challenge")),
        "mnist_training?network=own",
        *(f"how_a_network_sees?view={view}" for view in ("mattered", "strongest", "moments")),
        "classify_images?view=teach",
    ],
)
def test_no_run_takes_back_what_is_chosen_while_it_goes_on(address: str) -> None:
    """A value that a run sets goes over what the visitor has chosen since the run began."""
    slug, _, query = address.partition("?")
    app = open_page(slug, **dict(part.split("=") for part in query.split("&") if part))
    assert "The address asks" not in text_of(app.run())
    fields = [field for kind in FIELDS for field in app.get(kind) if not field.proto.disabled]
    assert fields
    assert [field.proto.label for field in fields if field.proto.set_value] == []


def test_the_builder_adds_moves_and_removes_layers() -> None:
    app = open_page("mnist_training", network="own", layers="conv-8-3.flatten")
    next(b for b in app.button if b.label == "+ Dense").click().run()
    assert app.session_state["layers"] == "conv-8-3.flatten.dense-50"
    fill(app, "filters", 16)
    assert app.session_state["layers"] == "conv-16-3.flatten.dense-50"
    app.button(key="up_1").click().run()
    assert app.session_state["layers"] == "flatten.conv-16-3.dense-50"
    app.button(key="remove_1").click().run()
    assert app.session_state["layers"] == "flatten.dense-50"
    assert not app.exception


def test_what_comes_before_the_rows_are_drawn_again_counts_too() -> None:
    app = open_page("mnist_training", network="own", layers="conv-8-3.flatten")
    next(field for field in app.number_input if field.label == "filters").set_value(16)
    next(field for field in app.number_input if field.label == "kernel size").set_value(5)
    next(field for field in app.selectbox if field.label == "activation").set_value("tanh")
    next(b for b in app.button if b.label == "+ Dense").click()
    app.button(key="up_1").click().run()
    assert app.session_state["layers"] == "flatten.conv-16-5-tanh.dense-50"
    assert not app.exception


def test_a_prediction_is_committed_diagnosed_and_ticks_the_lesson() -> None:
    app = open_page("mnist_training")
    assert not any("520" in text.value for text in [*app.markdown, *app.success])
    app.number_input(key="mnist_training.prediction.answer").set_value(512.0)
    next(b for b in app.button if b.label == "Commit").click().run()
    assert any("forgot the biases" in warning.value for warning in app.warning)
    assert "mnist_training" in app.session_state["lesson.done"]


def test_an_absurd_learning_rate_is_announced() -> None:
    app = open_page("mnist_training", rate="1000000000")
    assert any("expect the loss to run off" in caption.value for caption in app.caption)
    app = open_page("mnist_training", rate="0")
    assert any("learn nothing" in caption.value for caption in app.caption)
