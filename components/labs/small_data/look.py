"""Looking at a comparison: the small set, what was confused, and the space of features."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.classification import (
    Confusion,
    cell_indices,
    confusion_matrix,
    worst_confusions,
)
from components.concepts.feature_space import project, same_class_neighbours
from components.concepts.small_data import (
    BEFORE,
    FINE_TUNED,
    SCRATCH,
    LabelledPictures,
    draw_small_set,
)
from components.concepts.small_data_words import percent
from components.figures.confusion import confusion_chart, selected_cell
from components.figures.feature_scatter import feature_scatter
from components.figures.picture_sheet import picture_sheet, picture_uri
from components.figures.small_data_curves import sizes_chart
from components.labs.small_data import runs, settings, source
from components.widgets.chart import show_chart
from components.widgets.settings_in_url import publish_url

SHOWN = 24
MOST_OF_SMALL_SET = 60
MATRIX_HEIGHT = 380
FULL_CONFIDENCE = 255
TITLES = {
    BEFORE: "Before: the pretrained network",
    FINE_TUNED: "After fine-tuning",
    SCRATCH: "After learning from scratch",
}
SPACE = """
A network turns a picture into features, a row of numbers. Here each held-out picture is a point at
the place of its features, seen from the side where the points spread most (principal component
analysis). Point at one to see its picture. A head can only tell classes apart that lie apart.
"""


def show_small_set() -> None:
    """All pictures that the first repeat learns from: so few they are."""
    pictures = source.pictures_on_page()
    if pictures is None:
        return
    plan = settings.plan_on_page()
    per_class = min(plan.per_class, pictures.most_per_class)
    places = draw_small_set(pictures.pool_labels, per_class, plan.seed)
    all_of_them = len(places) <= MOST_OF_SMALL_SET
    st.markdown(
        f"These are all {len(places)} pictures that the first repeat learns from."
        if all_of_them
        else f"The first repeat learns from {len(places)} pictures. Some of them:"
    )
    step = -(-len(places) // MOST_OF_SMALL_SET)
    places = places[::step]
    captions = [pictures.classes[label] for label in pictures.pool_labels[places]]
    st.html(picture_sheet(pictures.pool[places], captions, "The small data set", 52))


@st.fragment
def show_confusion() -> None:
    """The confusion matrix of a way's first repeat; a click on a cell opens its pictures."""
    way = settings.LOOK.draw(bare=True)
    publish_url(settings.TABLE)
    compared = runs.compared()
    answers = compared.comparison.answers.get((way, 0)) if compared else None
    if compared is None or answers is None:
        st.markdown("Press **Train** in the lab. What each way confuses stands here then.")
        return
    pictures = compared.pictures
    true = pictures.validation_labels
    n_classes = len(pictures.classes)
    matrix = confusion_matrix(true, answers.predicted, n_classes)
    chart, cell_pictures = st.columns([0.5, 0.5], gap="medium")
    key = f"sd.cell_{compared.number}_{way}"
    with chart:
        figure = confusion_chart(matrix, MATRIX_HEIGHT, pictures.classes)
        event = show_chart(figure, key=f"small_data_confusion_{key}", selectable=True)
    with cell_pictures:
        worst = worst_confusions(matrix, 5)
        cell = _choose_cell(key, selected_cell(event, n_classes), worst, pictures)
        if cell is None:
            st.markdown("It makes no mistake here. Click a cell to see its pictures.")
            return
        inside = cell_indices(true, answers.predicted, answers.confidence, cell)
        names = [pictures.classes[each] for each in cell]
        st.markdown(f"**{len(inside)}** pictures of “{names[0]}”, read as “{names[1]}”:")
        shown = inside[:SHOWN]
        captions = [f"{100 * int(answers.confidence[i]) / FULL_CONFIDENCE:.0f} %" for i in shown]
        st.html(picture_sheet(pictures.validation[shown], captions, "Pictures in the cell", 64))
        st.caption("Below each picture: how sure it is of its answer.")


def _choose_cell(
    key: str,
    clicked: tuple[int, int] | None,
    worst: tuple[Confusion, ...],
    pictures: LabelledPictures,
) -> tuple[int, int] | None:
    """The cell to look into: the one clicked or chosen last, else the most frequent mistake."""
    seen = f"{key}_clicked"
    if clicked != st.session_state.get(seen):
        st.session_state[seen] = clicked
        st.session_state[key] = None
    names = pictures.classes
    cells = {f"{names[c.true]} → {names[c.predicted]}": (c.true, c.predicted) for c in worst}
    if st.session_state.get(key) not in cells:
        st.session_state[key] = None
    chosen = st.pills("Click a cell, or choose a frequent mistake:", list(cells), key=key)
    if chosen is not None:
        return cells[chosen]
    return clicked or next(iter(cells.values()), None)


@st.fragment
def show_features() -> None:
    """The feature space before and after, side by side, each seen along its own axes."""
    st.markdown(SPACE)
    after = settings.AFTER.draw(bare=True)
    publish_url(settings.TABLE)
    compared = runs.compared()
    result = compared.result if compared is not None else None
    if compared is None or result is None:
        st.markdown("Press **Train** in the lab. The points come when it has ended.")
        return
    labels = compared.pictures.validation_labels[result.shown]
    images = _images(compared, result.shown)
    for column, kind in zip(st.columns(2, gap="medium"), (BEFORE, after), strict=True):
        with column:
            if kind not in result.features:
                st.markdown("The first repeat was stopped before its networks had learnt.")
                continue
            neighbours = same_class_neighbours(result.features[kind], labels)
            words = f"The nearest neighbour is of the same class for {percent(neighbours)}."
            st.markdown(f"**{TITLES[kind]}.** {words}")
            figure = feature_scatter(
                project(result.features[kind]), compared.pictures.classes, labels, images, words
            )
            show_chart(figure, key=f"small_data_space_{compared.number}_{kind}")


def _images(compared: runs.Compared, places: NDArray[np.intp]) -> tuple[str, ...]:
    """The pictures of the points as data addresses, made once for a comparison."""
    if not compared.images:
        pictures = compared.pictures.validation[places]
        compared.images = tuple(picture_uri(pixels) for pixels in pictures)
    return compared.images


def show_sizes() -> None:
    """All comparisons of the visit on these pictures, by pictures per class."""
    pictures = source.pictures_on_page()
    ended = [
        each.comparison
        for each in runs.all_compared()
        if each.pictures is pictures and each.comparison.is_complete
    ]
    if len(ended) < 2:
        st.markdown(
            "Train with other numbers of pictures per class, 2 and 50 for instance. The ends of "
            "all your comparisons are collected here."
        )
    if ended:
        show_chart(sizes_chart(ended), key="small_data_sizes")


def show_all() -> None:
    """All of it, one below the other."""
    st.header("The small set", anchor="small-set")
    show_small_set()
    st.header("What it confuses", anchor="confusion")
    show_confusion()
    st.header("Feature space, before and after", anchor="feature-space")
    show_features()
    st.header("More pictures, fewer pictures", anchor="sizes")
    show_sizes()
