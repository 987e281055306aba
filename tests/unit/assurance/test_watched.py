"""What is seen of rules while an answer is found, and that a slip elsewhere changes nothing."""

from pathlib import Path

from engine.assurance.answers import answer_to
from engine.assurance.watched import Watch, watched
from engine.decision.governing.altered import rules_in
from engine.decision.governing.law import Law
from tests.unit.assurance.apiary import LARGE, SMALL, WILD, prepared, write_law

BEES = "bees/rules/2001-01-01"
CHOICE = "bees/choice/2000-01-01"


def watch_of(law: Law, folder: Path, scenario: str) -> Watch:
    watch = Watch()
    (one,) = prepared(folder / "features", law, scenario)[:1]
    law = watched(law, watch)
    assert answer_to(one.asked[0].case, law) == answer_to(one.asked[0].case, law.law)
    return watch


def test_a_rule_that_applied_stood_and_one_that_was_overridden_did_not(tmp_path: Path) -> None:
    watch = watch_of(write_law(tmp_path / "law"), tmp_path, LARGE)
    stood = {f"{BEES}/3/rate.large", f"{BEES}/3/tax", f"{CHOICE}/1/place", f"{CHOICE}/2/day"}
    assert watch.standing == stood


def test_what_stopped_a_rule_is_its_condition_or_its_exception(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law")
    small = watch_of(law, tmp_path, SMALL)
    assert small.stopped == {f"{BEES}/3/rate.large": {0}, f"{BEES}/4/relief": {0}}
    wild = watch_of(law, tmp_path, WILD)
    assert wild.stopped == {f"{BEES}/3/tax": {0}, f"{BEES}/4/relief": {0}}


def test_a_rule_that_is_open_stood(tmp_path: Path) -> None:
    unknown = WILD.replace("| 是 |", "| 不详 |").replace("无须缴纳", '结果为"待定"')
    watch = watch_of(write_law(tmp_path / "law"), tmp_path, unknown)
    assert f"{BEES}/3/tax" in watch.standing


def test_a_name_is_read_where_somebody_asks_for_it(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law")
    assert "hive.rate" in watch_of(law, tmp_path, LARGE).read
    wild = watch_of(law, tmp_path, WILD)
    assert "hive.rate" not in wild.read
    rules = {rule.local: wild.concerned(rule) for rule in rules_in(law)}
    assert (rules["3/rate"], rules["3/tax"], rules["1/place"]) == (False, True, True)
