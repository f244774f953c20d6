"""The parts of a page that the instructor can put into the spotlight."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of a page: its name in the bar, and the CSS selector that finds it."""

    title: str
    selector: str


LESSON_SECTIONS = {
    "lab": Section("Lab", ".st-key-lab"),
    "idea": Section("The idea", "#the-idea"),
    "predict": Section("Predict", "[class*='st-key-predict-']"),
    "keras": Section("In Keras", "#in-keras"),
    "takeaway": Section("Takeaway", "#takeaway"),
}
WELCOME_SECTIONS = {
    "lab": Section("Agenda", "#agenda"),
    "survey": Section("Survey", "#survey"),
    "exciting": Section("Exciting stuff", "#exciting-stuff"),
}


def sections_of(slug: str) -> dict[str, Section]:
    """The sections of a page, by the name that is sent to the room."""
    return WELCOME_SECTIONS if slug == "welcome" else LESSON_SECTIONS
