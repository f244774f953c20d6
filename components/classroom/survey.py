"""The survey's questions, read from a file that an instructor can edit."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SURVEY_VARIABLE = "WORKSHOP_SURVEY"
BUNDLED_SURVEY = Path(__file__).resolve().parent.parent.parent / "survey.toml"
MAX_QUESTIONS, MAX_CHOICES, MAX_CHARACTERS = 12, 12, 200

_KNOWN = {"name", "text", "choices", "several"}

Answers = Mapping[str, tuple[str, ...]]  # the choices taken, by the name of the question


class SurveyError(ValueError):
    """A survey file that can't be used, or answers that don't fit it; says what to change."""


@dataclass(frozen=True)
class Question:
    """One question. Its answers are stored under `name`; with `several`, more than one choice
    may be taken."""

    name: str
    text: str
    choices: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True)
class Survey:
    """The questions, in the order in which they are asked."""

    questions: tuple[Question, ...]

    def check(self, answers: Answers) -> None:
        """Raise SurveyError for answers that are none of the choices, or none at all."""
        questions = {question.name: question for question in self.questions}
        if not any(answers.values()):
            raise SurveyError("Answer at least one question, then send.")
        for name, taken in answers.items():
            question = questions.get(name)
            if question is None or not set(taken) <= set(question.choices):
                raise SurveyError("The questions have changed. Look through them and send again.")
            if len(set(taken)) < len(taken) or (len(taken) > 1 and not question.several):
                raise SurveyError(f"Take one choice only for “{question.text}”.")


def survey_file() -> Path:
    """The file that WORKSHOP_SURVEY names, or the one that comes with the project."""
    named = os.environ.get(SURVEY_VARIABLE)
    return Path(named).expanduser() if named else BUNDLED_SURVEY


def read_survey(file: Path) -> Survey:
    """The survey in a TOML file. Raises SurveyError, in a sentence, for one that can't be used."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SurveyError(
            f"The survey file {file.name} can't be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise SurveyError(f"The survey file {file.name} is no UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise SurveyError(f"The survey file {file.name} is no valid TOML: {error}.") from error
    rows = table.pop("question", None)
    if table:
        raise SurveyError(f"The survey file has “{next(iter(table))}”, which means nothing here.")
    if not isinstance(rows, list) or not rows:
        raise SurveyError("The survey file has no question. Begin each with a line [[question]].")
    if len(rows) > MAX_QUESTIONS:
        raise SurveyError(f"The survey has {len(rows)} questions; {MAX_QUESTIONS} are the most.")
    questions = tuple(_question(row, number) for number, row in enumerate(rows, start=1))
    names = [question.name for question in questions]
    for name in names:
        if names.count(name) > 1:
            raise SurveyError(f"Two questions have the name “{name}”. Give each its own.")
    return Survey(questions)


def _question(row: object, number: int) -> Question:
    where = f"Question {number} of the survey"
    if not isinstance(row, dict):
        raise SurveyError(f"{where} is no table. Begin it with a line [[question]].")
    for key in row:
        if key not in _KNOWN:
            raise SurveyError(f"{where} has “{key}”; it can have {', '.join(sorted(_KNOWN))}.")
    name, several = row.get("name"), row.get("several", False)
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z_]{0,39}", name):
        raise SurveyError(f"{where} needs a name of small letters and _, such as “python”.")
    if not isinstance(several, bool):
        raise SurveyError(f"{where}: several is true or false.")
    choices = row.get("choices")
    if not isinstance(choices, list) or not 2 <= len(choices) <= MAX_CHOICES:
        raise SurveyError(f"{where} needs a list of 2 to {MAX_CHOICES} choices.")
    texts = tuple(_text(choice, f"A choice of question {number}") for choice in choices)
    if len(set(texts)) < len(texts):
        raise SurveyError(f"{where} has the same choice twice.")
    return Question(name, _text(row.get("text"), f"The text of question {number}"), texts, several)


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= MAX_CHARACTERS:
        raise SurveyError(f"{what} must be a text of 1 to {MAX_CHARACTERS} characters in quotes.")
    return value.strip()
