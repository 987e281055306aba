"""One family under two laws or two states of knowledge: what differs, and by which provisions.

    earlier = side(data, load_law(rulesets), as_of=date(2013, 10, 1))
    later = side(data, load_law(rulesets), as_of=date(2016, 1, 1))
    compare(earlier, later).as_json()

The two decisions are laid side by side by bearer. A provision makes the difference if it decides on
one side only and the answer of its side is another one without it: that is decided again. Where a
provision decides on both and a condition of it turned, what differs is not the text but the facts
as of the day: these are listed too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.decision.case.input import Format
from engine.decision.case.reading import Case, read_case
from engine.decision.deciding.decide import decide
from engine.decision.governing.altered import without
from engine.decision.governing.law import Law
from engine.inference.program import Inference

COMPARED: Final = ("outcome", "bands", "conclusions", "missing", "gaps", "conflicts", "confidence")
"""What of a part is laid side by side."""


@dataclass(frozen=True, slots=True)
class Side:
    """A decision (`decision/1`, with its trace) of a day, by the law as known on a day."""

    case: Case
    law: Law
    content: Mapping[str, Any]
    inference: Inference = "rete"

    @property
    def as_of(self) -> date:
        """The day of the decision."""
        return self.case.as_of

    @property
    def known_at(self) -> date | None:
        """The day by which the law was recorded."""
        return self.law.known_at

    def turns_without(self, rule: str) -> bool:
        """Whether the answer is another one where a rule never applies: decided again."""
        again = decide(self.case, without(self.law, rule), inference=self.inference, traced=False)
        return _answers(again.as_json()) != _answers(self.content)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two decisions of one case, as plain data in the form `comparison/1`.

    `sides`, `same`, `parts` (each with `differs` and its two sides), `provisions` and `versions`
    (`first`, `second`: on that side only), `turned`: conditions that came out differently.
    """

    content: Mapping[str, Any]

    @property
    def same(self) -> bool:
        """Whether the answers are the same, bearer by bearer."""
        return bool(self.content["same"])

    def as_json(self) -> dict[str, Any]:
        """The form `comparison/1`."""
        return dict(self.content)


def side(
    data: bytes,
    law: Law,
    *,
    as_of: date | None = None,
    file: str = "<input>",
    format: Format | None = None,
    inference: Inference = "rete",
) -> Side:
    """Decide a case as of a day (that of the case if None); raises CaseError."""
    case = read_case(data, law.vocabulary, file=file, format=format, as_of=as_of)
    content = decide(case, law, inference=inference).as_json()
    return Side(case, law, content, inference)


def compare(first: Side, second: Side) -> Comparison:
    """Lay two decisions of one case side by side."""
    parts = list(_parts(first.content, second.content))
    return Comparison(
        {
            "schema": "comparison/1",
            "question": first.content["question"],
            "sides": [_side(first), _side(second)],
            "same": not any(part["differs"] for part in parts),
            "parts": parts,
            "provisions": _provisions(first, second),
            "versions": _one_sided(
                first.content, second.content, "versions", ("instrument", "version")
            ),
            "turned": list(_turned(first.content, second.content)),
        }
    )


def _side(one: Side) -> dict[str, Any]:
    return {
        "as_of": one.as_of.isoformat(),
        "known_at": None if one.known_at is None else one.known_at.isoformat(),
        "id": one.content["id"],
        "outcome": one.content["outcome"],
        "text": one.content["trace"]["text"],
    }


def _parts(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts of both by bearer and object; null where a side has no such part."""
    sides = [{_key(part): part for part in content["parts"]} for content in (first, second)]
    for key in dict.fromkeys((*sides[0], *sides[1])):
        bearer, thing = key
        both = [found.get(key) for found in sides]
        shown = [None if part is None else {k: part.get(k) for k in COMPARED} for part in both]
        one, other = shown
        if one is None or other is None:
            differs = list(COMPARED)
        else:
            differs = [k for k in COMPARED if one[k] != other[k]]
        yield {"bearer": bearer, "object": thing, "differs": differs, "sides": shown}


def _key(part: Mapping[str, Any]) -> tuple[str, str | None]:
    return part["bearer"], part.get("object")


def _answers(content: Mapping[str, Any]) -> list[Any]:
    """What both sides are asked: of each part the outcome, what is concluded, the bands."""
    drawn = ("effect", "object", "value")
    return [
        (
            _key(part),
            part["outcome"],
            [[one[k] for k in drawn] for one in part["conclusions"]],
            part["bands"],
        )
        for part in content["parts"]
    ]


def _provisions(first: Side, second: Side) -> dict[str, list[Any]]:
    """The provisions that decide on one side only, each with the title of its instrument and
    whether it makes the difference: without it the answer of its side is another one."""
    sides = {"first": first, "second": second}
    versions = [version for one in sides.values() for version in one.content["versions"]]
    titles = {one["instrument"]: one["title"] for one in versions}
    own = {(one["instrument"], one["version"]): one["title"] for one in versions}
    found = _one_sided(first.content, second.content, "provisions", ("rule",))
    differ = _answers(first.content) != _answers(second.content)
    return {
        where: [
            {
                **one,
                "title": own.get(
                    (one["instrument"], one["version"]), titles.get(one["instrument"])
                ),
                "turns": differ and sides[where].turns_without(one["rule"]),
            }
            for one in listed
        ]
        for where, listed in found.items()
    }


def _one_sided(
    first: Mapping[str, Any], second: Mapping[str, Any], member: str, by: tuple[str, ...]
) -> dict[str, list[Any]]:
    """What stands in a list of one side only, by some fields."""
    keys = [{tuple(one[k] for k in by) for one in content[member]} for content in (first, second)]
    found: dict[str, list[Any]] = {}
    for name, content, other in (("first", first, keys[1]), ("second", second, keys[0])):
        kept = {tuple(one[k] for k in by): one for one in reversed(content[member])}
        found[name] = [one for key, one in reversed(kept.items()) if key not in other]
    return found


def _turned(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The conditions of one rule for one bearer that are told on both sides, with another truth."""
    before, after = (dict(_conditions(content["trace"])) for content in (first, second))
    for key, node in before.items():
        other = after.get(key)
        if other is not None and node["truth"] != other["truth"]:
            bearer, rule, _ = key
            yield {
                "bearer": bearer,
                "rule": rule,
                "truth": [node["truth"], other["truth"]],
                "text": [node["text"], other["text"]],
            }


def _conditions(
    node: Mapping[str, Any], bearer: str | None = None, rule: str | None = None
) -> Iterator[tuple[tuple[str | None, str | None, str], Mapping[str, Any]]]:
    bearer = node.get("bearer", bearer)
    rule = node.get("rule", rule)
    if node["kind"] == "condition" and "truth" in node:
        yield (bearer, rule, str(node.get("source"))), node
    for child in node.get("children", ()):
        yield from _conditions(child, bearer, rule)
