"""The sentences that scenarios are written in: few, general, and without any law.

What stands in quotes or in a table is data: names of entities, labels of the vocabulary, amounts.
The sentences build a case, the case is decided with both inferences, which must agree, and the rest
of the sentences look at the decision. README.md beside this file lists them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from engine.decision.case import read_case_data
from engine.decision.decide import Law, LawError, decide, load_law
from engine.language.types import Type
from engine.law.vocabulary import Fact, Vocabulary

RULESETS = Path(__file__).parent.parent / "rulesets"

OUTCOMES = {
    "确定": "determined",
    "待定": "undetermined",
    "拒绝": "refused",
    "不适用": "not_applicable",
}
CONFIDENCES = {"确认": "confirmed", "较可能": "probable", "未证实": "unconfirmed"}
STATES = {"不详": "unknown", "未能证明": "unestablished", "不适用": "not_applicable"}
PAPERS = {"核实": "verified", "提交": "submitted", "不采信": "rejected"}
LEVELS = {"国家": "country", "省": "province", "市": "city", "县": "county", "乡": "township"}
TRUTHS = {"是": True, "否": False}
UNKNOWN, NOT_SAID, NOTHING, CLAIMED = "不详", "未填写", "无", "主张"
STATISTICS_PAPER = "e-statistics"
TIME = re.compile(r"(?:自(?P<since>[0-9-]+))?(?:至(?P<until>[0-9-]+))?")

Table = list[list[str]]


@dataclass
class Draft:
    """A case while the sentences write it. `place` stands where a sentence names no place."""

    plain: dict[str, Any] = field(default_factory=lambda: {"schema": "case/1"})
    place: str = ""

    def section(self, name: str) -> dict[str, Any]:
        section: dict[str, Any] = self.plain.setdefault(name, {})
        return section


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "article(id): the article that a scenario is about")


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool:
    """A tag is an article or a worked example: `pytest -m 'article(id="41")'` selects it."""
    pytest.mark.article(id=tag)(function)
    return True


@pytest.fixture(scope="session")
def law() -> Law:
    """The rulesets as they stand, loaded once."""
    try:
        return load_law(RULESETS)
    except LawError as error:
        problems = (f"{one.at}: {one.code}: {one.message.zh}" for one in error.diagnostics)
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def vocabulary(law: Law) -> Vocabulary:
    return law.vocabulary


@pytest.fixture
def draft() -> Draft:
    return Draft()


# --- The case ------------------------------------------------------------------------------------


@given(parsers.parse('地点为"{place}"'))
def _place(draft: Draft, place: str) -> None:
    draft.place = place


@given(parsers.parse('决定日期为"{day}"'))
def _as_of(draft: Draft, day: str) -> None:
    draft.plain["as_of"] = day


@given(parsers.parse('有以下"{label}"'))
def _entities(draft: Draft, vocabulary: Vocabulary, label: str, datatable: Table) -> None:
    """Entities of a kind, one a row; each further column is a fact."""
    kind = _named(label, {name: kind.label.zh for name, kind in vocabulary.kinds.items()})
    section = vocabulary.kinds[kind].section
    listed = vocabulary.kinds[kind].listed
    assert section is not None
    if listed is not None:
        draft.section(section).setdefault(listed, "all")
    _, *columns = datatable[0]
    for id, *cells in datatable[1:]:
        entity = draft.section(section).setdefault(id, {})
        for column, cell in zip(columns, cells, strict=True):
            if cell:
                _write(draft, vocabulary, entity, _fact(vocabulary, kind, column), {"值": cell})
        _stand_in(draft, vocabulary, kind, entity)


@given(parsers.parse('"{label}"没有全部列出'))
def _incomplete(draft: Draft, vocabulary: Vocabulary, label: str) -> None:
    kind = vocabulary.kinds[_named(label, {k: v.label.zh for k, v in vocabulary.kinds.items()})]
    assert kind.section is not None and kind.listed is not None
    draft.section(kind.section)[kind.listed] = "some"


@given("事实如下")
def _facts(draft: Draft, vocabulary: Vocabulary, datatable: Table) -> None:
    """Facts one a row. The first row of a table about a fact replaces what was said before."""
    begun: set[tuple[str, str]] = set()
    for row in _rows(datatable):
        kind, entity = _entity(draft, vocabulary, row["对象"])
        fact = _fact(vocabulary, kind, row["事实"])
        key = (row["对象"], fact.info.key)
        _write(draft, vocabulary, entity, fact, row, more=key in begun)
        begun.add(key)


@given("证据如下")
def _evidence(draft: Draft, vocabulary: Vocabulary, datatable: Table) -> None:
    kinds = {name: label.zh for name, label in vocabulary.evidence.items()}
    issuers = {name: label.zh for name, label in vocabulary.issuers.items()}
    for row in _rows(datatable):
        draft.section("evidence")[row["证据"]] = {
            "kind": _named(row["种类"], kinds),
            "issuer": _named(row["出具单位"], issuers),
            "status": PAPERS[row["状态"]],
        }


@given("统计数据如下")
def _statistics(draft: Draft, vocabulary: Vocabulary, datatable: Table) -> None:
    """Figures by certificate of the statistics office. One of the same address is replaced."""
    income = vocabulary.series["income"]
    figures: list[dict[str, Any]] = draft.plain.setdefault("statistics", [])
    draft.section("evidence")[STATISTICS_PAPER] = {
        "kind": "statistics-certificate",
        "issuer": "statistics",
        "status": "verified",
        "illustrative": True,
    }
    for row in _rows(datatable):
        figure: dict[str, Any] = {
            "series": "income",
            "concept": _named(row["指标"], {k: v.zh for k, v in income.concepts.items()}),
            "status": _named(row["居民"], {k: v.zh for k, v in income.statuses.items()}),
            "level": LEVELS[row["级别"]],
            "place": row.get("地点") or draft.place,
            "year": row["年度"],
        }
        same = [one for one in figures if figure.items() <= one.items()]
        for one in same:
            figures.remove(one)
        if row["数额"] != UNKNOWN:
            proof = {} if row.get("证据") == NOTHING else {"evidence": [STATISTICS_PAPER]}
            figures.append({**figure, "value": row["数额"], **proof})


@given(parsers.parse('"{name}"设定为"{value}"'))
def _setting(draft: Draft, vocabulary: Vocabulary, name: str, value: str) -> None:
    labels = {key: info.zh for key, info in vocabulary.names.items() if "." not in key}
    draft.section("settings")[_named(name, labels)] = int(value) if value.isdecimal() else value


@given(parsers.parse('就"{point}"选择"{value}"'))
def _choice(draft: Draft, point: str, value: str) -> None:
    choice = {"point": point, "value": TRUTHS.get(value, value)}
    draft.plain.setdefault("choices", []).append(choice)


# --- The question --------------------------------------------------------------------------------


@when(parsers.parse('询问"{about}"的"{question}"'), target_fixture="decision")
def _decision(draft: Draft, law: Law, about: str, question: str) -> dict[str, Any]:
    """What both inferences conclude of the case; they may differ in nothing but the id."""
    questions = {name: one.label.zh for name, one in law.vocabulary.questions.items()}
    draft.plain["question"] = {"ask": _named(question, questions), "about": about.split("、")}
    case = read_case_data(json.loads(json.dumps(draft.plain)), law.vocabulary)
    answers = []
    for inference in ("rete", "reference"):
        answer = decide(case, law, inference=inference).as_json()
        answer.pop("id")
        answers.append(answer)
    assert answers[0] == answers[1]
    return answers[0]


# --- The answer ----------------------------------------------------------------------------------


@then(parsers.parse('结果为"{outcome}"'))
def _outcome(decision: dict[str, Any], outcome: str) -> None:
    assert decision["outcome"] == OUTCOMES[outcome], _shown(decision)


@then(parsers.parse('"{bearer}"的结果为"{outcome}"'))
def _outcome_of(decision: dict[str, Any], bearer: str, outcome: str) -> None:
    assert _part(decision, bearer)["outcome"] == OUTCOMES[outcome], _shown(decision)


@then(parsers.parse('"{payer}"应缴"{low}"至"{high}"'))
def _due(decision: dict[str, Any], payer: str, low: str, high: str) -> None:
    assert _part(decision, payer)["outcome"] == "determined", _shown(decision)
    assert _bands(decision, payer) == {(low, high)}, _shown(decision)


@then(parsers.parse('"{payer}"应缴以下之一'))
def _due_either(decision: dict[str, Any], payer: str, datatable: Table) -> None:
    """The bands, neither more nor fewer; an end that is open is written with a dash."""
    expected = {
        tuple(None if end == "-" else end for end in (row["低"], row["高"]))
        for row in _rows(datatable)
    }
    assert _bands(decision, payer) == expected, _shown(decision)


@then(parsers.parse('"{bearer}"无须缴纳'))
def _nothing_due(decision: dict[str, Any], bearer: str) -> None:
    part = _part(decision, bearer)
    assert part["outcome"] == "determined", _shown(decision)
    assert _bands(decision, bearer) <= {("0.00", "0.00")}, _shown(decision)


@then("无须缴纳")
def _nothing_due_at_all(decision: dict[str, Any]) -> None:
    assert decision["outcome"] == "determined", _shown(decision)
    bands = {(band["low"], band["high"]) for band in decision["bands"]}
    assert bands <= {("0.00", "0.00")}, _shown(decision)


@then(parsers.parse('尚缺事实"{id}"的"{label}"'))
def _missing_fact(
    decision: dict[str, Any], draft: Draft, vocabulary: Vocabulary, id: str, label: str
) -> None:
    kind, _ = _entity(draft, vocabulary, id)
    name = _fact(vocabulary, kind, label).info.key.partition(".")[2]
    path = f"{vocabulary.kinds[kind].section}.{id}.{name}"
    assert any(re.split(r"\[", one)[0] == path for one in _missing(decision)), _shown(decision)


@then(parsers.parse('尚缺"{path}"'))
def _missing_path(decision: dict[str, Any], path: str) -> None:
    assert path in _missing(decision), _shown(decision)


@then(parsers.parse('再生育为"{answer}"'))
def _permitted(decision: dict[str, Any], answer: str) -> None:
    assert decision["outcome"] == "determined", _shown(decision)
    assert _permit(decision)["value"] is TRUTHS[answer], _shown(decision)


@then(parsers.re(r'(?P<list>理由|暂缓|禁止)(?P<kept>不?包括)"(?P<rule>[^"]+)"'))
def _grounds(decision: dict[str, Any], list: str, kept: str, rule: str) -> None:
    key = {"理由": "grounds", "暂缓": "postponed", "禁止": "bars"}[list]
    found = any(_is_rule(name, rule) for name in _permit(decision)[key])
    assert found is (kept == "包括"), _shown(decision)


@then(parsers.parse('自"{day}"起答案改变'))
def _changes_on(decision: dict[str, Any], day: str) -> None:
    assert _permit(decision)["from"] == day, _shown(decision)


@then(parsers.parse('可靠程度为"{confidence}"'))
def _confidence(decision: dict[str, Any], confidence: str) -> None:
    order = list(CONFIDENCES.values())
    least = max((order.index(part["confidence"]) for part in decision["parts"]), default=None)
    assert least is not None, _shown(decision)
    assert order[least] == CONFIDENCES[confidence], _shown(decision)


@then(parsers.parse('依据包括"{rule}"'))
def _provision(decision: dict[str, Any], rule: str) -> None:
    names = [provision["rule"] for provision in decision["provisions"]]
    assert any(_is_rule(name, rule) for name in names), _shown(decision)


@then(parsers.parse('适用"{instrument}"的"{version}"文本'))
def _version(decision: dict[str, Any], instrument: str, version: str) -> None:
    found = [(one["instrument"], one["version"]) for one in decision["versions"]]
    assert (instrument, version) in found, _shown(decision)


@then(parsers.parse('拒绝的理由提到"{words}"'))
def _refused_because(decision: dict[str, Any], words: str) -> None:
    reasons = [part["refusal"]["zh"] for part in decision["parts"] if "refusal" in part]
    assert any(words in reason for reason in reasons), _shown(decision)


@then(parsers.parse('提示提到"{words}"'))
def _warned(decision: dict[str, Any], words: str) -> None:
    texts = [warning["text"]["zh"] for warning in decision["warnings"]]
    assert any(words in text for text in texts), _shown(decision)


@then(parsers.parse('在旁记下"{point}"选择"{value}"'))
def _recorded(decision: dict[str, Any], point: str, value: str) -> None:
    taken = {"是": True, "否": False}.get(value, value)
    recorded = [(choice["point"], choice["value"]) for choice in decision["choices"]]
    assert (point, taken) in recorded, _shown(decision)


@then(parsers.parse('指明缺少的文本提到"{words}"'))
def _gap(decision: dict[str, Any], words: str) -> None:
    texts = [gap["text"]["zh"] for gap in decision["gaps"] if "text" in gap]
    assert any(words in text for text in texts), _shown(decision)


# --- Reading the tables --------------------------------------------------------------------------


def _rows(table: Table) -> list[dict[str, str]]:
    head, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]


def _named(label: str, labels: dict[str, str]) -> str:
    """The name with this label, the whole label or what stands before its bracket, or the name."""
    if label in labels:
        return label
    for short in (False, True):
        found = [
            name for name, zh in labels.items() if (zh.partition("（")[0] if short else zh) == label
        ]
        if len(found) == 1:
            return found[0]
    raise AssertionError(f"{label}: no single name of {sorted(labels.values())}")


def _entity(draft: Draft, vocabulary: Vocabulary, id: str) -> tuple[str, dict[str, Any]]:
    for name, kind in vocabulary.kinds.items():
        if kind.section is not None and id in draft.plain.get(kind.section, {}):
            return name, draft.plain[kind.section][id]
    raise AssertionError(f"{id}: no such entity in the case")


def _fact(vocabulary: Vocabulary, kind: str, label: str) -> Fact:
    facts = {key: one for key, one in vocabulary.facts.items() if key.startswith(f"{kind}.")}
    key = f"{kind}.{label}"
    return facts[key if key in facts else _named(label, {k: f.info.zh for k, f in facts.items()})]


def _stand_in(draft: Draft, vocabulary: Vocabulary, kind: str, entity: dict[str, Any]) -> None:
    """The place of the case stands where an entity has a date and a place and names none."""
    if {f"{kind}.date", f"{kind}.place"} <= vocabulary.facts.keys() and "date" in entity:
        entity.setdefault("place", draft.place)


def _write(
    draft: Draft,
    vocabulary: Vocabulary,
    entity: dict[str, Any],
    fact: Fact,
    row: dict[str, str],
    more: bool = False,
) -> None:
    """Writes one row about a fact; `more` adds to what the table already said of it."""
    name = fact.info.key.partition(".")[2]
    cell, time = row["值"], row.get("时间", "")
    if cell == NOT_SAID:
        entity.pop(name, None)
        return
    varies = fact.info.varies != "no"
    never = cell == NOTHING if fact.many else fact.main == "true" and cell == "否"
    if varies and never:
        entity[name] = []
        return
    item = fact.info.type.item if fact.many else fact.info.type
    assert item is not None
    main = fact.main if varies and fact.main != "true" else "value"
    said = _said_of(vocabulary, item, cell, main)
    if row.get("证据") and row["证据"] != NOTHING:
        said["evidence"] = row["证据"].split("、")
    if not varies:
        entity[name] = said
        return
    if "state" in said and not time:
        entity[name] = said
        return
    if fact.main == "true":
        said.pop("value", None)
    for further, type in fact.fields:
        if type.base == "place" and further not in said:
            said[further] = row.get("地点") or draft.place
    if fact.info.varies == "year":
        said["year"] = int(time.removesuffix("年"))
    else:
        match = TIME.fullmatch(time)
        assert match is not None, time
        said |= {"from": match["since"]} if match["since"] else {}
        said |= {"until": match["until"]} if match["until"] else {}
    entity[name] = [*(entity[name] if more else []), said]


def _said_of(vocabulary: Vocabulary, type: Type, cell: str, main: str) -> dict[str, Any]:
    """The value, the state or the claim that a cell holds."""
    if cell in STATES:
        return {"state": STATES[cell]}
    if cell.startswith(CLAIMED):
        value = _value(vocabulary, type, cell.removeprefix(CLAIMED))
        return {"claims": [{"by": "claimant", "value": value}]}
    return {main: _value(vocabulary, type, cell)}


def _value(vocabulary: Vocabulary, type: Type, cell: str) -> object:
    if type.base == "list" and type.item is not None:
        cells = [] if cell == NOTHING else cell.split("、")
        return [_value(vocabulary, type.item, one) for one in cells]
    if type.base == "boolean":
        return TRUTHS[cell]
    if type.base == "code":
        codes = vocabulary.enumerations[str(type.about)]
        return _named(cell, {code: label.zh for code, label in codes.items()})
    return cell


# --- Reading the decision ------------------------------------------------------------------------


def _shown(decision: dict[str, Any]) -> str:
    """What a reader of a failure needs of a decision."""
    told = {key: decision[key] for key in ("outcome", "gaps", "conflicts", "parts")}
    told["versions"] = sorted({f"{v['instrument']}/{v['version']}" for v in decision["versions"]})
    told["warnings"] = [warning["code"] for warning in decision["warnings"]]
    return "\n" + "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()
    )


def _part(decision: dict[str, Any], bearer: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [p for p in decision["parts"] if p["bearer"] == bearer]
    assert len(found) == 1, _shown(decision)
    return found[0]


def _bands(decision: dict[str, Any], payer: str) -> set[tuple[str | None, ...]]:
    bands = _part(decision, payer)["bands"]
    return {(band["low"], band["high"]) for band in bands if band["payer"] == payer}


def _missing(decision: dict[str, Any]) -> set[str]:
    """Every fact of every set that is named, of the whole and of the parts."""
    sets = [
        *decision["missing"],
        *(one for part in decision["parts"] for one in part.get("missing", [])),
    ]
    return {path for one in sets for path in one}


def _permit(decision: dict[str, Any]) -> dict[str, Any]:
    found: list[dict[str, Any]] = [c for c in decision["conclusions"] if c["effect"] == "permit"]
    assert len(found) == 1, _shown(decision)
    return found[0]


def _is_rule(name: str, rule: str) -> bool:
    """Whether a full name ends in this rule: `41/base` in `cn/…/2009-03-01/41/base`."""
    return name == rule or name.endswith(f"/{rule}")
