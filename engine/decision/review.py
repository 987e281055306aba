"""Review of a past decision: what was lawful then, what it says, and what can still be done.

    review(case, law).as_json()["findings"]

The question that was decided is asked again as of its day, without what came later (`past`). What
the decision states (amounts, bases, a multiple, articles) is compared with that answer; rules that
`find` something about the decision are asked as of the day of the review; so are the periods.
Everything is a finding: lawful, unlawful, or open with what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from engine.decision.case_model import Case, EntityRecord, Found, Question, State
from engine.decision.decide import (
    Evaluation,
    Law,
    decide,
    evaluation_of,
    part_of_name,
    parts_of,
)
from engine.decision.outcome import Decision, assemble
from engine.decision.part import Part, rules_of, told_part
from engine.decision.past import as_it_stood
from engine.decision.seal import id_of
from engine.inference.program import Inference
from engine.law.vocabulary import Reviewed
from engine.values.money import Money, format_yuan

EXITS: Final[Mapping[str, int]] = {"lawful": 0, "unlawful": 0, "open": 3}

Verdict = Literal["lawful", "unlawful", "open"]
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Review:
    """A review as its canonical content."""

    content: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """unlawful if a finding is; else open if one is; else lawful."""
        return str(self.content["outcome"])

    @property
    def exit(self) -> int:
        """The exit code of the command line."""
        return EXITS[self.outcome]

    def as_json(self) -> Told:
        """The form `review/1`."""
        return dict(self.content)


class NotReviewable(ValueError):
    """A case that asks for no review, or whose decision cannot be asked again."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def review(case: Case, law: Law, *, inference: Inference = "rete") -> Review:
    """Review the decision that a case asks about.

    Raises `NotReviewable` if the case asks another question, or does not say on which day and what
    was decided; `CaseError` if nothing of the case stood on that day.
    """
    question = law.vocabulary.questions[case.question.ask]
    if question.reviews is None:
        raise NotReviewable(
            f"“{question.label.zh}”不是对已作决定的审查",
            f"“{question.label.en}” reviews nothing that was decided",
        )
    decision = case.by_id[case.question.about[0]]
    day, asked = _decided(question.reviews, decision)
    about = tuple(_known(decision, question.reviews.about) or ())
    then = as_it_stood(case, law.vocabulary, day, Question(asked, about), (decision.id,))
    evaluation = evaluation_of(then, law, inference)
    parts = parts_of(evaluation)
    basis = assemble(evaluation, parts, None, traced=True)
    findings = [
        *_amounts(evaluation, parts, question.reviews, decision),
        *_values(evaluation, parts, question.reviews, decision),
        *_articles(basis, question.reviews, decision),
        *_found(decide(case, law, inference=inference, traced=False)),
    ]
    later = [
        decide(
            replace(case, question=Question(name, (decision.id,))), law,
            inference=inference, traced=False,
        )
        for name in question.reviews.then
    ]  # fmt: skip
    verdicts = {finding["finding"] for finding in findings}
    outcome = next((one for one in ("unlawful", "open") if one in verdicts), "lawful")
    content: Told = {
        "schema": "review/1",
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "decided": {"ask": asked, "about": list(about), "day": day.isoformat()},
        "outcome": outcome,
        "exit": EXITS[outcome],
        "findings": findings,
        "overcharged": [f["overcharged"] for f in findings if "overcharged" in f],
        "periods": [_period(part) for decision in later for part in _timed(decision)],
        "later": [one.as_json() for one in later],
        "basis": basis.as_json(),
    }
    content["id"] = id_of(content)
    return Review(content)


def _decided(reviewed: Reviewed, decision: EntityRecord) -> tuple[date, str]:
    """On which day what was decided."""
    day, kind = _known(decision, reviewed.day), _known(decision, reviewed.by)
    asked = reviewed.questions.get(str(kind))
    if not isinstance(day, date) or asked is None:
        raise NotReviewable(
            f"{decision.id}：要写明决定的日期（到日）和种类，才能审查",
            f"{decision.id}: a review needs the day of the decision and its kind",
        )
    return day, asked


def _known(decision: EntityRecord, key: str) -> Any:
    found = decision.facts.get(key)
    return found.value if isinstance(found, Found) and found.state is State.KNOWN else None


# --- what the decision states, compared -----------------------------------------------------------
def _amounts(
    evaluation: Evaluation, parts: list[Part], reviewed: Reviewed, decision: EntityRecord
) -> Iterator[Told]:
    """What was demanded of each bearer, against what was lawful."""
    demanded = dict(_each(decision, reviewed.amounts))
    for part in parts:
        told = told_part(evaluation, part, None)
        amount = demanded.pop(part.bearer, None)
        finding = _compared(
            part, told, amount, f"{_path(decision, reviewed.amounts)}[{part.bearer}]"
        )
        yield {"point": "amount", "subject": part.bearer} | finding
    for bearer, amount in sorted(demanded.items()):
        yield {
            "point": "amount",
            "subject": bearer,
            "finding": "unlawful",
            "recorded": _shown(amount),
            "lawful": [],
            "overcharged": {"payer": bearer, "low": _shown(amount), "high": _shown(amount)},
            "text": {
                "zh": f"{bearer}：法律没有规定此人缴纳",
                "en": f"{bearer}: the law names no such payer",
            },
        }


def _values(
    evaluation: Evaluation, parts: list[Part], reviewed: Reviewed, decision: EntityRecord
) -> Iterator[Told]:
    """Other values that the decision states, each against the name that it is compared with."""
    for key, name in reviewed.values.items():
        kind = name.partition(".")[0]
        one = _known(decision, key)
        stated = dict(_each(decision, key))
        if one is not None:
            entities = evaluation.base.all(kind)
            bearers = {part.bearer for part in parts} | {e.id for e in evaluation.base.about}
            stated = {e.id: one for e in entities if e.id in bearers}
        for id, value in sorted(stated.items()):
            subject = evaluation.base.by_id.get(id) or evaluation.case.group_of.get(id)
            if subject is None or subject.kind != kind:
                continue
            part = part_of_name(evaluation, name, subject)
            told = told_part(evaluation, part, None)
            finding = _compared(part, told, value, _path(decision, key))
            explained = _explained(part, value) if finding["finding"] == "unlawful" else {}
            yield {"point": key.partition(".")[2], "subject": id} | finding | explained


def _each(decision: EntityRecord, key: str) -> Iterator[tuple[str, Any]]:
    entries = decision.facts.get(key)
    for entry in entries if isinstance(entries, tuple) else ():
        if entry.of is not None and entry.found.state is State.KNOWN:
            yield entry.of, entry.found.value


def _path(decision: EntityRecord, key: str) -> str:
    return f"{decision.section}.{decision.id}.{key.partition('.')[2]}"


def _compared(part: Part, told: Told, value: Any, path: str) -> Told:
    """A stated value against all that was lawful."""
    lawful = [band for band in told["bands"] if band["aspect"] == _first(told)]
    finding: Told = {
        "recorded": None if value is None else _shown(value),
        "lawful": lawful,
        "provisions": rules_of(part),
    }
    intervals = [
        interval
        for options in part.options
        for aspect, interval in options.bands
        if aspect == _first(told)
    ]
    sure = told["outcome"] == "determined"
    if value is None:
        return (
            finding
            | _verdict("open", "决定没有写明", "the decision does not state it")
            | {"missing": [[path]]}
        )
    if told["outcome"] in ("refused", "not_applicable") or (sure and not intervals):
        reason = told.get("refusal") or {"zh": "依当时的法律没有应缴", "en": "nothing was due then"}
        excess = _excess(part, value, None) if value else {}
        verdict: Verdict = "unlawful" if value else "lawful"
        return finding | _verdict(verdict, reason["zh"], reason["en"]) | excess
    inside = [i for i in intervals if _holds(i.low, i.high, value)]
    if inside and (sure or any(_certain(told, i) for i in inside)):
        return finding | _verdict("lawful", "在合法范围内", "within what was lawful")
    open_ended = any(i.low is None or i.high is None for i in intervals)
    if (
        intervals
        and not inside
        and not open_ended
        and not part.explored.cut
        and (sure or not told.get("gaps"))
    ):
        ends: list[Any] = [interval.high for interval in intervals]
        highest = max(ends)
        excess = _excess(part, value, highest) if value > highest else {}
        return finding | _verdict("unlawful", "不在合法范围内", "outside what was lawful") | excess
    lacking = {key: told[key] for key in ("missing", "gaps") if told.get(key)}
    return (
        finding
        | _verdict("open", "现有材料不足以认定", "what is known does not settle it")
        | lacking
    )


def _first(told: Told) -> str:
    return str(told["bands"][0]["aspect"]) if told["bands"] else "amount"


def _holds(low: Any, high: Any, value: Any) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def _certain(told: Told, interval: Any) -> bool:
    ends = (_shown(interval.low), _shown(interval.high))
    return any(band["certain"] and (band["low"], band["high"]) == ends for band in told["bands"])


def _verdict(finding: Verdict, zh: str, en: str) -> Told:
    return {"finding": finding, "text": {"zh": zh, "en": en}}


def _excess(part: Part, value: Any, highest: Any) -> Told:
    """By how much more was demanded than the most that was lawful."""
    if not isinstance(value, Money) or part.sought is None:
        return {}
    excess = value if highest is None else value - highest
    return {"overcharged": {"payer": part.bearer, "low": _shown(excess), "high": _shown(excess)}}


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    return format_yuan(value) if isinstance(value, Money) else str(value)


def _explained(part: Part, value: Any) -> Told:
    """Another figure of the series that has the value: of another year, level or status."""
    if not isinstance(value, Money):
        return {}
    for world in part.worlds:
        read = [figure.key for figure in world.figures.values()]
        built_in = (one for several in world.setting.statistics.figures.values() for one in several)
        for figure in (*world.setting.case.statistics, *built_in):
            for key in read:
                same = (figure.key.series, figure.key.place) == (key.series, key.place)
                if same and figure.key != key and figure.value == value:
                    return {
                        "explained": {
                            "figure": figure.key.path,
                            "zh": f"与 {figure.key.path} 的数字相同；应当用 {key.path}",
                            "en": f"equal to {figure.key.path}; {key.path} was to be used",
                        }
                    }
    return {}


# --- articles, rules that find, periods -----------------------------------------------------------
def _articles(basis: Decision, reviewed: Reviewed, decision: EntityRecord) -> Iterator[Told]:
    """Whether the decision names the articles that charge: `instrument/article`, or with the
    version between them."""
    charging = [
        provision
        for provision in basis.content["provisions"]
        if any(rule == provision["rule"] for rule in _charging(basis))
    ]
    cited = _known(decision, reviewed.articles)
    if not charging:
        return
    named = {(p["instrument"], p["version"], p["article"]): p["rule"] for p in charging}
    finding: Told = {
        "point": "articles",
        "subject": decision.id,
        "recorded": None if cited is None else list(cited),
        "lawful": sorted({f"{instrument}/{article}" for instrument, _, article in named}),
        "provisions": sorted(named.values()),
    }
    if cited is None:
        yield (
            finding
            | _verdict("open", "决定所引条文不详", "what the decision cites is not known")
            | {"missing": [[_path(decision, reviewed.articles)]]}
        )
        return
    right = all(
        {f"{instrument}/{article}", f"{instrument}/{version}/{article}"} & set(cited)
        for instrument, version, article in named
    )
    if right:
        yield finding | _verdict("lawful", "引用的条文正确", "the articles cited are those applied")
    else:
        yield finding | _verdict(
            "unlawful", "没有准确引用所适用的条文", "the articles applied are not the ones cited"
        )


def _charging(basis: Decision) -> set[str]:
    """The rules on which the conclusions rest directly."""
    return {rule for part in basis.content["parts"] for rule in part.get("rules", ())}


def _found(decision: Decision) -> Iterator[Told]:
    """What rules find of the decision."""
    for part in decision.content["parts"]:
        values = {one.get("value") for one in part["conclusions"]}
        verdict: Verdict = "open"
        if part["outcome"] == "determined" and len(values) == 1:
            verdict = "lawful" if values == {"lawful"} else "unlawful"
        told: Told = {
            "point": part.get("object"),
            "subject": part["bearer"],
            "finding": verdict,
            "provisions": list(part.get("rules", ())),
            "confidence": part["confidence"],
        }
        yield told | {key: part[key] for key in ("missing", "gaps", "conflicts") if key in part}


def _timed(decision: Decision) -> Iterator[Told]:
    for part in decision.content["parts"]:
        if any(one["effect"] == "time" for one in part["conclusions"]):
            yield part


def _period(part: Told) -> Told:
    """A period: until when something can be done, or since when it is barred."""
    details: Told = next(one["details"] for one in part["conclusions"] if one["effect"] == "time")
    return {
        "period": part["object"],
        "subject": part["bearer"],
        "outcome": part["outcome"],
        **details,
    }
