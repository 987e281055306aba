"""What the last sentences of a scenario ask of the review of a past decision: each tells whether it
is so. What is found about is named by its label, of a fact or of a conclusion.

>>> answer = {"outcome": "lawful", "findings": []}
>>> came_to(answer, "合法"), came_to(answer, "待查")
(True, False)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.assurance.answer_sentences import is_rule
from engine.assurance.answers import Answer
from engine.assurance.draft import Draft, named, one_of

VERDICTS: Final = {"合法": "lawful", "不合法": "unlawful", "待查": "open"}


def came_to(answer: Answer, outcome: str) -> bool:
    """The outcome of the whole review."""
    return bool(answer["outcome"] == one_of(outcome, VERDICTS))


def found(answer: Answer, point: str, verdict: str) -> bool:
    """Every finding on a point, of whomever it is."""
    return {one["finding"] for one in _on(answer, point)} == {one_of(verdict, VERDICTS)}


def found_of(answer: Answer, subject: str, point: str, verdict: str) -> bool:
    """The findings on a point about one entity."""
    verdicts = {one["finding"] for one in _on(answer, point) if one["subject"] == subject}
    return verdicts == {one_of(verdict, VERDICTS)}


def not_found(answer: Answer, point: str) -> bool:
    """Nothing is found on a point."""
    labels = [one["label"]["zh"] for one in answer["findings"]]
    return all(point not in (label, label.partition("（")[0]) for label in labels)


def rests_on(answer: Answer, point: str, rule: str) -> bool:
    """A finding on a point rests on a rule."""
    return any(is_rule(name, rule) for one in _on(answer, point) for name in one["provisions"])


def lacks(answer: Answer, point: str, path: str) -> bool:
    """A path is in one of the sets of facts that are missing for a finding."""
    sets = [facts for one in _on(answer, point) for facts in one.get("missing", ())]
    return any(path in facts for facts in sets)


def lacks_text(answer: Answer, point: str, words: str) -> bool:
    """A text that a finding lacks is described with these words."""
    gaps = [gap for one in _on(answer, point) for gap in one.get("gaps", ())]
    return any(words in (gap.get("text") or {}).get("zh", "") for gap in gaps)


def explained_by(answer: Answer, subject: str, point: str, figure: str) -> bool:
    """The value of a finding would have been lawful with this other figure."""
    findings = [one for one in _on(answer, point) if one["subject"] == subject]
    return any(figure == one["figure"] for f in findings for one in f.get("explained", ()))


def overcharged(answer: Answer, payer: str, amount: str) -> bool:
    """So much more was demanded of a payer than was lawful."""
    return [(one["low"], one["high"]) for one in _of_payer(answer, payer)] == [(amount, amount)]


def overpaid(answer: Answer, payer: str, amount: str) -> bool:
    """So much was paid beyond the most that was lawful."""
    return [one.get("paid_over") for one in _of_payer(answer, payer)] == [amount]


def paid_beyond(answer: Answer, payer: str, amount: str) -> bool:
    """So much was paid beyond what was demanded."""
    return [one["amount"] for one in answer["overpaid"] if one["payer"] == payer] == [amount]


def not_overcharged(answer: Answer) -> bool:
    """Of nobody more was demanded than was lawful."""
    return not answer["overcharged"]


def stands(answer: Answer, draft: Draft, bearer: str, what: str, value: str) -> bool:
    """On the day of the review this stands for sure, and this is its only band."""
    told = _standing(answer, draft, bearer, what)
    ends = [[(b["low"], b["high"]) for b in one["bands"][:1]] for one in told]
    return [one["outcome"] for one in told] == ["determined"] and ends == [[(value, value)]]


def stands_not(answer: Answer, draft: Draft, bearer: str, what: str) -> bool:
    """On the day of the review this does not stand for sure."""
    told = _standing(answer, draft, bearer, what)
    return all(one["outcome"] == "determined" and not one["bands"] for one in told)


def stands_open(answer: Answer, draft: Draft, bearer: str, what: str, path: str) -> bool:
    """Whether this stands on the day of the review is open; a path is in a set that is missing."""
    told = _standing(answer, draft, bearer, what)
    sets = [facts for one in told for facts in one.get("missing", ())]
    return [one["outcome"] for one in told] == ["undetermined"] and any(path in s for s in sets)


def stands_unread(answer: Answer, draft: Draft, bearer: str, what: str, words: str) -> bool:
    """Whether this stands on the day of the review is open; a text that is lacking is described
    with these words."""
    told = _standing(answer, draft, bearer, what)
    texts = [(gap.get("text") or {}).get("zh", "") for one in told for gap in one.get("gaps", ())]
    return [one["outcome"] for one in told] == ["undetermined"] and any(words in t for t in texts)


def no_period(answer: Answer, draft: Draft, what: str) -> bool:
    """No such period began."""
    return not _periods(answer, draft, what)


def barred(answer: Answer, draft: Draft, what: str, day: str) -> bool:
    """A period is over since a day."""
    return [one["barred_since"] for one in _periods(answer, draft, what)] == [day]


def runs_until(answer: Answer, draft: Draft, what: str, day: str) -> bool:
    """A period runs until a day, and has not ended."""
    periods = _periods(answer, draft, what)
    return [(one["end"], one["state"]) for one in periods] == [(day, "running")]


def _on(answer: Answer, point: str) -> list[Mapping[str, Any]]:
    """The findings whose point has this label, whole or before its bracket."""
    labels = {one["point"]: one["label"]["zh"] for one in answer["findings"]}
    name = named(point, labels)
    return [one for one in answer["findings"] if one["point"] == name]


def _of_payer(answer: Answer, payer: str) -> list[Mapping[str, Any]]:
    return [one for one in answer["overcharged"] if one["payer"] == payer]


def _standing(answer: Answer, draft: Draft, bearer: str, what: str) -> list[Mapping[str, Any]]:
    name = named(what, {name: one.label.zh for name, one in draft.vocabulary.conclusions.items()})
    told = [one for one in answer["standing"] if one["object"] == name]
    return [one for one in told if one["bearer"] == bearer]


def _periods(answer: Answer, draft: Draft, what: str) -> list[Mapping[str, Any]]:
    labels = {name: one.label.zh for name, one in draft.vocabulary.conclusions.items()}
    name = named(what, labels)
    return [one for one in answer["periods"] if one["period"] == name]
