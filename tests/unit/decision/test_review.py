"""The review of a past decision, on an invented law: findings, amounts, periods, bad input."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from engine.decision.case.reading import CaseError, read_case, read_case_data
from engine.decision.reviewing.review import review
from engine.decision.reviewing.review_text import review_text
from tests.real import real_law
from tests.unit.decision.toll_notes import NOTE, changed, ferry_law, reviewed, verdicts


def finding(plain: dict[str, Any], point: str, subject: str) -> dict[str, Any]:
    found = reviewed(plain)["findings"]
    return next(f for f in found if (f["point"], f["subject"]) == (point, subject))


def problems(plain: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as error:
        reviewed(plain)
    return [(one.code, one.pointer) for one in error.value.problems]


# --- findings -------------------------------------------------------------------------------------
def test_every_point_that_is_stated_has_a_finding_with_label_text_and_day() -> None:
    answer = reviewed(NOTE)
    assert [(f["point"], f["subject"], f["finding"]) for f in answer["findings"]] == [
        ("made-well", "n1", "lawful"),
        ("articles", "n1", "lawful"),
        ("year", "n1", "lawful"),
        ("bases", "ann", "lawful"),
        ("bases", "bob", "lawful"),
        ("multiple", "b1", "lawful"),
        ("amounts", "ann", "lawful"),
        ("amounts", "bob", "lawful"),
        ("owed-today", "n1", "unlawful"),
    ]
    for one in answer["findings"]:
        assert one["label"].keys() == one["text"].keys() == {"zh", "en"}
        assert one["on"] == ("2024-05-14" if one["point"] == "owed-today" else "2006-04-03")


def test_what_stands_today_does_not_make_what_was_done_then_unlawful() -> None:
    answer = reviewed(NOTE)
    assert (answer["outcome"], answer["exit"]) == ("lawful", 0)


def test_every_provision_of_a_finding_is_told_with_its_gist() -> None:
    answer = reviewed(NOTE)
    named = {rule for one in answer["findings"] for rule in one["provisions"]}
    assert "ferry/tolls/2001-01-01/1/toll" in named
    assert {one["rule"] for one in answer["provisions"]} == named
    assert all(one["gist"] for one in answer["provisions"])


def test_an_open_finding_names_what_is_missing_and_the_exit_code_is_3() -> None:
    answer = reviewed(changed("notes", "n1", by={"state": "unknown"}))
    assert (answer["outcome"], answer["exit"]) == ("open", 3)
    one = next(f for f in answer["findings"] if f["point"] == "made-well")
    assert (one["finding"], one["missing"]) == ("open", [["notes.n1.by"]])


def test_an_unlawful_finding_outweighs_an_open_one() -> None:
    plain = changed("notes", "n1", by={"state": "unknown"}, year=2004)
    assert reviewed(plain)["outcome"] == "unlawful"


def test_what_is_not_stated_has_no_finding_but_the_amounts_and_the_articles() -> None:
    silent = dict.fromkeys(("amounts", "bases", "multiple", "year", "articles"))
    found = verdicts(changed("notes", "n1", **silent))
    assert found == {
        ("made-well", "n1"): "lawful",
        ("articles", "n1"): "open",
        ("amounts", "ann"): "open",
        ("amounts", "bob"): "open",
        ("owed-today", "n1"): "unlawful",
    }
    one = finding(changed("notes", "n1", **silent), "amounts", "ann")
    assert one["missing"] == [["notes.n1.amounts[ann]"]]


def test_of_whom_nothing_is_demanded_nothing_is_found() -> None:
    assert ("amounts", "bob") not in verdicts(changed("notes", "n1", amounts={"ann": "250.00"}))


def test_who_owes_nothing_by_the_law_is_overcharged_by_the_whole() -> None:
    plain = changed("notes", "n1", amounts={"ann": "250.00", "eve": "1.00"})
    plain["keepers"]["eve"] = {}
    one = finding(plain, "amounts", "eve")
    assert one["finding"] == "unlawful"
    assert one["overcharged"] == {"payer": "eve", "low": "1.00", "high": "1.00"}


def test_a_licensed_boat_owes_nothing_and_zero_is_lawful() -> None:
    plain = changed("boats", "b1", licensed=True)
    assert finding(plain, "amounts", "ann")["overcharged"]["low"] == "250.00"
    plain["notes"]["n1"]["amounts"] = {"ann": "0.00", "bob": "0.00"}
    assert verdicts(plain)["amounts", "ann"] == "lawful"


def test_where_nothing_was_due_no_multiple_was_lawful() -> None:
    one = finding(changed("boats", "b1", licensed=True), "multiple", "b1")
    assert (one["finding"], one["recorded"], one["lawful"]) == ("unlawful", "2.5", [])
    assert not one.get("missing") and not one.get("gaps")


def test_what_the_texts_leave_to_the_case_rests_on_the_rules_that_read_it() -> None:
    assert finding(NOTE, "year", "n1")["provisions"] == [
        "ferry/tolls/2001-01-01/1/base",
        "ferry/tolls/2001-01-01/1/base.catch",
    ]


def test_no_finding_rests_on_a_rule_of_another_version() -> None:
    found = [one for one in reviewed(NOTE)["findings"] if one["on"] == "2006-04-03"]
    rules = {rule for one in found for rule in one["provisions"]}
    assert {rule.split("/")[2] for rule in rules} == {"2001-01-01"}


def test_what_is_paid_beyond_the_lawful_amount_is_told() -> None:
    plain = changed("notes", "n1", amounts={"ann": "310.00"})
    plain["coins"] = {
        "c1": {"note": "n1", "payer": "ann", "date": "2006-04-03", "amount": "200.00"},
        "c2": {"note": "n1", "payer": "ann", "date": "2006-05-03", "amount": "105.00"},
        "c3": {"note": "n1", "payer": "bob", "date": "2006-05-03", "amount": "900.00"},
    }
    assert reviewed(plain)["overcharged"] == [
        {"payer": "ann", "low": "10.00", "high": "10.00", "paid": "305.00", "paid_over": "5.00"}
    ]


def test_where_a_fact_decides_how_much_was_lawful_the_excess_is_a_range() -> None:
    plain = changed("boats", "b1", licensed={"state": "unknown"})
    plain["notes"]["n1"]["amounts"] = {"ann": "310.00"}
    one = reviewed(plain)["overcharged"][0]
    assert (one["low"], one["high"]) == ("10.00", "310.00")


def test_a_value_that_another_figure_makes_lawful_names_that_figure() -> None:
    one = finding(changed("notes", "n1", bases={"ann": "130.00"}), "bases", "ann")
    assert one["finding"] == "unlawful"
    (found,) = one["explained"]
    assert found["figure"] == "statistics[fish/dried/all/county/420281/2006]"
    assert found["instead_of"] == "statistics[fish/dried/all/county/420281/2005]"


def test_a_value_that_no_figure_makes_lawful_is_not_explained() -> None:
    assert "explained" not in finding(
        changed("notes", "n1", bases={"ann": "131.00"}), "bases", "ann"
    )


def test_a_figure_that_came_after_the_decision_may_not_decide_it() -> None:
    plain = changed("notes", "n1", date="2005-12-30", year=None)
    plain["statistics"].pop(0)  # only that of 2006 is left
    assert verdicts(plain)["amounts", "ann"] == "open"


def test_another_year_is_neither_above_nor_below_but_another() -> None:
    for year in (2004, 2006):
        one = finding(changed("notes", "n1", year=year), "year", "n1")
        assert (one["finding"], one["text"]["en"]) == (
            "unlawful",
            "another year than the law takes",
        )


# --- what was too much, as a fact for what follows ------------------------------------------------
def given_back(plain: dict[str, Any]) -> dict[str, Any]:
    return {one["bearer"]: one for one in reviewed(plain)["standing"] if one["object"] == "back"}


def paid(amount: str, **facts: Any) -> dict[str, Any]:
    plain = changed("notes", "n1", **facts)
    coin = {"note": "n1", "payer": "ann", "date": "2006-05-03", "amount": amount}
    return plain | {"coins": {"c1": coin}}


@pytest.mark.parametrize(
    ("demanded", "amount", "back"),
    [
        ("310.00", "310.00", "10.00"),
        ("310.00", "300.01", "0.01"),
        ("310.00", "300.00", None),
        ("300.00", "300.00", None),
        ("199.00", "199.00", None),
    ],
)
def test_what_was_lawful_of_a_demand_is_a_fact_for_the_questions_that_follow(
    demanded: str, amount: str, back: str | None
) -> None:
    one = given_back(paid(amount, amounts={"ann": demanded}))["ann"]
    assert [band["low"] for band in one["bands"] if band["aspect"] == "amount"] == [back] * bool(
        back
    )


def test_where_it_is_open_what_the_finding_lacks_is_missing() -> None:
    plain = paid("310.00", amounts={"ann": "310.00"})
    plain["statistics"].pop(0)
    one = given_back(plain)["ann"]
    lacking = finding(plain, "amounts", "ann")["missing"]
    assert (one["outcome"], one["missing"]) == ("undetermined", lacking)


def test_what_the_case_itself_says_was_lawful_stands() -> None:
    one = given_back(paid("310.00", amounts={"ann": "310.00"}, lawful={"ann": "305.00"}))["ann"]
    assert one["bands"][0]["low"] == "5.00"


def test_of_whom_nothing_could_be_demanded_all_is_too_much() -> None:
    plain = changed("notes", "n1", amounts={"ann": "250.00", "eve": "1.00"})
    plain["keepers"]["eve"] = {}
    plain["coins"] = {"c1": {"note": "n1", "payer": "eve", "date": "2006-05-03", "amount": "1.00"}}
    assert given_back(plain)["eve"]["bands"][0]["low"] == "1.00"


# --- articles -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cited", "articles", "version"),
    [
        ("ferry/tolls/1", "lawful", None),
        ("ferry/tolls/2", "unlawful", None),
        ("ferry/tolls/2001-01-01/1", "lawful", "lawful"),
        ("ferry/tolls/2010-01-01/1", "lawful", "unlawful"),
        ("ferry/choice/1", "unlawful", None),
        ("nowhere/1", "unlawful", None),
        ("the toll order", "unlawful", None),
        ("ferry/tolls/1.2", "unlawful", None),
    ],
)
def test_the_article_applied_is_cited_and_in_the_version_that_governed(
    cited: str, articles: str, version: str | None
) -> None:
    found = verdicts(changed("notes", "n1", articles=[cited]))
    assert found["articles", "n1"] == articles
    assert found.get(("version", "n1")) == version


# --- periods --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("as_of", "state", "since"),
    [("2006-05-03", "running", None), ("2006-05-04", "ended", "2006-05-04")],
)
def test_a_period_says_until_when_or_since_when_it_is_barred(
    as_of: str, state: str, since: str | None
) -> None:
    (one,) = reviewed(deepcopy(NOTE) | {"as_of": as_of})["periods"]
    assert (one["period"], one["end"]) == ("appeal", "2006-05-03")
    assert (one["state"], one["barred_since"]) == (state, since)


# --- what cannot be reviewed ----------------------------------------------------------------------
def test_another_question_reviews_nothing() -> None:
    plain = deepcopy(NOTE) | {"question": {"ask": "toll", "about": ["b1"]}}
    assert problems(plain) == [("no-review", "/question/ask")]


@pytest.mark.parametrize("about", [[], ["n1", "n2"]])
def test_one_decision_is_reviewed_at_a_time(about: list[str]) -> None:
    plain = deepcopy(NOTE) | {"question": {"ask": "review", "about": about}}
    plain["notes"]["n2"] = deepcopy(plain["notes"]["n1"])
    assert problems(plain) == [("not-one", "/question/about")]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"kind": "scolding"}, [("not-reviewed", "/notes/n1/kind")]),
        ({"kind": None}, [("missing-field", "/notes/n1")]),
        ({"date": None}, [("missing-field", "/notes/n1")]),
        ({"date": {"state": "unknown"}}, [("missing-field", "/notes/n1")]),
        ({"boats": None}, [("missing-field", "/notes/n1")]),
        ({"boats": []}, [("missing-field", "/notes/n1")]),
        ({"date": "2006-04"}, [("not-a-day", "/notes/n1/date")]),
        ({"date": "2005-02-28"}, [("before-other-day", "/notes/n1/date")]),
        ({"amounts": {"ann": "-1.00"}}, [("negative-money", "/notes/n1/amounts/ann")]),
        ({"by": "cook"}, [("unknown-code", "/notes/n1/by")]),
    ],
)
def test_what_is_no_decision_to_review_is_a_clear_error(
    facts: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert problems(changed("notes", "n1", **facts)) == found


def test_a_payment_before_the_decision_is_an_error() -> None:
    plain = changed("coins", "c1", note="n1", payer="ann", date="2006-04-02", amount="1.00")
    assert problems(plain) == [("before-other-day", "/coins/c1/date")]


def test_a_payment_in_the_month_of_the_decision_may_be_later() -> None:
    plain = changed("coins", "c1", note="n1", payer="ann", date="2006-04", amount="1.00")
    assert reviewed(plain)["outcome"] == "lawful"


def test_a_setting_that_names_a_year_is_a_year() -> None:
    plain = deepcopy(NOTE) | {"settings": {"toll_year": "last year"}}
    assert problems(plain) == [("not-a-year", "/settings/toll_year")]


# --- the same whatever the inference; text ------------------------------------------------------
def test_both_inferences_find_the_same() -> None:
    law = ferry_law()
    case = read_case_data(changed("notes", "n1", bases={"ann": "130.00"}), law.vocabulary)
    direct = review(case, law, inference="reference").as_json()["findings"]
    assert direct == review(case, law, inference="rete").as_json()["findings"]


def test_the_same_review_has_the_same_id_and_another_one_another() -> None:
    assert reviewed(NOTE)["id"] == reviewed(deepcopy(NOTE))["id"]
    assert reviewed(NOTE)["id"] != reviewed(changed("notes", "n1", year=2004))["id"]


@pytest.mark.parametrize(
    ("lang", "first", "lines"),
    [
        (
            "zh",
            "审查：n1（2006-04-03）—— 不合法",
            [
                "✓ 出单权：合法：由渡口长出单",
                "✗ 金额（每人）　ann：高于合法的最高数",
                "│  ├─ 决定：310.00；合法：200.00–300.00",
                "对 ann 多收：10.00；已缴 0.00，其中多缴 0.00",
                "申诉期：2006-04-03 … 2006-05-03 已经届满，自 2006-05-04 起已过期",
            ],
        ),
        (
            "en",
            "review: n1 (2006-04-03) — unlawful",
            [
                "✓ power to make the note: lawful: the ferry master makes the note",
                "✗ amount of each, ann: above the most that was lawful",
                "stated: 310.00; lawful: 200.00–300.00",
                "demanded too much of ann: 10.00; paid 0.00, of it too much 0.00",
                "time for appeal: 2006-04-03 … 2006-05-03 barred since 2006-05-04",
            ],
        ),
    ],
)
def test_the_text_tells_findings_excess_and_periods(
    lang: Any, first: str, lines: list[str]
) -> None:
    content = reviewed(changed("notes", "n1", amounts={"ann": "310.00"}))
    text = review_text(content, ferry_law().vocabulary, lang)
    assert text.splitlines()[0] == first
    for line in lines:
        assert line in text


def test_the_text_groups_amounts_and_says_steps_by_their_labels() -> None:
    """A measure is a step of a ladder; what was paid lies below what was demanded."""
    law = real_law()
    case = read_case(
        (Path(__file__).parents[3] / "examples" / "review-clinic-2022.yaml").read_bytes(),
        law.vocabulary,
    )
    text = review_text(review(case, law).as_json(), law.vocabulary, "zh")

    for line in (
        "决定：130,000.00；合法：40,000.00–120,000.00",
        "决定：警告；合法：警告",
        "决定：150,000.00；合法：0.00–150,000.00",
        "对 c1 多收：10,000.00；已缴 150,000.00，其中多缴 10,000.00",
        "返还多收的部分　c1：10,000.00（较可能）",
    ):
        assert line in text


def of_a_township(**words: str) -> str:
    """The review of the example of Daye, decided by a township of which it is not known whether
    it was entrusted, as of a day on which the surcharge runs; with other words in the case."""
    text = (Path(__file__).parents[3] / "examples" / "review-daye-2014.yaml").read_text("utf-8")
    township = {
        "as_of: 2026-11-23": "as_of: 2015-01-01",
        "authority: county-department": "authority: township-government",
        "level: county\n    place: 420281\n": "level: township\n    place: 420281101\n",
    }
    for old, new in (township | words).items():
        assert old in text
        text = text.replace(old, new)
    law = real_law()
    content = review(read_case(text.encode(), law.vocabulary), law).as_json()
    return review_text(content, law.vocabulary, "zh")


def test_what_is_refused_in_one_completion_only_is_told_as_open() -> None:
    told = [line for line in of_a_township().splitlines() if "作出征收决定　d1" in line]
    assert [line.partition("　")[2] for line in told] == ["d1：待查"]


def test_alternatives_are_told_as_such() -> None:
    told = [line for line in of_a_township().splitlines() if "滞纳金　father" in line]
    assert [line.partition("：")[2] for line in told] == ["1,120.00；或者 1,400.00"]


def test_what_was_lawful_and_is_not_known_is_not_told_as_nothing() -> None:
    text = of_a_township(**{"born: 2013-09-15": "born: 2008-09-15"})
    assert "决定：280,000.00\n" in text
    assert "合法：无" not in text
