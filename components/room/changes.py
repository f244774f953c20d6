"""What the instructor changed, in words: "The instructor set learning rate to 0.3."."""

from collections.abc import Mapping

from components.widgets.settings import Choice, Index, Setting, Several, Text

MOST_NAMED = 3
WORDLESS = (Index, Several, Text)  # what the address says of these is for the address alone


def changed_names(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """The settings whose text in the address differs, in alphabetical order."""
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def say_changes(
    old: Mapping[str, str], new: Mapping[str, str], settings: Mapping[str, Setting]
) -> str:
    """One sentence; a setting that has left the address is at its default again.

    Settings that the page does not have are not named.
    """
    names = [name for name in changed_names(old, new) if name in settings]
    if not names:
        return "The instructor changed the page."
    if len(names) > MOST_NAMED:
        return f"The instructor changed {len(names)} settings."
    told = [name for name in names if not isinstance(settings[name], WORDLESS)]
    others = [_label(settings[name]) for name in names if name not in told]
    parts = []
    if told:
        said = (
            f"{_label(settings[name])} to {_word(settings[name], new.get(name))}" for name in told
        )
        parts.append(f"set {', '.join(said)}")
    if others:
        parts.append(f"changed {', '.join(others)}")
    return f"The instructor {' and '.join(parts)}."


def _label(setting: Setting) -> str:
    label = setting.label
    if label[1:2].islower():  # "Learning rate", and not "A: learning rate"
        label = label[0].lower() + label[1:]
    return label


def _word(setting: Setting, text: str | None) -> str:
    word = setting.text(setting.default) if text is None else text
    return setting.options.get(word, word) if isinstance(setting, Choice) else word
