"""What .streamlit/config.toml promises about who may send what and how runs follow one another,
and that Streamlit keeps it."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from components.concepts.classifier_file import MOST_BYTES as MOST_CLASSIFIER_BYTES
from components.pictures.door import MAX_BYTES as MOST_PICTURE_BYTES
from components.tables.door import MAX_BYTES as MOST_TABLE_BYTES

FILE = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
STATED = tomllib.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.enableStaticServing", False),
        ("server.maxUploadSize", 20),
        ("server.maxMessageSize", 50),
        ("global.minCachedMessageSize", 1_000_000_000),
        ("runner.fastReruns", False),
    ],
)
def test_it_is_stated(name: str, value: object) -> None:
    section, _, option = name.partition(".")
    assert STATED[section][option] == value
    config.get_config_options(force_reparse=True)
    assert config.get_option(name) == value


def test_a_photo_that_its_door_lets_in_is_taken_by_the_server_too() -> None:
    most = STATED["server"]["maxUploadSize"] * 2**20
    assert most == MOST_PICTURE_BYTES
    assert max(MOST_TABLE_BYTES, MOST_CLASSIFIER_BYTES) < most
