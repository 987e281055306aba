"""Review of a past decision: what was lawful then, what it says, and what can still be done.

    review(case, law).as_json()["findings"]

The question that was decided is asked again as of its day, without what came later (`past`). What
the decision states (amounts, bases, a multiple, articles) is held against that answer (`stated`);
rules that find something about the decision are asked too, and so are the periods that began with
it. Everything is a finding: lawful, unlawful, or open with the fact or the text that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from engine.decision.case.model import Case, Question
from engine.decision.case.past import as_it_stood
from engine.decision.case.problems import CaseError, Report
from engine.decision.deciding.decide import decide, evaluation_of, parts_of
from engine.decision.deciding.outcome import Decision, assemble
from engine.decision.deciding.seal import id_of
from engine.decision.governing.law import Law
from engine.decision.reviewing.articles import articles_found
from engine.decision.reviewing.concluded import concluded_found
from engine.decision.reviewing.lawful import (
    behind,
    in_place,
    with_nothing_demanded,
    with_what_was_lawful,
)
from engine.decision.reviewing.payments import payments_found
from engine.decision.reviewing.stated import (
    Asked,
    Told,
    Verdict,
    amounts_found,
    demanded_in_all,
    known,
)
from engine.decision.reviewing.values import values_found
from engine.decision.words.suppositions import Suppositions
from engine.decision.worlds.horizon import UNCHANGED
from engine.inference.program import Inference
from engine.language.ruleset import Version
from engine.law.vocabulary import Vocabulary
from engine.law.vocabulary_questions import Reviewed

EXITS: Final[Mapping[str, int]] = {"lawful": 0, "unlawful": 0, "open": 3}
PERIOD: Final = ("start", "end", "length", "days", "if_holiday", "state")
"""What of a period is told."""
_TEXTS: Final = {
    "lawful": ("合法", "lawful"),
    "unlawful": ("不合法", "unlawful"),
    "open": ("待查", "open"),
}


@dataclass(frozen=True, slots=True)
class Review:
    """A review as its canonical content."""

    content: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """unlawful if a finding about the day of the decision is; else open if one is; else
        lawful. What stands today does not make what was done then unlawful."""
        return str(self.content["outcome"])

    @property
    def exit(self) -> int:
        """The exit code of the command line."""
        return EXITS[self.outcome]

    def as_json(self) -> Told:
        """The form `review/1`."""
        return dict(self.content)


def review(case: Case, law: Law, *, inference: Inference = "rete") -> Review:
    """Review the decision that a case asks about.

    Raises `CaseError` if the case asks another question, if it does not say what was decided, about
    what and on which day, or if that was not there yet on that day.
    """
    vocabulary = law.vocabulary
    reviewed, case, then = _then(case, vocabulary)
    decision = case.by_id[case.question.about[0]]
    evaluation = evaluation_of(then, law, inference)
    parts = parts_of(evaluation)
    basis = assemble(evaluation, parts, UNCHANGED, traced=True)
    asked = Asked(evaluation, parts, reviewed, decision, case, then.as_of)
    about_it = decide(case, law, inference=inference, traced=False)
    known_today = with_what_was_lawful(asked)
    later = [
        decide(
            replace(known_today, question=Question(name, (decision.id,))), law,
            inference=inference, traced=False,
        )
        for name in reviewed.then.get(str(known(decision, reviewed.by)), ())
    ]  # fmt: skip
    of_then = [
        *_found(about_it, vocabulary, then.as_of),
        *articles_found(asked, basis),
        *values_found(asked),
        *amounts_found(asked),
        *concluded_found(asked),
    ]
    of_today = [
        *(f for one in later for f in _found(one, vocabulary, case.as_of)),
        *payments_found(asked, demanded_in_all(asked)),
    ]
    verdicts = {finding["finding"] for finding in of_then}
    outcome = next((one for one in ("unlawful", "open") if one in verdicts), "lawful")
    said = Suppositions(law, basis.content["versions"])
    findings = [_in_words(found, said) for found in (*of_then, *of_today)]
    open_ones = behind(asked)
    content: Told = {
        "schema": "review/1",
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "decided": {
            "ask": then.question.ask,
            "about": list(then.question.about),
            "day": then.as_of.isoformat(),
        },
        "outcome": outcome,
        "exit": EXITS[outcome],
        "findings": findings,
        "overcharged": [f["overcharged"] for f in findings if "overcharged" in f],
        "overpaid": [f["overpaid"] for f in findings if "overpaid" in f],
        "periods": _once(
            in_place(_in_words(_period(part, vocabulary), said), open_ones)
            for one in later
            for part in _timed(one)
        ),
        "standing": _once(
            in_place(_in_words(told, said), open_ones)
            for one in later
            for told in _standing(one, vocabulary)
        ),
        "provisions": _provisions(law, findings),
        "found": about_it.as_json(),
        "later": [one.as_json() for one in later],
        "basis": basis.as_json(),
    }
    content["id"] = id_of(content)
    return Review(content)


# --- what was decided, and when -------------------------------------------------------------------
def _then(case: Case, vocabulary: Vocabulary) -> tuple[Reviewed, Case, Case]:
    """What is reviewed, the case with all that the decision says, and that case as it stood on its
    day with the question that was decided."""
    report = Report()
    reviewed = vocabulary.questions[case.question.ask].reviews
    if reviewed is None:
        known_ones = tuple(n for n, one in vocabulary.questions.items() if one.reviews is not None)
        report.add("no-review", "/question/ask", case.question.ask, known=known_ones)
        raise CaseError(report.problems())
    if len(case.question.about) != 1:
        report.add("not-one", "/question/about", [])
        raise CaseError(report.problems())
    decision = case.by_id[case.question.about[0]]
    at = f"/{decision.section}/{decision.id}"
    kind, day = (known(decision, key) for key in (reviewed.by, reviewed.day))
    asks = reviewed.questions.get(str(kind), tuple(reviewed.about))
    stated = [one for one in asks if known(decision, reviewed.about[one])]
    for key, value in ((reviewed.by, kind), (reviewed.day, day)):
        if value is None:
            report.add("missing-field", at, {}, field=key.partition(".")[2])
    if not stated:
        facts = dict.fromkeys(reviewed.about[one].partition(".")[2] for one in asks)
        report.add("missing-field", at, {}, field=", ".join(facts))
    if day is not None and not isinstance(day, date):
        report.add("not-a-day", f"{at}/{reviewed.day.partition('.')[2]}", "")
    if kind is not None and str(kind) not in reviewed.questions:
        pointer = f"{at}/{reviewed.by.partition('.')[2]}"
        report.add("not-reviewed", pointer, "", known=tuple(reviewed.questions))
    if report:
        raise CaseError(report.problems())
    case = with_nothing_demanded(case, decision, reviewed)
    about = reviewed.about[stated[0]]
    question = Question(stated[0], tuple(known(decision, about)))
    try:
        then = as_it_stood(case, vocabulary, day, question, (decision.id,))
    except CaseError as error:
        if any(problem.pointer.startswith("/question") for problem in error.problems):
            report.add("not-there-yet", f"{at}/{about.partition('.')[2]}", [])
            raise CaseError(report.problems()) from None
        raise
    if not any(id in then.by_id or id in then.group_of for id in question.about):
        report.add("not-there-yet", f"{at}/{about.partition('.')[2]}", [])
        raise CaseError(report.problems())
    return reviewed, case, then


# --- what rules find ------------------------------------------------------------------------------
def _found(decision: Decision, vocabulary: Vocabulary, day: date) -> Iterator[Told]:
    """What rules find of what was done, by the law of a day."""
    for part in decision.content["parts"]:
        what = part.get("object")
        if what is None or vocabulary.conclusions[what].effect != "finding":
            continue
        values = {one["value"] for one in part["conclusions"] if one["effect"] == "finding"}
        if not values and part["outcome"] != "undetermined":
            continue  # no rule finds anything here
        verdict: Verdict = "open"
        if part["outcome"] == "determined" and len(values) == 1:
            verdict = "lawful" if values == {"lawful"} else "unlawful"
        label = vocabulary.conclusions[what].label
        zh, en = _worded(decision, part, verdict)
        told: Told = {
            "point": what,
            "label": {"zh": label.zh, "en": label.en},
            "subject": part["bearer"],
            "finding": verdict,
            "text": {"zh": zh, "en": en},
            "on": day.isoformat(),
            "recorded": None,
            "lawful": [],
            "provisions": list(part.get("rules", ())),
            "confidence": part["confidence"],
        }
        yield told | {key: part[key] for key in ("missing", "gaps", "conflicts") if part.get(key)}


def _in_words(told: Told, said: Suppositions) -> Told:
    """The same, with every text that is lacking named in words."""
    if "gaps" not in told:
        return told
    worded = [gap if "text" in gap else said.worded(gap) for gap in told["gaps"]]
    return told | {"gaps": worded}


def _worded(decision: Decision, part: Told, verdict: Verdict) -> tuple[str, str]:
    """A verdict with what the provision says."""
    gist = _gist(decision, part)
    zh, en = _TEXTS[verdict]
    return (zh, en) if gist is None else (f"{zh}：{gist['zh']}", f"{en}: {gist['en']}")


def _gist(decision: Decision, part: Told) -> dict[str, str] | None:
    """What the provision says on which a part rests."""
    rules = part.get("rules", ())
    gists = {one["rule"]: one["gist"] for one in decision.content["provisions"]}
    return next((gists[rule] for rule in rules if gists.get(rule)), None)


# --- what can still be done -----------------------------------------------------------------------
def _once(told: Iterable[Told]) -> list[Told]:
    """What several questions tell alike, told once."""
    found: list[Told] = []
    for one in told:
        found += [] if one in found else [one]
    return found


def _timed(decision: Decision) -> Iterator[Told]:
    for part in decision.content["parts"]:
        if any(one["effect"] == "time" for one in part["conclusions"]):
            yield part


def _period(part: Told, vocabulary: Vocabulary) -> Told:
    """A period: until when something can be done, since when it is barred, and what follows."""
    concluded: Told = next(one for one in part["conclusions"] if one["effect"] == "time")
    details = concluded["details"]
    label = vocabulary.conclusions[part["object"]].label
    end, state = details.get("end"), details.get("state")
    over = end is not None and state == "ended"
    return {
        "period": part["object"],
        "label": {"zh": label.zh, "en": label.en},
        "subject": part["bearer"],
        "outcome": part["outcome"],
        "barred_since": str(date.fromisoformat(end) + timedelta(1)) if end and over else None,
        **{name: details.get(name) for name in PERIOD},
        "then": concluded.get("then"),
        "confidence": part["confidence"],
        "provisions": list(part.get("rules", ())),
        **{key: part[key] for key in ("missing", "gaps") if part.get(key)},
    }


def _standing(decision: Decision, vocabulary: Vocabulary) -> Iterator[Told]:
    """What else stands on the day of the review: what is due, given, barred, in which state."""
    for part in decision.content["parts"]:
        what = part.get("object")
        if what is None or vocabulary.conclusions[what].effect in ("time", "finding"):
            continue
        label = vocabulary.conclusions[what].label
        # What is refused in some completions only is open, and not refused.
        keys = ("missing", "gaps", *(("refusal",) if part["outcome"] != "undetermined" else ()))
        yield {
            "object": what,
            "label": {"zh": label.zh, "en": label.en},
            **{key: part[key] for key in ("bearer", "outcome", "conclusions", "bands")},
            "confidence": part["confidence"],
            "provisions": list(part.get("rules", ())),
            "gist": _gist(decision, part),
            **{key: part[key] for key in keys if part.get(key)},
        }


def _versions(law: Law) -> Iterator[Version]:
    for instrument in law.registry.instruments:
        yield from law.registry.versions(instrument)


def _provisions(law: Law, findings: Iterable[Told]) -> list[Told]:
    """The rules that findings rest on, each once: where it stands and what it says."""
    named = {rule for finding in findings for rule in finding["provisions"]}
    return [
        {
            "instrument": rule.instrument,
            "version": version.id,
            "article": rule.article,
            "rule": rule.name,
            "gist": {"zh": rule.gist.zh, "en": rule.gist.en} if rule.gist else None,
            "confidence": rule.confidence,
            "sources": list(rule.sources),
        }
        for version in _versions(law)
        for rule in version.rules
        if rule.name in named
    ]
