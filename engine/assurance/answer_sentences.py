"""What the last sentences of a scenario ask of a decision: each tells whether it is so.

>>> came_to({"outcome": "determined"}, "确定")
True
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from engine.assurance.answers import Answer
from engine.assurance.draft import TRUTHS, Draft, Table, cells, named, one_of, rows_of

Ends: TypeAlias = tuple[str | None, str | None]

OUTCOMES: Final = {
    "确定": "determined",
    "待定": "undetermined",
    "拒绝": "refused",
    "不适用": "not_applicable",
}
CONFIDENCES: Final = {
    "确认": "confirmed",
    "较可能": "probable",
    "未证实": "unconfirmed",
    "仅凭记忆": "memory",
}
_SAID: Final = {name: said for said, name in OUTCOMES.items()}
GROUNDS: Final = {"理由": "grounds", "暂缓": "postponed", "禁止": "bars"}


def came_to(answer: Answer, outcome: str) -> bool:
    """The outcome of the whole."""
    return bool(answer["outcome"] == one_of(outcome, OUTCOMES))


def came_to_for(answer: Answer, bearer: str, outcome: str) -> bool:
    """The outcome for one bearer."""
    part = _part(answer, bearer)
    return part is not None and part["outcome"] == one_of(outcome, OUTCOMES)


def due(answer: Answer, payer: str, low: str, high: str) -> bool:
    """Determined, this is the only band, and no reading of the law refuses a figure."""
    part = _part(answer, payer)
    if part is None or part["outcome"] != "determined" or "refusal" in part:
        return False
    return _bands(answer, payer) == {(low, high)}


def due_either(answer: Answer, table: Table, payer: str) -> bool:
    """Exactly these bands, whatever the outcome; an end that is open is written with a dash."""
    expected = set()
    for row in rows_of(table):
        low, high = (None if end == "-" else end for end in cells(row, ["低", "高"]))
        expected.add((low, high))
    return _bands(answer, payer) == expected


def nothing_due_from(answer: Answer, bearer: str) -> bool:
    """Determined, and nothing is charged to this bearer."""
    part = _part(answer, bearer)
    return part is not None and part["outcome"] == "determined" and not _is_charged(part)


def nothing_due(answer: Answer) -> bool:
    """Determined, and nothing is charged to anybody: a charge of 0.00 is one, too."""
    return answer["outcome"] == "determined" and not any(map(_is_charged, answer["parts"]))


def missing_fact(answer: Answer, draft: Draft, id: str, label: str) -> bool:
    """A fact of an entity, or an entry of it, is in one of the sets of missing facts."""
    kind, _ = draft.entity(id)
    name = draft.fact(kind.name, label).info.key.partition(".")[2]
    path = f"{kind.section}.{id}.{name}"
    return any(one.partition("[")[0] == path for one in _missing(answer))


def missing_path(answer: Answer, path: str) -> bool:
    """A path is in one of the sets of missing facts."""
    return path in _missing(answer)


def permitted(answer: Answer, draft: Draft, what: str, value: str) -> bool:
    """What is permitted, named by the label of the conclusion, and whether it is."""
    conclusions = draft.vocabulary.conclusions
    permits = {n: one.label.zh for n, one in conclusions.items() if one.effect == "permit"}
    named(what, permits)
    permit = _permit(answer)
    determined = answer["outcome"] == "determined"
    return determined and permit is not None and permit["value"] is one_of(value, TRUTHS)


def rests_on(answer: Answer, role: str, kept: str, rule: str) -> bool:
    """A rule is, or is not, among the grounds that stand, the postponements or the bars."""
    permit = _permit(answer)
    if permit is None:
        return False
    found = any(is_rule(name, rule) for name in permit[GROUNDS[role]])
    return found is (kept == "包括")


def changes_on(answer: Answer, day: str) -> bool:
    """The first day on which the answer is another one."""
    permit = _permit(answer)
    return permit is not None and permit["from"] == day


def as_sure_as(answer: Answer, confidence: str) -> bool:
    """The least confidence of the parts."""
    expected = one_of(confidence, CONFIDENCES)
    order = [*CONFIDENCES.values()]
    found = [order.index(part["confidence"]) for part in answer["parts"]]
    return bool(found) and order[max(found)] == expected


def cites(answer: Answer, kept: str, rule: str) -> bool:
    """A provision is, or is not, among those that decided."""
    found = any(is_rule(provision["rule"], rule) for provision in answer["provisions"])
    return found is (kept == "包括")


def governed_by(answer: Answer, instrument: str, version: str) -> bool:
    """A version that governed."""
    found = [(one["instrument"], one["version"]) for one in answer["versions"]]
    return (instrument, version) in found


def refused_because(answer: Answer, words: str) -> bool:
    """Words in the reason of a refusal."""
    reasons = [part["refusal"]["zh"] for part in answer["parts"] if "refusal" in part]
    return any(words in reason for reason in reasons)


def warned(answer: Answer, words: str) -> bool:
    """Words in a warning."""
    return any(words in warning["text"]["zh"] for warning in answer["warnings"])


def recorded(answer: Answer, point: str, value: str) -> bool:
    """A choice that a person made, recorded beside the bands."""
    found = [(choice["point"], choice["value"]) for choice in answer["choices"]]
    return (point, TRUTHS.get(value, value)) in found


def lacks_text(answer: Answer, words: str) -> bool:
    """Words in the name of a text that is lacking."""
    return any(words in gap["text"]["zh"] for gap in answer["gaps"] if "text" in gap)


def shown(answer: Answer) -> str:
    """What a reader of a failure needs of a decision, or of a review."""
    if "findings" in answer:
        told = {key: answer[key] for key in ("outcome", "overcharged", "periods")}
        kept = ("point", "subject", "finding", "recorded", "lawful", "missing", "explained")
        findings = [{key: one.get(key) for key in kept} for one in answer["findings"]]
        lines = [json.dumps(one, ensure_ascii=False) for one in (told, *findings)]
        return "\n".join(lines)
    told = {key: answer[key] for key in ("gaps", "conflicts", "parts")}
    told["versions"] = sorted({f"{v['instrument']}/{v['version']}" for v in answer["versions"]})
    told["warnings"] = [warning["code"] for warning in answer["warnings"]]
    rest = [f"{key}: {json.dumps(one, ensure_ascii=False)}" for key, one in told.items()]
    return "\n".join(
        [f"结果为：{_SAID[answer['outcome']]}", *map(_in_short, answer["parts"]), *rest]
    )


def _in_short(part: Mapping[str, Any]) -> str:
    """A part in one line, in the words of the sentences.

    >>> bands = [{"low": "5.00", "high": "5.00"}, {"low": "5.00", "high": None}]
    >>> part = {"bearer": "ann", "object": "toll", "bands": bands, "missing": [["ann.age"]]}
    >>> _in_short({**part, "outcome": "undetermined"})
    '  ann toll：待定；5.00；5.00至-；尚缺 ann.age'
    """
    ends = [(band["low"] or "-", band["high"] or "-") for band in part["bands"]]
    bands = [low if low == high else f"{low}至{high}" for low, high in ends]
    lacking = [f"尚缺 {'、'.join(facts)}" for facts in part.get("missing", ())]
    told = dict.fromkeys([_SAID[part["outcome"]], *bands, *lacking])
    whose = " ".join([part["bearer"], *filter(None, [part.get("object")])])
    return f"  {whose}：{'；'.join(told)}"


def is_rule(name: str, rule: str) -> bool:
    """Whether a full name ends in this rule.

    >>> is_rule("lending/rules/2001-01-01/7/fee", "7/fee")
    True
    """
    return name == rule or name.endswith(f"/{rule}")


def _part(answer: Answer, bearer: str) -> Mapping[str, Any] | None:
    """The part of a bearer; None where there is no such part."""
    return next((part for part in answer["parts"] if part["bearer"] == bearer), None)


def _is_charged(part: Mapping[str, Any]) -> bool:
    """Whether a part concludes a charge."""
    return any(one["effect"] == "charge" for one in part["conclusions"])


def _bands(answer: Answer, payer: str) -> set[Ends]:
    part = _part(answer, payer)
    bands = part["bands"] if part is not None else []
    return {(band["low"], band["high"]) for band in bands if band["payer"] == payer}


def _missing(answer: Answer) -> set[str]:
    """Every fact of every set that is named, of the whole and of the parts."""
    sets = [
        *answer["missing"],
        *(one for part in answer["parts"] for one in part.get("missing", ())),
    ]
    return {path for one in sets for path in one}


def _permit(answer: Answer) -> Mapping[str, Any] | None:
    """The one conclusion about what is permitted; None where there is not exactly one."""
    found = [one for one in answer["conclusions"] if one["effect"] == "permit"]
    return found[0] if len(found) == 1 else None
