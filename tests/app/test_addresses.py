"""Whatever an address asks for, the page comes, and says in a sentence what it can't read."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components import agenda
from components.widgets.settings import SettingError
from components.widgets.settings_in_url import complaint
from tests.app.addresses import addresses, settings_of, texts_for
from tests.app.driving import open_page

SLUGS = [lesson.slug for lesson in agenda.LESSONS if settings_of(lesson.slug)]
EXAMPLES = int(os.environ.get("WORKSHOP_FUZZ", "5"))  # addresses for each page


def test_only_welcome_has_no_settings() -> None:
    assert {lesson.slug for lesson in agenda.LESSONS} - set(SLUGS) == {"welcome"}
    assert all(len(settings_of(slug)) > 2 for slug in SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
@settings(deadline=None, max_examples=8 * EXAMPLES)  # each of them a text for every setting
@given(data=st.data())
def test_every_setting_reads_any_text_or_refuses_it(slug: str, data: st.DataObject) -> None:
    for setting in settings_of(slug).values():
        text = data.draw(st.one_of(st.text(max_size=80), texts_for(setting)))
        try:
            value = setting.parse(text)
        except SettingError as error:
            assert complaint(setting, text, error).endswith(".")
        else:
            assert value == setting.default or setting.parse(setting.text(value)) == value


@pytest.mark.parametrize("slug", SLUGS)
@settings(
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_every_page_comes_at_any_address(slug: str, data: st.DataObject) -> None:
    url = {
        name: text
        for name, text in data.draw(addresses(slug)).items()
        if "\x00" not in text  # no browser sends one
    }
    app = open_page(slug, **url)
    assert not app.exception, (url, [each.value for each in app.exception])
    app.run()  # what the page wrote into its address, it reads again
    assert not app.exception, (url, [each.value for each in app.exception])
