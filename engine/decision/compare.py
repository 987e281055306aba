"""One family under two laws or two states of knowledge: what differs, and by which provisions.

    earlier = side(data, load_law(rulesets), as_of=date(2013, 10, 1))
    later = side(data, load_law(rulesets), as_of=date(2016, 1, 1))
    compare(earlier, later).as_json()

Nothing is decided here but the two decisions; they are laid side by side by bearer. A provision
makes a difference if it decides on one side only. Where a provision decides on both and a condition
of it turned, what differs is not the text but the facts as of the day: these are listed too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.decision.case import read_case
from engine.decision.case_input import Format
from engine.decision.decide import Law, decide
from engine.inference.program import Inference

COMPARED: Final = ("outcome", "bands", "conclusions", "missing", "gaps", "conflicts", "confidence")
"""What of a part is laid side by side."""


@dataclass(frozen=True, slots=True)
class Side:
    """A decision (`decision/1`, with its trace) of a day, by the law as known on a day."""

    as_of: date
    known_at: date | None
    content: Mapping[str, Any]


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
    return Side(case.as_of, law.known_at, decide(case, law, inference=inference).as_json())


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
            "provisions": _provisions(first.content, second.content),
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


def _provisions(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The provisions that decide on one side only, each with the title of its instrument."""
    titles = {
        version["instrument"]: version["title"]
        for content in (first, second)
        for version in content["versions"]
    }
    found = _one_sided(first, second, "provisions", ("rule",))
    return {
        where: [{**one, "title": titles.get(one["instrument"])} for one in listed]
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
