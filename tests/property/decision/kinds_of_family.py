"""Kinds of families about which interviews are held: what sets each apart from two parents.

    family = family_of("remarried", "fee", law)
    asked, forms = questions_of("remarried", "fee", law, SEEDS)

Each is a family of Hubei that `families` draws, from a seed, and then changed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final, TypeAlias

from engine.decision.governing.law import Law
from tests.property.decision.families import PLACES, Family, copied, make_family
from tests.property.decision.interviews import Known, form, interview

Plain: TypeAlias = dict[str, Any]
SEEDS: Final = (500, 300)
"""From each of these on the first family is taken. As it is drawn, a fee is due from the first."""


def family_of(kind: str, ask: str, law: Law, seed: int = 0) -> Family:
    """The first family of Hubei from a seed on of which something is asked, made one of a kind."""
    while True:
        family = make_family(Random(seed), law)
        seed += 1
        plain = family.plain
        place = plain["persons"]["ada"]["register"][0]["place"]
        question = plain["question"]
        if place == PLACES["hubei"] and question["ask"] == ask and question["about"]:
            changed = copied(plain)
            KINDS[kind](changed)
            return Family(changed)


def known_of(kind: str) -> Known:
    """What is known of a kind before the first question, beside who belongs to whom."""
    return {"persons": ("register",)} if kind == "one fact known" else {}


def questions_of(
    kind: str, ask: str, law: Law, seeds: tuple[int, ...]
) -> tuple[list[list[str]], list[int]]:
    """What interviews about families of a kind ask, and how many questions their forms have."""
    families = [family_of(kind, ask, law, seed) for seed in seeds]
    known = known_of(kind)
    asked = [interview(family, law, known) for family in families]
    return asked, [len(form(family, law, known)) for family in families]


def _as_drawn(plain: Plain) -> None:
    """Two parents, as they are drawn."""


def _single(plain: Plain) -> None:
    plain["couples"]["c1"]["married"] = []


def _adopted(plain: Plain) -> None:
    """The eldest was adopted, two years after it was born."""
    eldest = _children(plain)[0]
    born = date.fromisoformat(eldest["born"])
    latest = date.fromisoformat(plain["as_of"])
    eldest |= {
        "adopted": True,
        "adopted_on": min(born + timedelta(730), latest).isoformat(),
        "parents": ["ada", "ben"],
    }


def _remarried(plain: Plain) -> None:
    """The eldest is a child that the mother had with somebody else before."""
    eldest = _children(plain)[0]
    if "approved" in eldest:  # it is the one that is asked about: an elder one is added
        plain["children"]["k9"] = copied(eldest)
        eldest = plain["children"]["k9"]
        del eldest["approved"], eldest["ground"]
        eldest["born"] = (date.fromisoformat(eldest["born"]) - timedelta(2000)).isoformat()
    eldest["parents"] = ["ada", "cleo"]
    plain["persons"]["cleo"] = copied(plain["persons"]["ben"])
    plain["couples"]["c1"]["remarried"] = True


def _migrant(plain: Plain) -> None:
    """Both are registered in another province, and have lived here for years."""
    for name in ("ada", "ben"):
        person = plain["persons"][name]
        since = person["register"][0]["from"]
        moved = (date.fromisoformat(plain["as_of"]) - timedelta(2500)).isoformat()
        person["register"] = [
            {"from": since, "value": "rural", "place": PLACES["fujian"]},
        ]
        person["residence"] = [{"from": max(moved, since), "place": PLACES["hubei"]}]


def _several(plain: Plain) -> None:
    """One more child, born two years before the eldest."""
    eldest = _children(plain)[0]
    more = {name: fact for name, fact in eldest.items() if name not in ("approved", "ground")}
    born = date.fromisoformat(eldest["born"]) - timedelta(760)
    plain["children"]["k8"] = copied(more) | {"born": born.isoformat()}


def _twins(plain: Plain) -> None:
    """The youngest has a twin."""
    youngest = _children(plain)[-1]
    plain["children"]["k7"] = copied(youngest)
    about = plain["question"]["about"]
    if plain["question"]["ask"] != "eligibility":
        plain["question"]["about"] = [*about, "k7"]


def _children(plain: Plain) -> list[Plain]:
    """The children, the eldest first."""
    listed = [facts for facts in plain["children"].values() if isinstance(facts, dict)]
    return sorted(listed, key=lambda facts: str(facts["born"]))


KINDS: Final[Mapping[str, Callable[[Plain], None]]] = {
    "two parents": _as_drawn,
    "single parent": _single,
    "adopted child": _adopted,
    "remarried": _remarried,
    "migrant": _migrant,
    "several births": _several,
    "twins": _twins,
    "one fact known": _as_drawn,
}
