"""Amendments: changes apply to the text then in force, and rules keep the name of their wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language.diagnostics import Diagnostic
from engine.language.ruleset import Charge, Define, OverrideRule, Plain, Postpone, Rule, Version
from engine.law.registry import load_registry
from tests.unit.law.lending import BASE, amending, write

FIRST = "lending/rules/2001-01-01"
SECOND = "lending/rules/2005-01-01"


def amended(folder: Path, changes: str, head: str = "") -> Version:
    files = {"2001-01-01.yaml": BASE, "2005-01-01.yaml": amending(changes, head)}
    registry, problems = load_registry(write(folder, files))
    assert problems == []
    return registry.versions("lending/rules")[1]


def wrong(folder: Path, changes: str) -> list[Diagnostic]:
    files = {"2001-01-01.yaml": BASE, "2005-01-01.yaml": amending(changes)}
    return load_registry(write(folder, files))[1]


def rule(version: Version, local: str) -> Rule:
    return next(one for one in version.rules if one.local == local)


def names(version: Version) -> dict[str, str]:
    return {one.local: one.name for one in version.rules}


def test_what_is_not_changed_keeps_the_name_and_the_confidence_of_its_enactment(
    tmp_path: Path,
) -> None:
    version = amended(tmp_path, "- repeal: 4\n")
    fee = rule(version, "7/fee")
    assert (fee.name, fee.confidence, fee.sources) == (f"{FIRST}/7/fee", "confirmed", ("L1",))
    assert version.confidence == "probable"


def test_an_article_in_two_blocks_is_amended_in_both(tmp_path: Path) -> None:
    block = "- article: 7\n  for: loan in loans\n"
    parts = BASE.partition("  - id: factor\n")
    base = parts[0] + block + "  rules:\n" + parts[1] + parts[2]
    changes = "- repeal-rule: 7/rate.junior\n- replace-rule: 7/fee\n  with:\n    unless:\n"
    files = {"2001-01-01.yaml": base, "2005-01-01.yaml": amending(changes)}
    registry, problems = load_registry(write(tmp_path, files))
    assert [one.code for one in problems] == ["article-again"]
    version = registry.versions("lending/rules")[1]
    assert names(version)["7/factor"] == f"{FIRST}/7/factor"
    assert names(version)["7/fee"] == f"{SECOND}/7/fee"
    assert "7/rate.junior" not in names(version)


def test_repealed_provisions_are_gone(tmp_path: Path) -> None:
    version = amended(tmp_path, "- repeal: [3.1, 4]\n- repeal-rule: 7/rate.junior\n")
    assert list(names(version)) == ["3.2/fond", "7/rate", "7/factor", "7/fee"]


def test_an_article_without_any_item_left_says_nothing(tmp_path: Path) -> None:
    version = amended(tmp_path, "- repeal: [3.1, 3.2, 4]\n")
    assert not any(one.article == "3" for one in version.rules)


def test_what_a_replacement_does_not_say_stays(tmp_path: Path) -> None:
    changes = "- replace-rule: 3.1/junior\n  with:\n    id: adult\n    when: not loan.by_junior\n"
    version = amended(tmp_path, changes)
    new = rule(version, "3.1/adult")
    assert new.name == f"{SECOND}/3.1/adult"
    assert [one.source for one in new.when] == ["loan.days_late < 10", "not loan.by_junior"]
    assert (new.confidence, new.sources) == ("probable", ("L2",))
    assert new.gist is not None
    assert rule(version, "3.2/fond").name == f"{FIRST}/3.2/fond"


def test_a_replaced_article_is_enacted_anew_with_all_its_rules(tmp_path: Path) -> None:
    version = amended(tmp_path, "- replace: 3\n  with:\n    when: loan.days_late < 5\n")
    assert names(version)["3.1/junior"] == f"{SECOND}/3.1/junior"
    assert rule(version, "3.2/fond").when[0].source == "loan.days_late < 5"
    assert rule(version, "3.2/fond").confidence == "probable"


def test_an_empty_value_takes_the_old_one_away(tmp_path: Path) -> None:
    version = amended(tmp_path, "- replace-rule: 7/fee\n  with:\n    unless:\n")
    assert rule(version, "7/fee").unless == ()
    assert rule(version, "7/fee").when != ()


def test_a_new_effect_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    changes = "- replace: 4\n  with:\n    forbid: extension\n"
    effect = rule(amended(tmp_path, changes), "4/interval").effects[0]
    assert type(effect).__name__ == "Forbid"
    assert getattr(effect, "grounds", None) == ()


def test_rules_items_and_articles_are_added_in_their_place(tmp_path: Path) -> None:
    changes = """\
- add-rule: 7/cap
  with:
    define:
      borrower.total: yuan(100)
    for: borrower in readers
- add: 3.3
  with:
    id: excused
    when: loan.excuse
- add:
    article: 5
    for: loan in loans
    id: order
    define:
      loan.order: 2
"""
    version = amended(tmp_path, changes)
    added = [local for local, name in names(version).items() if name.startswith(SECOND)]
    assert added == ["3.3/excused", "5/order", "7/cap"]
    assert [one.article for one in version.rules] == ["3", "3", "3", "4", "5", *["7"] * 5]


def test_numbers_change_all_at_once_and_references_follow(tmp_path: Path) -> None:
    changes = "- renumber:\n  - {from: 3, to: 4}\n  - {from: 4, to: 3}\n  - {from: 3.1, to: 4.9}\n"
    version = amended(tmp_path, changes)
    assert names(version)["4.9/junior"] == f"{FIRST}/3.1/junior"
    postponed = rule(version, "3/interval").effects[0]
    assert isinstance(postponed, Postpone)
    assert postponed.grounds == ("4.9/junior",)


def test_a_later_version_still_names_the_first_enactment(tmp_path: Path) -> None:
    files = {
        "2001-01-01.yaml": BASE,
        "2005-01-01.yaml": amending("- renumber: {from: 7, to: 8}\n"),
        "2006-01-01.yaml": amending(
            "- replace-rule: 8/fee\n  with:\n    when: loan.days_late > 60\n",
            amends="2005-01-01",
            day="2006-01-01",
        ),
    }
    registry, problems = load_registry(write(tmp_path, files))
    assert problems == []
    last = registry.versions("lending/rules")[2]
    assert names(last)["8/rate"] == f"{FIRST}/7/rate"
    assert names(last)["8/fee"] == "lending/rules/2006-01-01/8/fee"
    assert OverrideRule("8/rate") in rule(last, "8/rate.junior").overrides


def test_changes_mean_the_text_in_force_whatever_their_order(tmp_path: Path) -> None:
    changes = ["- renumber: {from: 7, to: 8}\n", "- repeal-rule: 7/rate.junior\n"]
    one = amended(tmp_path / "a", "".join(changes))
    other = amended(tmp_path / "b", "".join(reversed(changes)))
    assert names(one) == names(other)


def test_an_authority_is_renamed_everywhere_without_a_new_enactment(tmp_path: Path) -> None:
    version = amended(tmp_path, "- rename-authority: {from: 图书馆, to: 文化馆}\n")
    fee = rule(version, "7/fee")
    assert fee.gist is not None
    assert fee.gist.zh == "文化馆收取逾期费"
    assert fee.name == f"{FIRST}/7/fee"


def test_a_name_that_stands_nowhere_can_not_be_renamed(tmp_path: Path) -> None:
    text = amending("- rename-authority: {from: 渡口, to: 码头}\n")
    _, problems = load_registry(write(tmp_path, {"2001-01-01.yaml": BASE, "2005-01-01.yaml": text}))
    assert [one.code for one in problems] == ["dangling-change"]


def test_unread_amendments_stay_until_the_article_is_read_again(tmp_path: Path) -> None:
    unread = "- not-read:\n    day: 2004-05-01\n    may-touch: [3-4, 7]\n    zh: 甲\n    en: a\n"
    everything = "- not-read: {day: 2004-06-01}\n"
    whole = "- replace: 4\n  with:\n    postpone: extension\n"
    files = {
        "2001-01-01.yaml": BASE,
        "2005-01-01.yaml": amending(unread + everything),
        "2006-01-01.yaml": amending(whole, amends="2005-01-01", day="2006-01-01"),
    }
    registry, problems = load_registry(write(tmp_path, files))
    assert problems == []
    versions = registry.versions("lending/rules")
    assert [one.may_touch for one in versions[1].unread] == [("3", "4", "7"), ()]
    assert [one.may_touch for one in versions[2].unread] == [("3", "7"), ()]


def test_the_heading_stays_but_for_what_is_said_anew(tmp_path: Path) -> None:
    asks = "asks:\n  base_day:\n    zh: 哪一日\n    candidates: [loan.lent, assessment.date]\n"
    version = amended(tmp_path, "- repeal: 4\n", "fills: [permit extension]\n" + asks)
    assert version.fills == ("permit extension",)
    assert [one.name for one in version.asks] == ["base_day"]
    assert version.instrument.title.en == "Lending rules"
    assert amended(tmp_path / "b", "- repeal: 4\n").fills == ("permit extension", "charge late-fee")


def test_an_instrument_named_by_its_id_alone_is_that_of_the_amended_text(tmp_path: Path) -> None:
    named = amended(tmp_path, "- repeal: 4\n", "instrument: {id: lending/rules}\n").instrument
    assert named == amended(tmp_path / "b", "- repeal: 4\n").instrument


def test_an_effect_that_stays_stays_in_full(tmp_path: Path) -> None:
    version = amended(tmp_path, "- replace-rule: 7/fee\n  with:\n    when: loan.days_late > 60\n")
    effect = rule(version, "7/fee").effects[0]
    assert isinstance(effect, Charge)
    assert isinstance(effect.amount, Plain)
    rate = rule(version, "7/rate").effects[0]
    assert isinstance(rate, Define)


@pytest.mark.parametrize(
    ("changes", "code", "near"),
    [
        ("- repael: 4\n", "unknown-change", "repeal"),
        ("- with: {id: a}\n", "unknown-change", ""),
        ("- repeal: 3.7\n", "dangling-change", "3.1"),
        ("- repeal: 9\n", "dangling-change", ""),
        ("- replace-rule: 7/fees\n  with:\n    unless:\n", "dangling-change", "7/fee"),
        ("- replace-rule: 7/fee\n", "missing-field", ""),
        ("- add-rule: 8/fee\n  with:\n    id: x\n", "dangling-change", "7/fee"),
        ("- add-rule: 4/fee\n  with:\n    id: x\n", "dangling-change", "7/fee"),
        ("- add: 4\n  with:\n    id: x\n", "duplicate-rule", ""),
        ("- renumber: {from: 12, to: 3}\n", "dangling-change", ""),
        ("- renumber: 3\n", "wrong-value", ""),
        ("- renumber: {from: 3.1, to: 7.1}\n", "wrong-value", "17.2"),
        ("- repeal: 4\n  with:\n    id: x\n", "unknown-keyword", ""),
        ("- 4\n", "not-a-mapping", ""),
    ],
)
def test_a_change_that_is_wrong_is_reported(
    tmp_path: Path, changes: str, code: str, near: str
) -> None:
    found = wrong(tmp_path, changes)
    assert [one.code for one in found] == [code]
    assert near in found[0].remedy.en
    assert found[0].at.file == "lending/rules/2005-01-01.yaml"
