"""Find out: which layer reacts to edges, and which to parts?"""

import streamlit as st

from components.concepts.edge_evidence import Evidence
from components.concepts.inquiry import judge
from components.engine.jobs import EngineError
from components.figures.evidence_chart import evidence_chart
from components.labs.seeing.answers import answer
from components.labs.seeing.strongest import examples_for, pictures_for
from components.labs.seeing.whom import Whom, stages_on_page, whom_on_page
from components.widgets.chart import show_chart

_CLAIM = "seeing.claim"
EDGES, PARTS = "seeing.claim.edges", "seeing.claim.parts"

TASK = """
Textbooks say that early layers find edges, and later ones find parts of things. Is it so in the
network above? Look at the maps of each layer, and at what excites them most (*Strongest*): is it
the same edge everywhere, or a piece of one kind of thing? Then make your claim.
"""
HOW = """
*Explained by edges*: how much of a layer's maps plain edge detectors and the brightness at the
same place foretell (R², mean over the maps). *Particular*: {particular} Both are measured on
{what}, on this very network.
"""
BY_CLASS = (
    "how much of a map's strongest response is a matter of which digit it is (ε², mean over the "
    "maps)."
)
BY_FEW = (
    "how few of the pieces a map reacts to: 0 where it reacts to all alike, near 1 where it "
    "waits for something rare."
)


@st.fragment
def show_inquiry() -> None:
    """The task, the claim, and what the evidence says to it."""
    st.header("Find out: edges or parts?", anchor="find-out")
    st.markdown(TASK)
    stages = stages_on_page()[:-1]
    titles = {stage.key: stage.title for stage in stages}
    with st.form("seeing.inquiry", border=False):
        with st.container(horizontal=True, gap="small"):
            for key, label in ((EDGES, "This layer reacts to edges"), (PARTS, "This one to parts")):
                if st.session_state.get(key) not in (None, *titles):
                    st.session_state[key] = None  # another network, without such a layer
                st.selectbox(
                    label, list(titles), index=None, format_func=titles.__getitem__, key=key
                )
        st.form_submit_button("Hold it against the evidence", on_click=_claim)
    claim = st.session_state.get(_CLAIM)
    if claim == "unanswered":
        st.info("Choose a layer for each first. A guess is fine.")
    elif claim and all(key in titles for key in claim):
        _show_ruling(*claim)


def _claim() -> None:
    claim = (st.session_state.get(EDGES), st.session_state.get(PARTS))
    st.session_state[_CLAIM] = claim if all(claim) else "unanswered"


def _show_ruling(edges: str, parts: str) -> None:
    """Whether the evidence supports the claim, why, and the evidence itself."""
    try:
        whom = whom_on_page()
        with st.spinner("Measuring each layer …"):
            evidence = evidence_of(whom)
    except EngineError as error:
        st.info(str(error))
        return
    ruling = judge(evidence, edges, parts)
    reasons = "\n".join(
        f"- {':material/check:' if each.holds else ':material/close:'} {each.sentence}"
        for each in ruling.findings
    )
    if ruling.supported:
        st.success(f"**The evidence supports your claim.**\n\n{reasons}", icon=":material/check:")
    else:
        st.warning(
            f"**The evidence does not support your claim.**\n\n{reasons}",
            icon=":material/lightbulb:",
        )
    show_chart(evidence_chart(evidence), key="seeing-evidence")
    particular = BY_CLASS if whom.reads_digits else BY_FEW
    st.markdown(HOW.format(particular=particular, what=examples_for(whom).what))


def evidence_of(whom: Whom) -> tuple[Evidence, ...]:
    """What was measured of each layer of a network. Raises EngineError."""
    classes = examples_for(whom).classes if whom.reads_digits else None
    found: tuple[Evidence, ...] = answer(whom, "evidence", pictures_for(whom), classes)
    return found
