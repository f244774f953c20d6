"""Edges or parts? A claim about two layers, held against what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.concepts.edge_evidence import Evidence

CLEAR = 0.15  # a difference of two measures that counts
NEAR = 0.05  # this far below the largest, a layer counts as good as the best


@dataclass(frozen=True)
class Finding:
    """Whether one part of a claim holds, and why, in a sentence with the numbers."""

    holds: bool
    sentence: str


@dataclass(frozen=True)
class Ruling:
    """What the evidence says to a claim."""

    findings: tuple[Finding, ...]

    @property
    def supported(self) -> bool:
        """Whether every part of the claim holds."""
        return all(finding.holds for finding in self.findings)


def judge(evidence: Sequence[Evidence], edges: str, parts: str) -> Ruling:
    """Hold the claim "`edges` is the layer of edges, `parts` that of parts" against the evidence.

    The layer of edges has to be among those that plain edge detectors explain best, the layer of
    parts among the most particular; each clearly more so than the other; and the parts have to
    be larger than the edges. Raises KeyError for a layer that was not measured.
    """
    by_key = {each.key: each for each in evidence}
    first, second = by_key[edges], by_key[parts]
    if first is second:
        return Ruling(
            (Finding(False, f"You named {first.title} for both. A layer has to differ to say it."),)
        )
    return Ruling(
        (
            _best(first, max(evidence, key=lambda each: each.edges), "edges"),
            _best(second, max(evidence, key=lambda each: each.particular), "particular"),
            _clearly(first, second, "edges"),
            _clearly(second, first, "particular"),
            _larger(first, second),
        )
    )


MEASURES = {"edges": "explained by edges", "particular": "particular"}


def _best(claimed: Evidence, best: Evidence, measure: str) -> Finding:
    here, most = getattr(claimed, measure), getattr(best, measure)
    holds = here >= most - NEAR
    if holds:
        sentence = (
            f"{claimed.title} is {MEASURES[measure]} to {_p(here)}; no layer is clearly more."
        )
    else:
        sentence = (
            f"{claimed.title} is {MEASURES[measure]} to {_p(here)}, but {best.title} to {_p(most)}."
        )
    return Finding(holds, sentence)


def _clearly(more: Evidence, less: Evidence, measure: str) -> Finding:
    gap = getattr(more, measure) - getattr(less, measure)
    holds = gap >= CLEAR
    word = "clearly more" if holds else "not clearly more"
    shares = f"{_p(getattr(more, measure))} against {_p(getattr(less, measure))}"
    sentence = f"{more.title} is {word} {MEASURES[measure]} than {less.title}: {shares}."
    return Finding(holds, sentence)


def _larger(edges: Evidence, parts: Evidence) -> Finding:
    holds = parts.sees > edges.sees
    word = "more" if holds else "no more"
    return Finding(
        holds,
        f"{parts.title} sees {parts.sees} pixels across, {word} than {edges.title} with "
        f"{edges.sees}: a part is larger than an edge.",
    )


def _p(share: float) -> str:
    return f"{100 * share:.0f} %"
