import pytest

from engine.decision.words.paths_said import with_words
from engine.language.diagnostics import Language
from tests.real import real_law

FIGURE = "statistics[income/net/rural/county/420281/2013]"


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        (
            "zh",
            "还缺persons.mother.register；persons.mother.register",
            "还缺mother 的户籍性质（persons.mother.register）；mother 的户籍性质",
        ),
        (
            "en",
            f"missing: {FIGURE}",
            "missing: rural residents net income per head in 大冶市 (420281) (county), 2013 "
            f"({FIGURE})",
        ),
        (
            "zh",
            "persons.father.annual_income[2012]、persons.father.annual_income[2013]",
            "father 的年实际收入（2012）（persons.father.annual_income[2012]）、"
            "father 的年实际收入（2013）（persons.father.annual_income[2013]）",
        ),
        ("zh", "缺 children.k1.adopted", "缺 k1 是否收养的（children.k1.adopted）"),
        ("en", "missing: children.k1.adopted", "missing: adopted (k1) (children.k1.adopted)"),
        ("zh", "缺 children.listed", "缺 子女是否全部列出（children.listed）"),
        ("en", "missing: children.listed", "missing: every child listed (children.listed)"),
        ("zh", "户籍（persons.mother.register）", "户籍（persons.mother.register）"),
        ("zh", "persons.mother.shoe_size、a.persons.b", "persons.mother.shoe_size、a.persons.b"),
    ],
)
def test_a_path_has_its_words_before_it_once(lang: Language, text: str, said: str) -> None:
    assert with_words(text, real_law().vocabulary, lang) == said
