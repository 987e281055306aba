"""The line that heads a part: what it comes to, each band once."""

from pathlib import Path
from typing import Any

from engine.decision.case.reading import read_case, read_case_data
from engine.decision.deciding.decide import decide
from tests.real import real_law


def sichuan() -> dict[str, Any]:
    """Two extra children in Chengdu: who pays, and how the multiple doubles, are both open."""
    place = "510104"

    def person(sex: str) -> dict[str, Any]:
        return {
            "sex": sex,
            "born": "1980-03-01",
            "register": [{"from": "1980-03-01", "value": "urban", "place": place}],
        }

    def child(born: str) -> dict[str, Any]:
        return {"parents": ["f", "m"], "born": born, "adopted": False, "living": True,
                "approved": False, "ground": "none"}  # fmt: skip

    return {
        "schema": "case/1",
        "as_of": "2010-12-03",
        "question": {"ask": "fee", "about": ["k2", "k3"]},
        "persons": {"f": person("male"), "m": person("female")},
        "couples": {"c1": {"partners": ["f", "m"], "married": [{"from": "2002-01-05"}]}},
        "children": {
            "listed": "all",
            "k1": child("2003-05-06") | {"approved": True},
            "k2": child("2008-05-06"),
            "k3": child("2010-02-06"),
        },
        "events": {
            "v1": {"kind": "discovery", "date": "2010-10-11", "place": place, "about": ["k2", "k3"]}
        },
        "settings": {"reference_year": 2009},
    }


def test_a_headline_names_equal_bands_once() -> None:
    law = real_law()
    told = decide(read_case_data(sichuan(), law.vocabulary), law).as_json()
    bands = [(one["low"], one["high"]) for one in told["bands"] if one["payer"] == "f"]
    assert len(bands) > len(set(bands)), "the case no longer has bands that differ by choices only"
    parts = [one for one in told["trace"]["children"] if one.get("bearer") == "f"]
    for text in parts[0]["text"].values():
        named = text.replace("：", ": ").partition(": ")[2].split(", ")
        assert len(named) == len(set(named)), text


def test_what_has_nothing_but_days_is_headed_by_the_first_and_the_last() -> None:
    law = real_law()
    example = Path(__file__).parents[3] / "examples/entitlements-daye.yaml"
    case = read_case(example.read_bytes(), law.vocabulary, file=example.name)
    heads = [one["text"]["zh"] for one in decide(case, law).as_json()["trace"]["children"]]
    nursing = [one for one in heads if "哺乳时间" in one]
    assert nursing == [
        "mother　每天一小时哺乳时间（多胞胎每多一个增加一小时）：确定 2023-05-15 至 2024-05-14"
    ]
