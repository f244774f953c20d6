"""Predict, then reveal: how far a value sees, and how large a map is."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from components import lesson
from components.concepts.receptive_field import Step, field_size, map_side, written_field
from components.concepts.slips import Slip, diagnose
from components.concepts.slips_in_fields import slips_in_field_size, slips_in_map_side
from components.concepts.stages import Stage
from components.labs.seeing import settings
from components.labs.seeing.whom import stages_on_page
from components.widgets.setting_values import value_of

LARGER = 12  # pixels more than the network's own pictures have, for the question on the map


def asked_stage(stages: tuple[Stage, ...], shown: int) -> Stage | None:
    """The layer that is asked about: the next one with maps after the one shown (from 1), else
    the first one with maps that does more than a single kernel. None where there is none.
    """
    able = [stage for stage in stages if stage.has_maps and len(stage.steps) > 1]
    later = [stage for stage in stages[shown:] if stage in able]
    return later[0] if later else able[0] if able else None


def ask() -> None:
    """Ask for the receptive field where values are looked at; else for the size of a map."""
    stages = stages_on_page()
    stage = asked_stage(stages, value_of(settings.LAYER))
    if stage is None:
        st.info("This network has no maps after a second kernel: there is no field to work out.")
        return
    if value_of(settings.VIEW) in (settings.MAPS, settings.STRONGEST):
        _ask_for_field(stage)
    else:
        _ask_for_map(stage, stages[0].reads[0] + LARGER)


def _ask_for_field(stage: Stage) -> None:
    steps = stage.steps
    _ask(
        f"How many pixels along one side has a value of **{stage.title}** seen, far from the "
        f"border? On the way from the picture lie {_way(steps)}.",
        "Pixels along one side",
        field_size(steps),
        slips_in_field_size(steps),
        lambda: written_field(steps),
        (stage.title, steps),
        "field",
    )


def _ask_for_map(stage: Stage, size: int) -> None:
    steps = stage.steps
    _ask(
        f"The same layers take larger pictures too. Of a picture of **{size} × {size}** pixels, "
        f"how many rows have the maps of **{stage.title}**? Without padding "
        f"a kernel costs kernel − 1 rows. {_paddings(steps)}",
        "Rows of a map",
        map_side(size, steps),
        slips_in_map_side(size, steps),
        lambda: _written_sides(size, steps),
        (stage.title, steps, size),
        "map",
    )


def _ask(
    question: str,
    label: str,
    correct: int,
    slips: tuple[Slip, ...],
    written: Callable[[], str],
    about: tuple[object, ...],
    name: str,
) -> None:
    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, float(correct), slips)
        right = answer == correct  # a number of pixels is whole: nothing to round
        if found.right and not right:
            found = replace(found, right=False)
        sentence = found.sentence.replace(
            "write the sums out node by node", "go from layer to layer"
        )
        return lesson.Verdict(right, sentence)

    lesson.predict_then_reveal(
        question,
        lesson.Number(label, step=1),
        check,
        about=about,
        reveal=lambda: st.code(written(), language=None, wrap_lines=True),
        name=name,
    )


def _way(steps: tuple[Step, ...]) -> str:
    """The steps in words: "a kernel of 2 (stride 1), pooling of 2 (stride 2)"."""
    words = [
        f"{'pooling' if step.pools else 'a kernel'} of {step.kernel} (stride {step.stride})"
        for step in steps
    ]
    return ", ".join(words)


def _paddings(steps: tuple[Step, ...]) -> str:
    """What is padded on the way."""
    padded = {step.padding for step in steps if not step.pools}
    if padded == {"same"}:
        return "Here all kernels are padded (“same”)."
    return f"On the way: {', '.join(f'{step.kernel} “{step.padding}”' for step in steps)}."


def _written_sides(size: int, steps: tuple[Step, ...]) -> str:
    """The sizes on the way: "40 → 39 → 38 → 19"."""
    sides = [map_side(size, steps[:place]) for place in range(len(steps) + 1)]
    return " → ".join(str(side) for side in sides)
