"""What the last sentences of a scenario ask of conclusions other than charges: each tells whether
it is so. Conclusions, aspects, steps and authorities are named by their labels.

>>> duration("3个月"), duration("98日"), duration("P1M15D"), duration("上午")
('P3M', 'P98D', 'P1M15D', None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.assurance.answer_sentences import OUTCOMES
from engine.assurance.answers import Answer
from engine.assurance.draft import Draft, Table, cells, named, one_of, rows_of
from engine.law.aspects import LABELS, WORDS, side_by_side, told_first

_DURATION = re.compile(r"(?:(\d+)年)?(?:(\d+)个月)?(?:(\d+)日)?")


def concluded(answer: Answer, draft: Draft, bearer: str, what: str, value: str) -> bool:
    """Determined, and what is compared of the conclusion has this one value."""
    return concluded_between(answer, draft, bearer, what, value, value)


def concluded_between(
    answer: Answer, draft: Draft, bearer: str, what: str, low: str, high: str
) -> bool:
    """Determined, concluded whatever is chosen, and this is the only band of what is compared."""
    part = _part(answer, draft, bearer, what)
    if part is None or part["outcome"] != "determined" or not _stands(draft, part):
        return False
    ends = tuple(_value(draft, part["object"], end) for end in (low, high))
    bands = [(band["low"], band["high"]) for band in _compared(part)]
    if bands:
        return set(bands) == {ends}
    found = [one.get("value") for one in part["conclusions"]]
    return low == high and found == [ends[0]]


def concluded_either(answer: Answer, draft: Draft, table: Table, bearer: str, what: str) -> bool:
    """Exactly these bands of what is compared, whatever the outcome."""
    part = _part(answer, draft, bearer, what)
    return part is not None and _are(_compared(part), draft, part, table)


def aspect_either(
    answer: Answer, draft: Draft, table: Table, bearer: str, what: str, aspect: str
) -> bool:
    """Exactly these bands of one aspect, whatever the outcome; of an aspect without bands, what
    each provision says of it."""
    part = _part(answer, draft, bearer, what)
    name = named(aspect, {key: label.zh for key, label in LABELS.items()})
    bands = [] if part is None else part["bands"]
    told = [band for band in bands if side_by_side(band["aspect"])[0] == name]
    if part is not None and not told:
        told = [
            {"low": value, "high": value}
            for one in part["conclusions"]
            for key, value in one.get("details", {}).items()
            if key == name or key.startswith(f"{name}[")
        ]
    return part is not None and _are(told, draft, part, table)


def aspect_is(
    answer: Answer, draft: Draft, bearer: str, what: str, aspect: str, value: str
) -> bool:
    """An aspect has one value, whatever is chosen."""
    part = _part(answer, draft, bearer, what)
    if part is None:
        return False
    name = named(aspect, {key: label.zh for key, label in LABELS.items()})
    stands = [one for one in part["conclusions"] if "details" in one]
    wanted = _value(draft, part["object"], value)
    return bool(stands) and all(one["details"].get(name) == wanted for one in stands)


def aspect_is_not(answer: Answer, draft: Draft, bearer: str, what: str, aspect: str) -> bool:
    """It is concluded, and nothing is said of an aspect."""
    part = _part(answer, draft, bearer, what)
    name = named(aspect, {key: label.zh for key, label in LABELS.items()})
    found = [] if part is None else [one for one in part["conclusions"] if "details" in one]
    told = [] if part is None else [band for band in part["bands"] if band["aspect"] == name]
    return bool(found) and not told and all(name not in one["details"] for one in found)


def stands(answer: Answer, draft: Draft, bearer: str, what: str) -> bool:
    """Determined, and it is concluded."""
    part = _part(answer, draft, bearer, what)
    return part is not None and part["outcome"] == "determined" and _stands(draft, part)


def stands_not(answer: Answer, draft: Draft, bearer: str, what: str) -> bool:
    """It is not concluded: there is no such part, and which law governs can be told; or it is
    determined that there is nothing."""
    part = _part(answer, draft, bearer, what)
    if part is None:
        told = all("object" in one for one in answer["parts"])
        return told or bool(answer["outcome"] != "undetermined")
    effect = draft.vocabulary.conclusions[part["object"]].effect
    return part["outcome"] == "determined" and all(
        one["effect"] != effect for one in part["conclusions"]
    )


def stands_by_choice(answer: Answer, draft: Draft, bearer: str, what: str) -> bool:
    """Determined, and a choice says whether it is concluded."""
    part = _part(answer, draft, bearer, what)
    if part is None or part["outcome"] != "determined":
        return False
    effect = draft.vocabulary.conclusions[part["object"]].effect
    return {one["effect"] == effect for one in part["conclusions"]} == {True, False}


def came_to(answer: Answer, draft: Draft, bearer: str, what: str, outcome: str) -> bool:
    """The outcome of one conclusion for one bearer."""
    part = _part(answer, draft, bearer, what)
    return part is not None and part["outcome"] == one_of(outcome, OUTCOMES)


def duration(text: str) -> str | None:
    """A length of time as ISO 8601 writes it; None if the text is none."""
    if re.fullmatch(r"P(\d+M)?(\d+D)?", text) and text != "P":
        return text
    match = _DURATION.fullmatch(text)
    if match is None or not text:
        return None
    years, months, days = (int(one or 0) for one in match.groups())
    whole = years * 12 + months
    return "P" + (f"{whole}M" if whole else "") + (f"{days}D" if days or not whole else "")


def _part(answer: Answer, draft: Draft, bearer: str, what: str) -> Mapping[str, Any] | None:
    labels = {name: one.label.zh for name, one in draft.vocabulary.conclusions.items()}
    name = named(what, labels)
    parts = [p for p in answer["parts"] if p["bearer"] == bearer and p.get("object") == name]
    return parts[0] if parts else None


def _stands(draft: Draft, part: Mapping[str, Any]) -> bool:
    """Whether it is concluded whatever is chosen: no option is that there is nothing."""
    effect = draft.vocabulary.conclusions[part["object"]].effect
    return all(one["effect"] == effect for one in part["conclusions"])


def _are(
    bands: list[Mapping[str, Any]], draft: Draft, part: Mapping[str, Any], table: Table
) -> bool:
    expected = set()
    for row in rows_of(table):
        ends = cells(row, ["低", "高"])
        expected.add(
            tuple(None if end == "-" else _value(draft, part["object"], end) for end in ends)
        )
    return {(band["low"], band["high"]) for band in bands} == expected


def _compared(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The bands of the aspect that is told first, of all where several stand side by side."""
    return told_first(part["bands"])


def _value(draft: Draft, what: str, text: str) -> str:
    """A value by its label (a step, a word, an authority, papers), a length of time, or itself."""
    vocabulary = draft.vocabulary
    ladder = vocabulary.conclusions[what].ladder
    labels = {
        **{name: label.zh for name, label in vocabulary.issuers.items()},
        **{name: label.zh for name, label in vocabulary.evidence.items()},
        **{name: label.zh for name, label in WORDS.items()},
        **{name: label.zh for name, label in vocabulary.ladders.get(ladder or "", {}).items()},
    }
    by_label = {label: name for name, label in labels.items()}
    return (
        duration(text)
        or by_label.get(text)
        or "、".join(by_label.get(one, one) for one in text.split("、"))
    )
