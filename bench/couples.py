"""Made-up Hubei couples with one child too many, the same for every engine.

    >>> first, second = generate(2, seed=1)
    >>> first == generate(1, seed=1)[0], first == second
    (True, False)
    >>> sorted(parent.verified for parent in first.parents)
    [False, True]

Each couple has two parents, one earlier child and one extra child, the county's two averages as
certified by its statistics office, and the verified income of one parent; the other one's income is
only alleged. Incomes crowd around the average, one fen below, on and above it, since that is where
engines would differ. Births fall into 2010 to 2013, so that one version of the law governs all.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

COUNTIES = ("420281", "420683", "421022", "421181")

Register = Literal["urban", "rural"]


@dataclass(frozen=True, slots=True)
class Parent:
    """One parent; `income` of the reference year is in fen."""

    id: str
    sex: Literal["male", "female"]
    born: date
    register: Register
    income: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Couple:
    """One case. The averages of the county are in fen, by register, for the year `year`."""

    reference: str
    county: str
    as_of: date
    discovered: date
    married: date
    first_born: date
    extra_born: date
    year: int
    urban_average: int
    rural_average: int
    parents: tuple[Parent, Parent]


def generate(count: int, seed: int) -> list[Couple]:
    """The first `count` couples of a seed; the same seed always gives the same couples."""
    return [_couple(random.Random(f"{seed}/{number}"), number) for number in range(count)]


def _couple(chance: random.Random, number: int) -> Couple:
    married = _day(chance, date(1999, 1, 1), date(2002, 12, 31))
    first_born = _day(chance, date(2003, 6, 1), date(2006, 12, 31))
    extra_born = _day(chance, date(2010, 1, 1), date(2013, 12, 31))
    discovered = extra_born + timedelta(days=chance.randint(5, 150))
    urban, rural = chance.randint(1_200_000, 2_600_000), chance.randint(350_000, 1_100_000)
    averages: dict[Register, int] = {"urban": urban, "rural": rural}
    earner = chance.choice(("husband", "wife"))

    def parent(id: str, sex: Literal["male", "female"]) -> Parent:
        register: Register = chance.choice(("urban", "rural"))
        return Parent(
            id=id,
            sex=sex,
            born=_day(chance, date(1970, 1, 1), date(1979, 12, 31)),
            register=register,
            income=_income(chance, averages[register]),
            verified=id == earner,
        )

    return Couple(
        reference=f"couple-{number}",
        county=chance.choice(COUNTIES),
        as_of=discovered + timedelta(days=chance.randint(20, 90)),
        discovered=discovered,
        married=married,
        first_born=first_born,
        extra_born=extra_born,
        year=extra_born.year - 1,
        urban_average=urban,
        rural_average=rural,
        parents=(parent("husband", "male"), parent("wife", "female")),
    )


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def _income(chance: random.Random, average: int) -> int:
    near = (average - 1, average, average + 1)
    return chance.choice((*near, chance.randint(0, average), chance.randint(average, 9 * average)))


def as_case(couple: Couple) -> dict[str, object]:
    """The couple as a case of the schema case/1, in plain JSON."""
    return {
        "schema": "case/1",
        "reference": couple.reference,
        "as_of": couple.as_of.isoformat(),
        "question": {"ask": "fee", "about": ["k2"]},
        "persons": {parent.id: _person(parent, couple) for parent in couple.parents},
        "couples": {
            "c1": {
                "partners": [parent.id for parent in couple.parents],
                "married": [{"from": couple.married.isoformat()}],
            }
        },
        "children": {
            "listed": "all",
            "k1": _child(couple, couple.first_born),
            "k2": {**_child(couple, couple.extra_born), "approved": False, "ground": "none"},
        },
        "events": {
            "v1": {
                "kind": "discovery",
                "date": couple.discovered.isoformat(),
                "place": couple.county,
                "about": ["k2"],
            }
        },
        "evidence": {
            "e1": _paper(couple, "income-certificate", "tax"),
            "e2": _paper(couple, "income-certificate", "market-regulation"),
            "e3": {**_paper(couple, "statistics-certificate", "statistics"), "illustrative": True},
        },
        "statistics": [
            _average(couple, "disposable", "urban", couple.urban_average),
            _average(couple, "net", "rural", couple.rural_average),
        ],
        "settings": {"reference_year": couple.year},
    }


def _person(parent: Parent, couple: Couple) -> dict[str, object]:
    born = parent.born.isoformat()
    income: dict[str, object] = {"year": couple.year, "value": _yuan(parent.income)}
    if parent.verified:
        income["evidence"] = ["e1", "e2"]
    return {
        "sex": parent.sex,
        "born": born,
        "register": [{"from": born, "value": parent.register, "place": couple.county}],
        "annual_income": [income],
    }


def _child(couple: Couple, born: date) -> dict[str, object]:
    return {
        "parents": [parent.id for parent in couple.parents],
        "born": born.isoformat(),
        "adopted": False,
        "living": True,
    }


def _paper(couple: Couple, kind: str, issuer: str) -> dict[str, object]:
    day = couple.discovered + timedelta(days=10)
    return {"kind": kind, "issuer": issuer, "date": day.isoformat(), "status": "verified"}


def _average(couple: Couple, concept: str, status: Register, fen: int) -> dict[str, object]:
    return {
        "series": "income",
        "concept": concept,
        "status": status,
        "level": "county",
        "place": couple.county,
        "year": couple.year,
        "value": _yuan(fen),
        "evidence": ["e3"],
    }


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
