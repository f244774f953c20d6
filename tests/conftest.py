"""What all tests share: where the data for tests are, and which inputs are drawn."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A run of all tests draws the same inputs every time, so that it says something of the change at
# hand; WORKSHOP_FUZZ asks for more inputs, and for new ones.
settings.register_profile("same", derandomize=True)
if "WORKSHOP_FUZZ" not in os.environ:
    settings.load_profile("same")

TEST_DATA = "WORKSHOP_TEST_DATA"


@pytest.fixture(scope="session", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The room's answers go to a file of the tests, and no passcode comes from outside."""
    file = tmp_path_factory.mktemp("classroom") / "classroom.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_STORE", str(file))
        for name in ("WORKSHOP_PASSCODE", "WORKSHOP_SURVEY", "WORKSHOP_ADDRESS"):
            patch.delenv(name, raising=False)
        yield file


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of data that a connected machine would have.

    Named by WORKSHOP_TEST_DATA; without it the test skips, with it a missing folder is a failure.
    """
    named = os.environ.get(TEST_DATA)
    if not named:
        pytest.skip(f"{TEST_DATA} is not set: no data beyond what is bundled")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"{TEST_DATA} names {folder}, which is no folder")
    return folder


@pytest.fixture(scope="session")
def keras_home(test_data: Path) -> Path:
    """A Keras cache with MNIST and ImageNet weights."""
    home = test_data / "keras-home"
    if not (home / "datasets" / "mnist.npz").is_file():
        pytest.fail(f"{home} has no datasets/mnist.npz")
    return home
