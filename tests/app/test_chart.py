"""A figure on the page: the chart, its name and its numbers in words."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import numpy as np

    from components.concepts.classification import confusion_matrix
    from components.figures.confusion import confusion_chart, selected_cell
    from components.widgets.chart import show_chart

    figure = confusion_chart(confusion_matrix(np.arange(10), np.arange(10)))
    assert show_chart(figure, "plain") is None
    assert selected_cell(show_chart(figure, "matrix", selectable=True)) is None


def test_chart_and_words() -> None:
    app = AppTest.from_function(page).run(timeout=30)
    assert not app.exception
    plain, matrix = (chart.proto for chart in app.get("vega_lite_chart"))
    assert plain.alt.startswith("Confusion matrix") and not plain.selection_mode
    assert list(matrix.selection_mode) == ["cell"]
    assert "10 digits: 10 right (100.0 %). No errors." in app.get("html")[0].proto.body
