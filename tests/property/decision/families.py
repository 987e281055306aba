"""Families under real law: cases drawn from the vocabulary, at places and in the times of versions.

    family = make_family(Random(7), law)
    family.plain                 # a case as JSON, nothing in it unknown
    forget(family, Random(1), law).plain

Every fact of a person, a couple or a child that the vocabulary declares gets the plainest value of
its type (false, zero, the first code), and some get another. So nothing here knows what a rule asks
for, and a word that is added to the vocabulary is drawn from then on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any, Final

from engine.decision.governing.law import Law
from engine.language.types import Type

PLACES: Final = {"hubei": "420281", "fujian": "350102", "anhui": "340121", "liaoning": "211002"}
PARENTS: Final = ("ada", "ben")
"""The first is female, the second male, as long as nobody is swapped."""
FIRST_FEE: Final = date(2002, 9, 1)
AMOUNTS: Final = (4000, 6000, 9999, 10000, 19999, 20000, 20001, 39999, 40000, 80000)
BY_HAND: Final = frozenset(
    f"{kind}.{name}"
    for kind, names in {
        "child": (
            "parents",
            "born",
            "sex",
            "living",
            "adopted",
            "adopted_on",
            "approved",
            "ground",
        ),
        "couple": ("partners",),
        "person": ("sex", "born"),
    }.items()
    for name in names
)
"""Facts that make the family what it is: `make_family` draws them itself."""


@dataclass(frozen=True, slots=True)
class Family:
    """A case as plain data, and what it once held at each place that is forgotten now."""

    plain: dict[str, Any]
    forgotten: tuple[tuple[str, str, str], ...] = ()


def make_family(random: Random, law: Law) -> Family:
    """Two parents with up to four births; a fee, a fine or a further birth is asked about."""
    province = random.choice(sorted(PLACES))
    asked = random.choice(("fee", "fee", "fee", "fine", "eligibility"))
    last = _birth_day(random, law, province)
    as_of = last if asked == "eligibility" else last + timedelta(random.randint(20, 900))
    children = _children(random, law, last, eligible=asked == "eligibility")
    about = [
        name
        for name, facts in children.items()
        if "ben" in facts["parents"] and "approved" in facts
    ]
    persons = {name: _person(random, law, name, province, last, as_of) for name in PARENTS}
    other = any("cleo" in facts["parents"] for facts in children.values())
    if other:
        persons["cleo"] = _person(random, law, "cleo", province, last, as_of)
    couple = {"partners": list(PARENTS), "married": _married(random, last, as_of)}
    couple |= _plainest(random, law, "couple", 1)
    couple["household_income_per_head"] = _yearly(random, as_of.year)
    plain = {
        "schema": "case/1",
        "as_of": as_of.isoformat(),
        "question": {"ask": asked, "about": ["c1"] if asked == "eligibility" else about},
        "persons": persons,
        "couples": {"c1": couple},
        "children": {"listed": "all", **children},
        "events": _events(random, province, last, as_of, about),
        "evidence": {
            "e1": _paper("income-certificate", "tax", as_of),
            "e2": _paper("income-certificate", "market-regulation", as_of),
            "e3": _paper("statistics-certificate", "statistics", as_of) | {"illustrative": True},
        },
        "statistics": list(_figures(random, province, as_of.year)),
        "settings": {"reference_year": last.year - 1} if random.random() < 0.7 else {},
    }
    return Family(plain)


def forget(family: Family, random: Random, law: Law, most: int = 3) -> Family:
    """The family with up to some facts unknown: said to be so, or not mentioned."""
    plain = copied(family.plain)
    places = list(forgettable(plain, law))
    chosen = random.sample(places, random.randint(1, min(most, len(places))))
    for section, entity, name in chosen:
        if random.random() < 0.5:
            plain[section][entity][name] = {"state": "unknown"}
        else:
            del plain[section][entity][name]
    return Family(plain, tuple(sorted(chosen)))


def learn(family: Family, known: Family, random: Random, law: Law) -> Family:
    """Some or all of what was forgotten found out: as it was, or any value that it may have."""
    plain = copied(family.plain)
    chosen = random.sample(family.forgotten, random.randint(1, len(family.forgotten)))
    for section, entity, name in chosen:
        options = options_of(law, section, name) if random.random() < 0.5 else ()
        plain[section][entity][name] = (
            random.choice(options) if options else copied(known.plain)[section][entity][name]
        )
    left = tuple(place for place in family.forgotten if place not in chosen)
    return Family(plain, left)


def forgettable(plain: dict[str, Any], law: Law) -> Iterator[tuple[str, str, str]]:
    """The facts that a case could do without: (section, entity, name)."""
    for section in ("persons", "couples", "children"):
        for entity, facts in plain[section].items():
            if isinstance(facts, dict):
                for name in facts:
                    if name not in ("parents", "partners", "born"):
                        yield section, entity, name


def options_of(law: Law, section: str, name: str) -> tuple[Any, ...]:
    """All values of a fact that has few; none of one that has many or that varies."""
    kind = next(kind.name for kind in law.vocabulary.kinds.values() if kind.section == section)
    fact = law.vocabulary.facts[f"{kind}.{name}"]
    if fact.info.varies != "no":
        return ()
    match fact.info.type:
        case Type(base="boolean"):
            return (False, True)
        case Type(base="code", about=str() as enumeration):
            return tuple(law.vocabulary.enumerations[enumeration])
    return ()


def copied(plain: dict[str, Any]) -> dict[str, Any]:
    """Plain data that can be changed without changing the other."""
    return json.loads(json.dumps(plain))  # type: ignore[no-any-return]


# --- parts of a family ----------------------------------------------------------------------------
def _birth_day(random: Random, law: Law, province: str) -> date:
    """A day in the time of some version: its first, the one before, or any."""
    versions = law.registry.versions(f"cn/{province}/pfp-regulations")
    first = max(random.choice(versions).in_force[0], FIRST_FEE)
    return first + timedelta(random.choice((-1, 0, 1, random.randint(2, 1000))))


def _children(random: Random, law: Law, last: date, *, eligible: bool) -> dict[str, dict[str, Any]]:
    """One to four children, twins at the end now and then, one with somebody else now and then.

    The last birth is asked about unless a further one is; what was approved says so.
    """
    number = random.choice((1, 2, 2, 3))
    days = [last - timedelta(random.randint(300, 1500) * back) for back in range(number)]
    if eligible:
        days = [day - timedelta(400) for day in days]
    elif random.random() < 0.15:
        days.insert(0, last)
    found: dict[str, dict[str, Any]] = {}
    for index, day in enumerate(sorted(days)):
        earliest = index == 0 and day != last
        found[f"k{index + 1}"] = child = {
            "parents": list(PARENTS),
            "born": day.isoformat(),
            "sex": random.choice(("female", "male")),
            "living": random.random() < 0.95,
            "adopted": False,
            **_plainest(random, law, "child", 0.3),
        }
        if earliest and random.random() < 0.15:
            child["parents"] = ["ada", "cleo"] if random.random() < 0.5 else ["ben", "cleo"]
        if day == last and not eligible:
            child["approved"] = random.random() < 0.15
            child["ground"] = random.choice(("none", "none", "claimed"))
    return found


def _person(
    random: Random, law: Law, name: str, province: str, last: date, as_of: date
) -> dict[str, Any]:
    born = last - timedelta(random.randint(19 * 365, 38 * 365))
    registered = {"from": born.isoformat(), "value": random.choice(("urban", "rural"))}
    statuses = random.choice(((), (), (), ("civil-servant",), ("underground-miner",)))
    return {
        "sex": "female" if name == "ada" else "male",
        "born": born.isoformat(),
        "register": [registered | {"place": PLACES[province]}],
        "residence": [{"from": born.isoformat(), "place": PLACES[province]}],
        "statuses": [{"from": born.isoformat(), "value": status} for status in statuses],
        "annual_income": _yearly(random, as_of.year),
        **_plainest(random, law, "person", 2),
    }


def _plainest(random: Random, law: Law, kind: str, others: float) -> dict[str, Any]:
    """The plainest value of each fact of a kind; about so many have another."""
    found: dict[str, Any] = {}
    names = [
        (key.partition(".")[2], fact)
        for key, fact in sorted(law.vocabulary.facts.items())
        if key.startswith(f"{kind}.") and fact.info.varies == "no" and key not in BY_HAND
    ]
    for name, fact in names:
        changed = random.random() < others / len(names)
        match fact.info.type:
            case Type(base="boolean"):
                found[name] = changed
            case Type(base="number", range=range):
                plain, *further = [n for n in (0, 1, 2, 3, 5, 10) if range is None or range.has(n)]
                found[name] = random.choice(further) if changed and further else plain
            case Type(base="code", about=str() as enumeration):
                codes = law.vocabulary.enumerations[enumeration]
                found[name] = random.choice(list(codes)) if changed else next(iter(codes))
    return found


def _married(random: Random, last: date, as_of: date) -> list[dict[str, str]]:
    """From some day before the last birth, from a day after it, or never."""
    if random.random() < 0.15:
        return []
    first = last - timedelta(random.randint(-200, 3000))
    return [{"from": min(first, as_of).isoformat()}]


def _yearly(random: Random, year: int) -> list[dict[str, Any]]:
    """An income for each of some years: verified, found without papers, or only alleged."""
    found: list[dict[str, Any]] = []
    for one in range(year - 4, year + 1):
        amount = f"{random.choice(AMOUNTS)}.00"
        sort = random.choice(("verified", "found", "alleged"))
        if sort == "alleged":
            found.append({"year": one, "claims": [{"by": "neighbour", "value": amount}]})
        else:
            papers = {"evidence": ["e1", "e2"]} if sort == "verified" else {}
            found.append({"year": one, "value": amount} | papers)
    return found


def _events(
    random: Random, province: str, last: date, as_of: date, about: list[str]
) -> dict[str, Any]:
    if not about:
        return {}
    day = min(last + timedelta(random.randint(0, 400)), as_of)
    event = {"date": day.isoformat(), "place": PLACES[province], "about": about}
    kinds = ["discovery", *(k for k in ("notice", "warning", "refusal") if random.random() < 0.3)]
    return {f"v{number}": {"kind": kind} | event for number, kind in enumerate(kinds, 1)}


def _paper(kind: str, issuer: str, day: date) -> dict[str, Any]:
    return {"kind": kind, "issuer": issuer, "date": day.isoformat(), "status": "verified"}


def _figures(random: Random, province: str, year: int) -> Iterator[dict[str, Any]]:
    """Averages of the last years, as a certificate has them; one in eight is missing."""
    places = {"county": PLACES[province], "city": f"{PLACES[province][:4]}00"}
    sorts = (("disposable", "urban"), ("net", "rural"), ("disposable", "rural"))
    for one, level, (concept, status) in product(range(year - 4, year), places, sorts):
        if random.random() < 0.875:
            yield {
                "series": "income",
                "concept": concept,
                "status": status,
                "level": level,
                "place": places[level],
                "year": one,
                "value": f"{random.choice(AMOUNTS)}.00",
                "evidence": ["e3"],
            }
