"""The lab of "How images are represented": the picture, its numbers, and what to change."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components import lesson
from components.concepts.picture_numbers import (
    Edit,
    Pixels,
    is_grey,
    put_edit,
    write_edits,
    written_count,
    written_grey,
)
from components.labs.address import run_page_if_moved
from components.labs.images_as_numbers import settings, source
from components.labs.images_as_numbers.view import View, view_on_page
from components.widgets.live_slider import live_sliders, set_sliders
from components.widgets.pixel_grid import pixel_grid
from components.widgets.renewed_fields import RenewedField, renewed_field
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import adopt_url, publish_url

SLIDERS = "images_as_numbers.sliders"
GRID = "images_as_numbers.grid"
_SEEN = "images_as_numbers.seen"  # the picture that the edits belong to
_VIEW = "images_as_numbers.view"  # what was on show last, for the callbacks
_REFUSED = "images_as_numbers.refused"


def adopt_address() -> None:
    """Take the settings from the URL, and say what makes no sense there."""
    before = st.session_state.get(settings.EDITS.name)
    adopt_url(settings.TABLE)
    if value_of(settings.EDITS) != before:
        st.session_state.pop(_SEEN, None)  # edits from the address belong to its picture


def show_lab() -> View:
    """Draw the lab; what it shows. The lower parts of the page follow the address."""
    hold(settings.TABLE)
    picture, controls = lesson.lab(0.7)
    with controls, st.container(gap="xsmall"):
        original, name = _show_picture_choice()
        is_another = _forget_edits_of_another(original)
        show = _show_choices(original)
        values = live_sliders(settings.SLIDERS, SLIDERS, reset=False)
        view = view_on_page(original, name, values)
        st.session_state[_VIEW] = view
        _show_pixel(view)
    with picture, st.container(gap="xsmall"):
        top, left = view.patch.top, view.patch.left
        pixel_grid(
            view.pixels,
            view.patch,
            view.matrices(show),
            (view.chosen[0] - top, view.chosen[1] - left),
            GRID,
            name,
            _choose,
            _move,
        )
        _show_sums(view)
    publish_url(settings.TABLE)
    run_page_if_moved(must_run=is_another)  # an own picture is not in the address
    return view


def _show_picture_choice() -> tuple[Pixels, str]:
    """Draw it with Reset beside it; the picture in as much detail as the settings say."""
    pixels, name = source.choose()
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        with st.container(width="stretch"):
            detail = settings.DETAIL.draw(disabled=_fits(pixels))
        st.button("Reset", icon=":material/restart_alt:", on_click=_reset)
    return source.in_detail(pixels, detail), name


def _fits(pixels: Pixels) -> bool:
    """Whether all of a picture can be in sight, as that of a digit."""
    return max(pixels.shape[:2]) <= settings.DIGIT_SIDE


def _forget_edits_of_another(original: Pixels) -> bool:
    """Edits belong to one picture in one size: with another one they are gone. Whether it is
    another one than before.
    """
    picture = (original.shape, hash(original.tobytes()))
    if st.session_state.setdefault(_SEEN, picture) == picture:
        return False
    st.session_state[_SEEN] = picture
    st.session_state[settings.EDITS.name] = ""
    return True


def _show_choices(original: Pixels) -> str:
    """How much is in sight, and which matrices; the word for these."""
    fits = _fits(original)
    if not fits and int(value_of(settings.SIDE)) > settings.WIDEST:
        st.session_state[settings.SIDE.name] = str(settings.WIDEST)
    settings.SIDE.draw(
        among=[side for side in settings.SIDE.options if fits or int(side) <= settings.WIDEST]
    )
    return settings.SHOW.draw(disabled=is_grey(original))


def _show_pixel(view: View) -> None:
    """Fields for the numbers of the chosen pixel."""
    row, column = view.chosen
    st.markdown(f"**The chosen pixel**, row {row}, column {column}")
    fields = (settings.GREY_FIELD,) if view.is_grey else settings.CHANNEL_FIELDS
    renewed = [renewed_field(each.name, view.pixel[n]) for n, each in enumerate(fields)]
    with st.container(horizontal=True, gap="xsmall"):
        for setting, field in zip(fields, renewed, strict=True):
            with st.container(width=104):  # three in a row, on a phone as well
                shown = replace(setting, name=field.key, default=field.start)
                shown.draw(on_change=lambda: _edit(renewed))
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.warning(refused)


def _show_sums(view: View) -> None:
    """How many numbers there are, and the chosen pixel in grey."""
    row, column = view.chosen
    written = written_count(view.shape)
    if view.is_grey:
        st.markdown(
            f"**{written} numbers**, each from 0 to 255. Red, green and blue are the same "
            f"everywhere, so one matrix is enough. Row {row}, column {column} is "
            f"**{view.pixel[0]}**."
        )
    else:
        grey = written_grey(view.pixel)
        st.markdown(
            f"**{written} numbers**, each from 0 to 255. Row {row}, column {column} is "
            f"**{view.pixel[0]}, {view.pixel[1]}, {view.pixel[2]}**. In grey: `{grey}`, as a "
            f"whole number **{view.grey_number}**."
        )
    if view.edits:
        edited = len(view.edits)
        st.markdown(
            f"{edited} pixel{'s' if edited > 1 else ''} edited. Reset takes that back, and so does "
            "another picture."
        )
    if view.n_edits_outside:
        st.info(
            f"{view.n_edits_outside} of the edited pixels in the address lie outside of this "
            "picture and are left out."
        )


def percent_of_way(share: float, size: int, side: int) -> float:
    """The percent of its way at which the middle of a patch lies at `share` of the picture."""
    way = size - side
    if way == 0:
        return settings.DOWN.default
    return round(min(max(100 * (share * size - side / 2) / way, 0), 100), 1)


# ---- What the learner does


def _choose(row: int, column: int) -> None:
    st.session_state[settings.ROW.name] = row
    st.session_state[settings.COLUMN.name] = column


def _move(down: float, across: float) -> None:
    """Lay the middle of the patch on a place of the whole picture, as far as it goes."""
    view: View = st.session_state[_VIEW]
    height, width = view.pixels.shape[:2]
    patch = view.patch
    moved = {
        settings.DOWN.name: percent_of_way(down, height, patch.n_rows),
        settings.ACROSS.name: percent_of_way(across, width, patch.n_columns),
    }
    set_sliders(SLIDERS, moved)


def _edit(fields: Sequence[RenewedField[int]]) -> None:
    """Take the numbers typed for the chosen pixel over into the picture."""
    if not all(field.is_there for field in fields):
        return  # said of the pixel before
    view: View = st.session_state[_VIEW]
    typed = [field.said for field in fields]
    red, green, blue = typed * 3 if view.is_grey else typed
    edit = Edit(*view.chosen, (red, green, blue))
    try:
        edits = put_edit(view.edits, edit, view.original[view.chosen].tolist())
    except ValueError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state[settings.EDITS.name] = write_edits(edits)


def _reset() -> None:
    """Everything as at the start."""
    set_sliders(SLIDERS, {setting.name: setting.default for setting in settings.SLIDERS})
    for setting in settings.TABLE:
        st.session_state[setting.name] = setting.default
