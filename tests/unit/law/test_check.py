"""What several texts say together: circles, lists that nobody fills, rules out of reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.law.check import check
from tests.unit.law.lending import BASE, HEAD, VOCABULARY, amending, write

LOCAL = HEAD.replace("lending/rules", "local/rules").replace("000000", "420000")


CITY = LOCAL.replace("local/rules", "city/rules").replace("420000", "420200")


def codes(
    folder: Path, national: str, local: str | None = None, city: str | None = None
) -> list[str]:
    write(folder, {"2001-01-01.yaml": national})
    for name, text in (("local", local), ("city", city)):
        if text is not None:
            path = folder / name / "rules/2001-01-01.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
    return [one.code for one in check(folder)]


def rules(*bodies: str) -> str:
    text = "articles:\n- article: 1\n  for: loan in loans\n  rules:\n"
    for number, body in enumerate(bodies):
        text += f"  - id: r{number}\n" + "".join(f"    {line}\n" for line in body.splitlines())
    return text


def test_sound_rulesets_have_no_problem(tmp_path: Path) -> None:
    assert codes(tmp_path, BASE) == []


def test_a_circle_through_two_instruments_is_found_with_its_path(tmp_path: Path) -> None:
    national = HEAD + rules("define:\n  loan.rate: yuan(1) * loan.factor")
    local = LOCAL + rules("when: loan.rate > yuan(1)\ndefine:\n  loan.factor: 2")
    assert codes(tmp_path, national, local) == ["cycle"]
    assert "loan.factor → loan.rate → loan.factor" in check(tmp_path)[0].message.en


def test_texts_of_two_provinces_make_no_circle_together(tmp_path: Path) -> None:
    one = LOCAL.replace("420000", "430000") + rules("define:\n  loan.rate: yuan(1) * loan.factor")
    local = LOCAL + rules("when: loan.rate > yuan(1)\ndefine:\n  loan.factor: 2")
    assert codes(tmp_path, one.replace("local/rules", "lending/rules"), local) == []


def test_a_circle_through_the_conditions_of_an_override_is_found(tmp_path: Path) -> None:
    text = HEAD + rules(
        "define:\n  loan.rate: yuan(1) * loan.factor",
        "define:\n  loan.factor: 2",
        "overrides: r1\nwhen: loan.rate > yuan(1)\ndefine:\n  loan.factor: 3",
    )
    assert codes(tmp_path, text) == ["cycle"]


def test_what_is_permitted_is_a_part_of_circles(tmp_path: Path) -> None:
    text = HEAD + rules("when: loan.order > 1\npermit: extension", "define:\n  loan.order: 1")
    circle = text.replace("loan.order: 1", "loan.order: count(l for l in loans if permitted(l))")
    assert codes(tmp_path / "a", text) == []
    assert codes(tmp_path / "b", circle) == ["cycle"]


def test_what_is_left_open_must_be_filled_or_named_as_a_gap(tmp_path: Path) -> None:
    national = HEAD + rules("open: permit extension")
    gap = "gaps:\n- {kind: permit extension, zh: 甲, en: a}\n"
    empty = "articles: []\n"
    assert codes(tmp_path / "a", national, LOCAL + empty) == ["unfilled-open"]
    assert codes(tmp_path / "b", national, LOCAL + "fills: [permit extension]\n" + empty) == []
    assert codes(tmp_path / "c", national, LOCAL + gap + empty) == ["gap"]
    assert codes(tmp_path / "d", national) == []
    own = HEAD + gap + rules("open: permit extension")
    assert codes(tmp_path / "e", own, LOCAL + empty) == ["gap"]


def test_what_a_province_fills_is_filled_for_its_cities(tmp_path: Path) -> None:
    national = HEAD + rules("open: permit extension")
    filled = "fills: [permit extension]\narticles: []\n"
    empty = "articles: []\n"
    assert codes(tmp_path / "a", national, LOCAL + filled, CITY + empty) == []
    assert codes(tmp_path / "b", national, LOCAL + empty, CITY + filled) == ["unfilled-open"]


def test_a_circle_through_the_texts_of_a_province_and_its_city_is_found(tmp_path: Path) -> None:
    city = CITY + rules("define:\n  loan.rate: yuan(1) * loan.factor")
    local = LOCAL + rules("when: loan.rate > yuan(1)\ndefine:\n  loan.factor: 2")
    assert codes(tmp_path, HEAD + "articles: []\n", local, city) == ["cycle"]


def test_conclusions_that_the_vocabulary_lacks_are_reported(tmp_path: Path) -> None:
    text = (
        "fills: [permit extention]\n"
        + HEAD
        + rules(
            "open: charge late_fee",
            "open: loan.ordre",
            "charge:\n  what: fee\n  payer: loan.reader\n  amount: yuan(1)",
            "permit: extension\noverrides: {conclusion: fees, rank-below: law}",
        )
    )
    assert codes(tmp_path, text) == ["unknown-name"] * 5


NAMED_LIKE_ITS_KIND = """\
relations:
  loan: {type: loan, means: "first(one for one in loans, by=one.lent)", zh: 借阅, en: the loan}
"""


def test_a_relation_called_as_its_kind_is_read_where_nothing_of_that_kind_is_bound(
    tmp_path: Path,
) -> None:
    vocabulary = VOCABULARY.replace("relations:\n", NAMED_LIKE_ITS_KIND)
    bound = "  for: loan in loans\n"
    text = HEAD + rules("when: loan.late\npermit: extension")
    own = text.replace(
        "articles:", 'terms: {loan: "first(one for one in loans, by=one.order)"}\narticles:'
    )
    for number, law in enumerate((text, text.replace(bound, ""), own.replace(bound, ""))):
        folder = write(tmp_path / str(number), {"2001-01-01.yaml": law}, vocabulary)
        assert [one.message.en for one in check(folder)] == []


def test_a_kind_that_no_relation_is_called_after_must_be_bound(tmp_path: Path) -> None:
    text = HEAD + rules("when: loan.late\npermit: extension").replace("  for: loan in loans\n", "")
    assert codes(tmp_path, text) == ["unknown-name"]


def test_a_number_has_a_source_through_its_version_article_or_rule(tmp_path: Path) -> None:
    bare = HEAD.replace(", sources: [L1]", "") + rules("define:\n  loan.rate: yuan(2)")
    assert codes(tmp_path / "a", bare) == ["number-without-source"]
    article = bare.replace("- article: 1\n", "- article: 1\n  sources: [L2]\n")
    assert codes(tmp_path / "b", article) == []
    assert codes(tmp_path / "c", bare.replace("- id: r0\n", "- id: r0\n    sources: [L2]\n")) == []


@pytest.mark.parametrize(
    ("conditions", "reach"),
    [
        (["loan.days_late > 3", "loan.days_late < 3"], False),
        (["loan.days_late >= 3", "loan.days_late <= 3"], True),
        (["loan.days_late >= 3", "3 > loan.days_late"], False),
        (["loan.days_late == 3", "loan.days_late != 3"], False),
        (["loan.days_late == 3", "loan.days_late == 4"], False),
        (["loan.lent < date(2001, 1, 1)", "loan.lent > date(2002, 1, 1)"], False),
        (["loan.lent > date(2001, 1, 1)", "loan.lent < date(2002, 1, 1)"], True),
        (["loan.reader.sex == male", "loan.reader.fond"], True),
        (["loan.reader.sex == male and loan.reader.sex == female"], False),
        (["false"], False),
    ],
)
def test_conditions_that_contradict_each_other_are_found(
    tmp_path: Path, conditions: list[str], reach: bool
) -> None:
    listed = "".join(f"\n- {one}" for one in conditions)
    found = codes(tmp_path, HEAD + rules(f"when:{listed}\npermit: extension"))
    assert ("rule-never-fires" not in found) is reach


def test_an_exception_that_is_the_condition_leaves_nothing(tmp_path: Path) -> None:
    text = HEAD + rules("when: loan.late\nunless: loan.late\npermit: extension")
    assert codes(tmp_path, text) == ["rule-never-fires"]


def test_a_choice_does_not_supersede(tmp_path: Path) -> None:
    bodies = [
        "define:\n  loan.rate: yuan(2)",
        "overrides: r0\nmay: true\ndefine:\n  loan.rate: yuan(1)",
    ]
    assert codes(tmp_path / "a", HEAD + rules(*bodies)) == []
    shall = bodies[1].replace("may: true\n", "")
    assert codes(tmp_path / "b", HEAD + rules(bodies[0], shall)) == ["rule-never-fires"]


@pytest.mark.parametrize(
    ("formula", "sound"),
    [
        ("3 * loan.factor", True),
        ("loan.factor - loan.factor", True),
        ("10 - 2 * loan.factor", True),
        ("max(loan.factor, 5)", True),
        ("min(loan.factor, 2 * loan.factor)", True),
        ("max(loan.factor, 5 - loan.factor)", False),
        ("loan.factor * loan.factor", False),
        ("loan.factor ** 2", False),
        ("loan.factor / (1 + loan.factor)", False),
        ("12 / loan.factor", True),
    ],
)
def test_formulas_that_the_ends_of_a_range_do_not_bound_are_found(
    tmp_path: Path, formula: str, sound: bool
) -> None:
    text = HEAD + rules(
        "define:\n  loan.factor: between(1, 2)", f"define:\n  loan.order: {formula}"
    )
    assert ("range-misuse" not in codes(tmp_path, text)) is sound


def test_a_range_that_comes_through_another_name_is_the_same_range(tmp_path: Path) -> None:
    text = HEAD + rules(
        "define:\n  loan.factor: between(1, 2)",
        "define:\n  loan.rate: yuan(1) * loan.factor",
        "charge:\n  what: late-fee\n  payer: loan.reader\n  amount: loan.rate * loan.factor",
    )
    assert codes(tmp_path, text) == ["range-misuse"]


@pytest.mark.parametrize(
    ("formula", "noted"), [("loan.reader.sex == female", True), ("loan.reader.fond", False)]
)
def test_a_word_worked_out_from_sex_names_it_too(tmp_path: Path, formula: str, noted: bool) -> None:
    terms = (
        "terms:\n"
        f"  loan.inner: {{means: {formula}, zh: 甲, en: inner}}\n"
        "  loan.outer: {means: not loan.inner, zh: 乙, en: outer}\n"
    )
    text = HEAD + rules("when: loan.outer\npermit: extension")
    folder = write(tmp_path, {"2001-01-01.yaml": text}, VOCABULARY.replace("terms:\n", terms))
    told = [one.message.en for one in check(folder) if one.code == "role-specific"]
    assert told == (["This rule names loan.outer."] if noted else [])


def test_a_word_that_an_instrument_means_by_sex_is_noted(tmp_path: Path) -> None:
    own = "terms:\n  loan.by_junior: {means: loan.reader.sex == male, zh: 甲, en: a}\n"
    text = HEAD + own + rules("when: loan.by_junior\npermit: extension")
    assert codes(tmp_path / "a", text) == ["role-specific"]
    assert codes(tmp_path / "b", text.replace(own, "")) == []


def test_a_problem_of_an_inherited_article_is_reported_once_where_it_stands(tmp_path: Path) -> None:
    broken = BASE.replace("loan.days_late < 10", "loan.days_lat < 10")
    write(tmp_path, {"2001-01-01.yaml": broken, "2005-01-01.yaml": amending("- repeal: 4\n")})
    found = check(tmp_path)
    assert {one.at.file for one in found} == {"lending/rules/2001-01-01.yaml"}
    assert len({one.at for one in found}) == 1
