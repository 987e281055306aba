"""Families of which next to nothing is known: everything about them is possible."""

from typing import Any


def family(**children: dict[str, Any]) -> dict[str, Any]:
    """A fee for the second of two children; `children`: what is known of each, or more of them."""
    parents = {"parents": ["father", "mother"]}
    listed = {name: parents | children.get(name, {}) for name in ("k1", "k2", *children)}
    return {
        "schema": "case/1",
        "reference": "hostile",
        "as_of": "2014-07-20",
        "question": {"ask": "fee", "about": ["k2"]},
        "persons": {"father": {}, "mother": {}},
        "couples": {"c1": {"partners": ["father", "mother"]}},
        "children": {"listed": "all", **listed},
        "events": {
            "v1": {"kind": "discovery", "date": "2014-06-11", "place": "420281", "about": ["k2"]}
        },
    }


def of_two_places(plain: dict[str, Any]) -> dict[str, Any]:
    """The family registered in two provinces and found in a third."""

    def registered(value: str, place: str) -> dict[str, Any]:
        return {"register": [{"from": "1979-05", "value": value, "place": place}]}

    persons = {"father": registered("rural", "420281"), "mother": registered("urban", "350102")}
    discovery = plain["events"]["v1"] | {"place": "110105"}
    return plain | {"persons": persons, "events": {"v1": discovery}}


HOSTILE = {
    "nothing known": family(),
    "births known": family(k1={"born": "2003-04-02"}, k2={"born": "2013-09-15"}),
    "birth in a year": family(k2={"born": "2013"}),
    "two places": of_two_places(family()),
    "two places, birth known": of_two_places(family(k2={"born": "2013-09-15"})),
    "twelve children": family(**{f"k{number}": {} for number in range(3, 13)}),
}
