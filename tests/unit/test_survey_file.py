"""The survey's file: what is good, and a sentence for what is not."""

from pathlib import Path

import pytest

from components.classroom.survey import BUNDLED_SURVEY, Answers, SurveyError, read_survey

GOOD = '[[question]]\nname = "python"\ntext = "Python?"\nchoices = ["no", "yes"]\n'


def read(tmp_path: Path, text: str | bytes) -> None:
    file = tmp_path / "survey.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    read_survey(file)


def test_the_bundled_survey_asks_what_the_workshop_asks() -> None:
    survey = read_survey(BUNDLED_SURVEY)
    names = [question.name for question in survey.questions]
    assert names == ["python", "machine_learning", "neural_networks", "hopes"]
    assert [question.several for question in survey.questions] == [False, False, False, True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no question"),
        ("question = 3", "no question"),
        ("question = [3]", "is no table"),
        ("[[question]\n", "no valid TOML"),
        (b"\xff\xfe\x00", "no UTF-8"),
        ("title = 'x'\n" + GOOD, "“title”"),
        (GOOD + "hint = 'x'", "“hint”"),
        (GOOD + GOOD, "Two questions have the name “python”"),
        (GOOD.replace('"python"', '"Py thon"'), "needs a name"),
        (GOOD.replace('"python"', "3"), "needs a name"),
        (GOOD.replace('["no", "yes"]', '["no"]'), "2 to 12 choices"),
        (GOOD.replace('["no", "yes"]', '["no", "no"]'), "same choice twice"),
        (GOOD.replace('["no", "yes"]', "[1, 2]"), "choice of question 1"),
        (GOOD.replace('"Python?"', '" "'), "text of question 1"),
        (GOOD.replace('"Python?"', f'"{"x" * 201}"'), "1 to 200 characters"),
        (GOOD + "several = 1", "true or false"),
        ("".join(GOOD.replace("python", "q" * n) for n in range(1, 14)), "12 are the most"),
    ],
)
def test_a_broken_file_gets_a_sentence(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(SurveyError) as said:
        read(tmp_path, text)
    assert words in str(said.value)


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match=r"nowhere\.toml can't be read"):
        read_survey(tmp_path / "nowhere.toml")


def test_answers_are_checked_against_the_questions() -> None:
    survey = read_survey(BUNDLED_SURVEY)
    python, hopes = survey.questions[0], survey.questions[-1]
    survey.check({"python": python.choices[:1], "hopes": hopes.choices})
    wrong: list[tuple[Answers, str]] = [
        ({}, "at least one"),
        ({"python": ()}, "at least one"),
        ({"python": ("Cobol",)}, "have changed"),
        ({"age": ("44",)}, "have changed"),
        ({"python": python.choices[:2]}, "one choice only"),
        ({"hopes": hopes.choices[:1] * 2}, "one choice only"),
    ]
    for answers, words in wrong:
        with pytest.raises(SurveyError, match=words):
            survey.check(answers)
