"""A copy of a record that withholds facts and still verifies: to publish, or to hand to a party.

    copy = redact(record, ["persons.father.annual_income", "/persons/mother/born"])
    verify(copy)

With a fact goes what tells it in the answer: every step of a trace that relies on it, with what is
below; every text that names it or writes its value, in both languages; and the id of the result,
which is made of its content. What was concluded or calculated stays: who reads that three times an
income is due can divide. `derived`: what was calculated from it goes as well, wherever it is
written. What is concluded (that a fee is due, that nothing is) stays in either copy; to keep that
back, withhold `/result/…` itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.decision.record.commitment import derived_salts, withheld
from engine.decision.record.problems import refusal
from engine.decision.record.record import COMMITTED, Record, commitments

_TELLING = 4
"""A value with fewer characters (a count, an id) is not looked for in texts: it is everywhere."""
_NUMBER = re.compile(r"\d[\d,.-]*\d", re.ASCII)


def redact(record: Record, facts: Iterable[str], *, derived: bool = False) -> Record:
    """The copy that withholds some facts of a full record or of a copy; `derived`: with what was
    calculated from them.

    A fact is named as in results (`persons.mother.register`, `persons.father.annual_income[2013]`),
    by a JSON pointer into the case (`/persons/mother/register`), or into the record
    (`/case/…`, `/result/…`). Raises RecordError if there is no such thing.
    """
    committed = commitments(record.content)
    return _without(record.content, _chosen(record, facts, committed, derived), committed)


def redact_counted(record: Record, facts: Iterable[str]) -> tuple[Record, int]:
    """The copy that withholds some facts as they stand, and how many more places `derived` would
    withhold: these tell of the facts still. Raises RecordError if there is no such fact."""
    committed, named = commitments(record.content), list(facts)
    stands, every = (_chosen(record, named, committed, derived) for derived in (False, True))
    return _without(record.content, stands, committed), len(every - stands)


def _chosen(
    record: Record, facts: Iterable[str], committed: Mapping[str, str], derived: bool
) -> frozenset[str]:
    """The leaves that a copy is without: those of the facts, and those that tell of them."""
    values = {one: _at(record.content, one) for one in committed}
    chosen: set[str] = set()
    for fact in facts:
        found = set(_leaves_of(fact, record.content, values))
        if not found:
            raise refusal("no-such-fact", fact)
        chosen |= found
    chosen -= set(record.withheld)
    chosen |= set(_telling(chosen, record.content, values, derived=derived))
    if any(one.startswith("/result/") for one in chosen):
        chosen |= {one for one in committed if _is_digest(one, values[one])}
    return frozenset(chosen) | set(record.withheld)


def _without(
    content: Mapping[str, Any], gone: frozenset[str], committed: Mapping[str, str]
) -> Record:
    secret = content.get("salt")
    salts = content["salts"] if secret is None else derived_salts(secret, committed)
    kept = {name: value for name, value in content.items() if name != "salt"}
    for name in (one for one in COMMITTED if one in content):
        kept[name] = withheld(content[name], gone, f"/{name}")
    kept["salts"] = {one: salts[one] for one in committed if one not in gone}
    kept["withheld"] = {one: committed[one] for one in gone}
    return Record(kept)


# --- which leaves ------------------------------------------------------------------------------
def _leaves_of(fact: str, content: Mapping[str, Any], values: Mapping[str, object]) -> list[str]:
    """The leaves that a fact is made of."""
    roots = [fact, f"/case{fact}"] if fact.startswith("/") else [_pointer_of(fact, content["case"])]
    roots = [one for one in roots if one.count("/") > 1]
    return [one for one in values for root in roots if one == root or one.startswith(f"{root}/")]


def _pointer_of(fact: str, case: Mapping[str, Any]) -> str:
    """The pointer of a fact that is named as in results; empty if there is none such.

    >>> case = {"persons": {"ada": {"income": [{"year": 2012}, {"year": 2013}]}}}
    >>> _pointer_of("persons.ada.income[2013]", case)
    '/case/persons/ada/income/1'
    """
    path, _, key = fact.removesuffix("]").partition("[")
    pointer = "/case/" + path.replace(".", "/")
    if not key:
        return pointer
    listed = _at({"case": case}, pointer)
    if isinstance(listed, dict):
        return f"{pointer}/{key}"
    for place, entry in enumerate(listed if isinstance(listed, list) else ()):
        if str(entry.get("year")) == key:
            return f"{pointer}/{place}"
    return ""


def _telling(
    chosen: set[str], content: Mapping[str, Any], values: Mapping[str, object], *, derived: bool
) -> Iterator[str]:
    """The leaves of the result, and of the material of letters, that tell what is withheld."""
    names = {name for one in chosen if (name := _name_of(one)) is not None}
    traces = [
        found
        for member in ("result", "material")
        for found in _traces(content.get(member), f"/{member}")
    ]
    hidden = [values[one] for one in chosen]
    if derived:
        hidden += [one for node, _ in traces for one in _calculated(node, names)[0]]
    words = [re.escape(form) for one in hidden for form in _written(one)]
    words += [re.escape(name) for name in names]
    pattern = rf"(?<!\w)(?<!\w[.,-])(?:{'|'.join(words)})(?!\w|[.,-]\w)"
    told = re.compile(pattern, re.ASCII) if words else None
    steps = (f"{one}/" for node, at in traces for one in _relying(node, names, at))
    relying = (*steps, *_entries(content.get("material", {}), names, told))
    for pointer, value in values.items():
        if not pointer.startswith(("/result/", "/material/")):
            continue
        if pointer.startswith(relying):
            yield pointer
        elif told is not None and isinstance(value, str) and told.search(value):
            yield pointer
            above, _, last = pointer.rpartition("/")
            if last in ("zh", "en"):
                yield f"{above}/{'en' if last == 'zh' else 'zh'}"


def _name_of(pointer: str) -> str | None:
    """How results name the fact that a leaf of the case belongs to: of papers, the paper.

    >>> _name_of("/case/persons/ada/income/1/value"), _name_of("/case/evidence/e1/issuer")
    ('persons.ada.income', 'e1')
    """
    _, member, *steps = pointer.split("/")
    if member != "case" or len(steps) < 2:
        return None
    if steps[0] == "evidence":
        return steps[1]
    return ".".join(steps[:3])


def _written(value: object) -> Iterator[str]:
    """How a value may be written in a text.

    >>> list(_written("70000.00"))
    ['70000.00', '70,000.00', '70,000']
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return
    text = str(value)
    # A whole number of four digits is a year.
    if len(text) < _TELLING + isinstance(value, int):
        return
    yield text
    amount = re.fullmatch(r"(-?\d+)(\.\d+)?", text)
    if amount is not None and len(amount[1]) >= _TELLING:
        whole = f"{int(amount[1]):,}"
        yield from dict.fromkeys((f"{whole}{amount[2] or ''}", whole))


def _is_digest(pointer: str, value: object) -> bool:
    """Whether it is the id of the result, or of one that it holds: made of all its content."""
    return (
        pointer.startswith("/result/")
        and pointer.rpartition("/")[2] in ("id", "decision")
        and str(value).startswith("sha256:")
    )


def _traces(told: Any, pointer: str) -> Iterator[tuple[Any, str]]:
    """Each trace that an answer or the material holds, and where."""
    if isinstance(told, dict):
        for key, inner in told.items():
            here = f"{pointer}/{key}"
            if key == "trace" and isinstance(inner, list):
                yield from ((node, f"{here}/{place}") for place, node in enumerate(inner))
            elif key == "trace":
                yield inner, here
            else:
                yield from _traces(inner, here)
    elif isinstance(told, list):
        for place, inner in enumerate(told):
            yield from _traces(inner, f"{pointer}/{place}")


def _calculated(node: Any, names: set[str]) -> tuple[list[object], bool]:
    """The values, and the numbers and days of results, below which a step relies on one of the
    named facts; and whether the step itself or one below it does."""
    if not isinstance(node, dict):
        return [], False
    below = [_calculated(child, names) for child in node.get("children", ())]
    found = [one for values, _ in below for one in values]
    relies = _relies(node, names) or any(own for _, own in below)
    if relies and node.get("kind") == "value":
        found.append(node.get("value"))
    elif relies and node.get("kind") == "result":
        text = str((node.get("text") or {}).get("zh"))
        found += [one.replace(",", "") for one in _NUMBER.findall(text)]
    return found, relies


def _relying(node: Any, names: set[str], pointer: str) -> Iterator[str]:
    """The steps of a trace that rely on one of the named facts."""
    if not isinstance(node, dict):
        return
    if _relies(node, names):
        yield pointer
        return
    for place, child in enumerate(node.get("children", ())):
        yield from _relying(child, names, f"{pointer}/children/{place}")


def _relies(node: Mapping[str, Any], names: set[str]) -> bool:
    facts = [str(fact).partition("[")[0] for fact in node.get("facts") or ()]
    papers = [str(paper).partition(" ")[0] for paper in node.get("evidence") or ()]
    return bool(names.intersection(facts) or names.intersection(papers))


def _entries(
    material: Mapping[str, Any], names: set[str], told: re.Pattern[str] | None
) -> Iterator[str]:
    """The entries of the material of letters that go as a whole: facts, papers, labels."""
    for name in ("facts", "evidence", "words", "names"):
        for place, entry in enumerate(material.get(name, ())):
            code = str(entry.get("code"))
            path = str(entry.get("path", entry.get("id"))).partition("[")[0]
            if path in names or (told is not None and told.search(code)):
                yield f"/material/{name}/{place}/"


def _at(content: Any, pointer: str) -> Any:
    """What stands at a pointer; None if there is nothing."""
    found = content
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, list):
            found = found[int(key)] if key.isdecimal() and int(key) < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return found
