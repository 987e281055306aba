"""What would turn a result: the smallest sets of changes, each proved by deciding again."""

from __future__ import annotations

from typing import Any

import pytest

from engine.decision.changing import changes as changing
from engine.decision.changing.changes import changes, render_changes
from tests.unit.decision.ferry import CHOICE, RULES, case, ferry_law, plain


def found(ask: str = "toll", size: int = 2, **put: Any) -> list[tuple[list[str], str]]:
    """The sets of the only part: what each changes, and what it comes to."""
    told = changes(case(ask, **put), ferry_law(), size=size)
    (part,) = told["parts"]
    assert part["complete"]
    return [(sorted(map(by_path, s["changes"])), came(s["then"])) for s in part["sets"]]


def by_path(change: dict[str, Any]) -> str:
    """A change in words, its fact by the path alone."""
    said, fact = change["text"]["en"], change["fact"]
    return f"{fact}{said.partition(f'({fact})')[2]}" if f"({fact})" in said else said


def came(then: dict[str, Any]) -> str:
    amounts = [band["low"] for band in then["bands"]]
    return ", ".join(amounts) or str(then["conclusions"][0]["value"])


def test_a_number_that_falls_short_is_told_as_a_threshold() -> None:
    assert found() == [(["boats.b1.length → at least 10"], "200.00")]


def test_what_connecting_rules_define_of_an_entity_is_known_to_the_law_they_select() -> None:
    before, base, after = RULES.partition("  - id: base\n")
    takings, toll = after.split("  - id: toll")
    with_base = f"{CHOICE}- article: 2\n  for: boat in boats\n  rules:\n{base}{takings}"
    law = ferry_law(with_base, f"{before}  - id: toll{toll}")
    told = changes(case(), law)
    assert told["parts"][0]["sets"]
    assert told == changes(case(), ferry_law())


def test_a_change_is_told_by_the_label_of_its_fact_with_the_path_beside_it() -> None:
    told = changes(case("toll"), ferry_law())["parts"][0]["sets"][0]
    assert told["changes"][0]["text"]["en"] == "length of b1 (boats.b1.length) → at least 10"


def test_what_needs_two_changes_is_found_as_a_pair() -> None:
    white = found(boats__b1__flag=[{"value": "white"}])
    assert white == [
        (["boats.b1.flag → blue", "boats.b1.length → at least 10"], "200.00"),
        (["boats.b1.flag → red", "boats.b1.length → at least 10"], "200.00"),
    ]
    assert found(size=1, boats__b1__flag=[{"value": "white"}]) == []


def test_what_needs_three_changes_is_found() -> None:
    guild = [f"skippers.ann.{name} → yes" for name in ("heir", "insured", "member")]
    put: Any = {"skippers__ann__sworn": False, "as_of": "2011-01-01"}
    assert (guild, "True") in found("more", size=3, **put)
    assert not any(set(guild) & set(texts) for texts, _ in found("more", size=2, **put))


def test_a_day_that_passes_and_a_fact_turn_it_together() -> None:
    sets = found("more", skippers__ann__sworn=False)
    assert (["from 2010-08-01 on", "skippers.ann.sworn → yes"], "True") in sets


def test_a_day_that_passes_is_told_from_when_on() -> None:
    assert found("more") == [(["from 2010-08-01 on"], "True")]


def test_evidence_that_is_brought_is_a_change() -> None:
    sets = found(boats__b1__length=12)
    assert (["skippers.ann.takings[2009] is verified: market"], "1240.00") in sets
    assert (["from 2015-01-01 on"], "None") in sets


def test_evidence_and_an_amount_turn_it_together() -> None:
    takings = [{"year": 2009, "value": "4000.00"}]
    sets = dict(
        (tuple(texts), amount)
        for texts, amount in found(boats__b1__length=12, skippers__ann__takings=takings)
    )
    proof, more = "takings[2009] is verified: market", "takings[2009] → more than 5,000.00 yuan"
    assert (f"skippers.ann.{proof}",) not in sets
    assert sets[f"skippers.ann.{proof}", f"skippers.ann.{more}"].startswith("1000.00")


def test_what_may_never_be_suggested_is_not() -> None:
    sets = found(boats__b1__length=12) + found("more", skippers__ann__sworn=False)
    told = " ".join(text for texts, _ in sets for text in texts)
    for word in ("bereaved", "wrecks", "licensed_on"):
        assert word not in told


def test_codes_of_a_list_and_a_state_that_lasts_can_change() -> None:
    put: Any = {"skippers__ann__sworn": False, "skippers__ann__wrecks": 0, "as_of": "2016-01-01"}
    assert found("more", **put) == [
        (["skippers.ann.flags → red: yes"], "True"),
        (["skippers.ann.moored → yes"], "True"),
        (["skippers.ann.sworn → yes"], "True"),
    ]


def test_an_undetermined_part_says_what_to_find_out_first() -> None:
    told = changes(case(boats__b1__length={"state": "unknown"}), ferry_law())
    (part,) = told["parts"]
    assert part["sets"] == []
    assert part["missing"] == [["boats.b1.length"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changes_are_told_in_both_languages(lang: str) -> None:
    text = render_changes(changes(case("more"), ferry_law()), lang, ferry_law().vocabulary)
    assert "2010-08-01" in text
    assert ("确定" in text) is (lang == "zh")


def test_a_changed_case_is_decided_once_for_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[frozenset[Any]] = []
    decide_again = changing._again

    def counted(supposed: Any, moves: Any) -> Any:
        decided.append(frozenset(moves.items()))
        return decide_again(supposed, moves)

    monkeypatch.setattr(changing, "_again", counted)
    plain_case = plain("toll")
    bob = plain_case["skippers"]["ann"] | {"takings": []}
    both: dict[str, Any] = {
        "question": {"ask": "toll", "about": ["b1", "b2"]},
        "skippers__bob": bob,
        "boats__b1__length": 12,
        "boats__b2": {"owner": "bob", "length": 12, "flag": [{"value": "red"}]},
    }
    parts = {one["bearer"]: one["sets"] for one in changes(case(**both), ferry_law())["parts"]}
    assert sorted(parts) == ["ann", "bob"]
    assert len(decided) == len(set(decided)) < sum(map(len, parts.values()))
    for boat, owner in (("b1", "ann"), ("b2", "bob")):
        alone = changes(case(**both | {"question": {"ask": "toll", "about": [boat]}}), ferry_law())
        assert [one["sets"] for one in alone["parts"]] == [parts[owner]]
