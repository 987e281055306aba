"""What holds of every review: the engine's own answer is never found unlawful, and finding out a
fact overturns no finding.

On the invented ferry law, with ranges, powers, readings and unknown facts.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.values.money import Money, format_yuan
from tests.unit.decision.toll_notes import KEY, ferry_law, verdicts

YEARS = range(2003, 2019)
UNKNOWN = {"state": "unknown"}


def drawn(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None)


def yuan(fen: int) -> str:
    return format_yuan(Money(fen))


@st.composite
def boats(draw: st.DrawFn) -> dict[str, Any]:
    """A case that asks for the toll of one boat, as of some day in the years of the toll."""
    built = draw(st.dates(date(2002, 1, 1), date(2018, 12, 31)))
    day = built + timedelta(draw(st.integers(0, 700)))
    year = day.year - draw(st.integers(0, 1))
    amounts = st.integers(1, 100_000).map(yuan)
    known = st.booleans()
    catches = {
        name: [{"year": year, "value": draw(amounts)}] if draw(known) else UNKNOWN
        for name in ("ann", "bob")
    }
    licensed: Any = draw(st.sampled_from([False, False, True, UNKNOWN]))
    figures = [
        {**KEY, "year": one, "value": draw(amounts), "evidence": ["e1"]}
        for one in range(year - 1, year + 1)
        if draw(st.integers(0, 3))
    ]
    return {
        "schema": "case/1",
        "as_of": day.isoformat(),
        "question": {"ask": "toll", "about": ["b1"]},
        "keepers": {name: {"catch": catch} for name, catch in catches.items()},
        "boats": {
            "b1": {"keepers": ["ann", "bob"], "built": built.isoformat(), "licensed": licensed}
        },
        "evidence": {"e1": {"kind": "price-list", "status": "verified"}},
        "statistics": figures,
        "settings": {"toll_year": year} if draw(known) else {},
    }


def bands(plain: dict[str, Any]) -> list[dict[str, Any]]:
    law = ferry_law()
    found = decide(read_case_data(plain, law.vocabulary), law, traced=False).as_json()
    whole = [band for band in found["bands"] if None not in (band["low"], band["high"])]
    return whole


def noted(plain: dict[str, Any], amounts: dict[str, str]) -> dict[str, Any]:
    """The review of a note with these amounts, of the day of the case."""
    note = {
        "kind": "toll",
        "by": "ferry-master",
        "date": plain["as_of"],
        "boats": ["b1"],
        "amounts": amounts,
        "articles": ["ferry/tolls/1"],
    }
    return plain | {"question": {"ask": "review", "about": ["n1"]}, "notes": {"n1": note}}


@drawn(150)
@given(boats(), st.data())
def test_an_amount_from_the_engines_own_band_is_never_unlawful(
    plain: dict[str, Any], data: st.DataObject
) -> None:
    for band in bands(plain):
        low, high = (Money.yuan(band[end]).fen for end in ("low", "high"))
        amount = data.draw(st.integers(int(low), int(high)))
        found = verdicts(noted(plain, {band["payer"]: yuan(amount)}))
        assert found["amounts", band["payer"]] != "unlawful"


@drawn(150)
@given(boats(), st.integers(0, 400_000))
def test_an_amount_is_lawful_only_inside_a_band_and_unlawful_only_outside_all(
    plain: dict[str, Any], fen: int
) -> None:
    found = verdicts(noted(plain, {"ann": yuan(fen)}))["amounts", "ann"]
    own = [band for band in bands(plain) if band["payer"] == "ann"]
    ends = [[Money.yuan(band[end]) for end in ("low", "high")] for band in own]
    inside = any(low <= Money(fen) <= high for low, high in ends)
    if found == "lawful":
        assert inside or (fen == 0 and not own)
    if inside:
        assert found != "unlawful"


@drawn(150)
@given(boats(), st.integers(0, 400_000), st.booleans())
def test_finding_out_a_fact_overturns_no_finding(
    plain: dict[str, Any], fen: int, licensed: bool
) -> None:
    before = verdicts(noted(plain, {"ann": yuan(fen)}))
    if plain["boats"]["b1"]["licensed"] != UNKNOWN:
        return
    boat = plain["boats"]["b1"] | {"licensed": licensed}
    after = verdicts(noted(plain | {"boats": {"b1": boat}}, {"ann": yuan(fen)}))
    for key, verdict in before.items():
        if verdict != "open":
            assert after.get(key, verdict) == verdict, key


@drawn(60)
@given(boats())
def test_one_fen_above_every_band_is_unlawful(plain: dict[str, Any]) -> None:
    law = ferry_law()
    decision = decide(read_case_data(plain, law.vocabulary), law, traced=False).as_json()
    if decision["outcome"] != "determined" or not decision["bands"]:
        return
    highest: dict[str, Money] = {}
    for band in decision["bands"]:
        high = Money.yuan(band["high"])
        highest[band["payer"]] = max(high, highest.get(band["payer"], Money(0)))
    for payer, high in highest.items():
        found = verdicts(noted(plain, {payer: yuan(int(high.fen) + 1)}))
        assert found["amounts", payer] == "unlawful"
