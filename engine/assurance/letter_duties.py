"""What a letter must say, place by place of the document that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from engine.decision.letter.results import by_choices

Json: TypeAlias = Mapping[str, Any]

_ALWAYS: Final = frozenset({"missing", "warning"})
_PARTY: Final = frozenset({"part", "result", "rule", "condition", "value", "figure", "not-applied"})
_LAWYER: Final = _PARTY | {
    "world", "override", "candidate-law", "gap", "practice", "version", "passed-over",
}  # fmt: skip
DECIDING: Final[Mapping[str, frozenset[str]]] = {
    "party": _PARTY | _ALWAYS,
    "lawyer": _LAWYER | _ALWAYS,
    "caseworker": _LAWYER | _ALWAYS | {"question"},
}
"""The kinds of steps that must stand in the letter of each reader."""
DECIDED: Final = frozenset(
    {"due", "measure", "granted", "refusal", "allowed", "refused", "none", "entitled"}
)
"""Kinds of letters that must tell the remedies."""
GRANTED: Final = (
    *("least", "amount", "duration", "days", "per", "total", "place", "payer", "authority"),
    *("papers", "apply_by"),
)
"""What a benefit is, beside its days."""


def required(letter: Json, document: Json) -> Iterator[str]:
    """The places in a document that its letter must tell."""
    yield from _of_material(letter, document["material"])
    if "review" in document:
        review = document["review"]
        yield from _of_review(review, letter)
        yield from _of_decision(review["basis"], "/review/basis", letter, {})
        return
    if "assessment" in document:
        yield from _of_assessment(document["assessment"], letter)
        return
    if "entitlements" in document:
        yield from _of_entitlements(document["entitlements"], letter)
        return
    decision = document["decision"]
    yield from _of_decision(decision, "/decision", letter, document["material"])
    yield from ("/decision/as_of", "/decision/id")
    yield from _articles(decision["provisions"], "/decision/provisions")
    for index, choice in enumerate(decision["choices"]):
        if not choice["open"]:
            continue
        keys = (key for key in ("by", "point", "value", "reasons") if choice[key] is not None)
        yield from (f"/decision/choices/{index}/{key}" for key in keys)


def _of_material(letter: Json, material: Json) -> Iterator[str]:
    """Every party, fact (of a unit: its own) and paper; what to bring for each fact that is not
    proved; of the remedies, each last day and each body."""
    yield from (
        f"/material/concerned/{index}" for index in range(len(material.get("concerned", ())))
    )
    for index, one in enumerate(material.get("unproved", ())):
        for name in ("papers", "issuers"):
            for number in range(len(one[name])):
                yield f"/material/unproved/{index}/{name}/{number}/{letter['lang']}"
    yield from (f"/material/evidence/{index}/id" for index in range(len(material["evidence"])))
    if not _is_short(letter):
        own = (None, letter.get("row"))
        for index, fact in enumerate(material["facts"]):
            if "row" not in letter or fact.get("row") in own:
                yield f"/material/facts/{index}/text"
    yield from (
        f"/material/totals/{index}/{end}"
        for index in range(len(material.get("totals", ())))
        for end in ("low", "high")
        if end == "low" or material["totals"][index]["low"] != material["totals"][index]["high"]
    )
    if letter["kind"] not in DECIDED or "remedies" not in material:
        return
    place = "/material/remedies/decision/parts"
    for index, part in enumerate(material["remedies"]["decision"]["parts"]):
        for number, one in enumerate(part["conclusions"]):
            if part["outcome"] != "determined" or one["effect"] not in ("time", "competence"):
                continue
            for aspect, value in one.get("details", {}).items():
                if aspect.partition("[")[0] in ("end", "authority") and value is not None:
                    step = aspect.replace("~", "~0").replace("/", "~1")
                    yield f"{place}/{index}/conclusions/{number}/details/{step}"


def _of_review(review: Json, letter: Json) -> Iterator[str]:
    yield "/review/id"
    yield from _articles(review["provisions"], "/review/provisions")
    for index, one in enumerate(review["findings"]):
        yield f"/review/findings/{index}/text"
        yield from _unread(one, f"/review/findings/{index}", letter)
        if one["finding"] != "lawful" and isinstance(one.get("recorded"), str):
            yield f"/review/findings/{index}/recorded"
        if one.get("overcharged"):
            place = f"/review/findings/{index}/overcharged"
            yield from (
                f"{place}/{key}"
                for key in ("payer", "low", "high", "paid_over")
                if key in one["overcharged"] and not _as_low(one["overcharged"], key)
            )
        if one.get("overpaid"):
            yield from (f"/review/findings/{index}/overpaid/{key}" for key in ("payer", "amount"))
    for index, one in enumerate(review["standing"]):
        yield from _of_standing(one, f"/review/standing/{index}", letter)
    for index, period in enumerate(review["periods"]):
        known = period["start"] is not None and period["end"] is not None
        if known and not period.get("missing"):  # else it is open whether it began
            yield f"/review/periods/{index}/end"


def _unread(one: Json, place: str, letter: Json) -> Iterator[str]:
    """The texts that are lacking."""
    for index, gap in enumerate(one.get("gaps", ())):
        if gap.get("text"):
            yield f"{place}/gaps/{index}/text/{letter['lang']}"


def _of_standing(one: Json, place: str, letter: Json) -> Iterator[str]:
    """Of what stands today: its amounts, why there is none, or what is missing."""
    none = any(found["effect"] == "none-due" for found in one["conclusions"])
    if one["outcome"] == "undetermined" or one.get("refusal") or one["bands"] or none:
        yield f"{place}/bearer"
    if one.get("refusal"):
        yield f"{place}/refusal"
    elif one["outcome"] == "undetermined":
        for index, facts in enumerate(one.get("missing", ())):
            yield from (f"{place}/missing/{index}/{number}" for number in range(len(facts)))
        yield from _unread(one, place, letter)
    else:
        for index, band in enumerate(one["bands"]):
            if band["aspect"] != one["bands"][0]["aspect"]:
                continue
            yield from (
                f"{place}/bands/{index}/{end}" for end in ("low", "high") if not _as_low(band, end)
            )


def _as_low(band: Json, end: str) -> bool:
    """Whether it is the other end of what has one."""
    return end == "high" and band["low"] == band["high"]


def _of_decision(decision: Json, place: str, letter: Json, material: Json) -> Iterator[str]:
    """The bearers, the ends of the bands, and the deciding steps of the trace: to the party, of
    each part as it is by the choices that were made."""
    for index, part in enumerate(decision["parts"]):
        named = part.get("object") and comes_to_nothing(part)
        yield f"{place}/parts/{index}/{'object' if named else 'bearer'}"
        bands: set[tuple[object, ...]] = set()
        for number, band in enumerate(part["bands"]):
            said = tuple(band.get(key) for key in ("payer", "aspect", "low", "high"))
            if said not in bands and not _says_nothing(part, band):
                for end in ("low", "high") if band["low"] != band["high"] else ("low",):
                    if band[end] is not None:
                        yield f"{place}/parts/{index}/bands/{number}/{end}"
            bands.add(said)
    kinds, party = DECIDING[letter["reader"]], letter["reader"] == "party"
    parts = iter(decision["parts"])
    for index, step in enumerate(decision["trace"]["children"]):
        told, at = step, f"{place}/trace/children/{index}"
        part = next(parts) if step["kind"] == "part" else None
        chosen = None if part is None else by_choices(material, part)
        if party and chosen is not None and "trace" in material["chosen"][chosen]:
            told, at = material["chosen"][chosen]["trace"], f"/material/chosen/{chosen}/trace"
        if not (party and part is not None and comes_to_nothing(part) and _is_bare(told)):
            yield from _steps(told, at, kinds, party, _allows(part))


def due_of(decision: Json, total: Json) -> Iterator[Json]:
    """The bands that a total adds up: those of a payer, or of what it is due for."""
    for part in decision["parts"]:
        if part["outcome"] != "determined" or total.get("object", part["object"]) != part["object"]:
            continue
        for band in part["bands"]:
            if band["aspect"] == "amount" and band.get("payer") == total.get(
                "payer", band["payer"]
            ):
                yield band


def comes_to_nothing(part: Json) -> bool:
    """Whether it is settled that there is none of what a part is about."""
    return (
        part["outcome"] == "determined"
        and not part["bands"]
        and bool(part["conclusions"])
        and all(one["value"] is None and "details" not in one for one in part["conclusions"])
    )


def _is_bare(step: Json) -> bool:
    """Whether a part has no reasons: the decision tells that there is none."""
    return not any(child.get("children") for child in step.get("children", ()))


def _allows(part: Json | None) -> bool:
    """Whether a part answers with yes: what else might have led there decides nothing."""
    if part is None or part["outcome"] != "determined":
        return False
    return [one["value"] for one in part["conclusions"] if one["effect"] == "permit"] == [True]


def _says_nothing(part: Json, band: Json) -> bool:
    """Whether a band of what is open only says that an amount is not negative."""
    is_open = part["outcome"] == "undetermined" and band["high"] is None
    return is_open and band["low"] in ("0", "0.00")


def _is_short(letter: Json) -> bool:
    """Whether it tells a party of all units at once: the reasons are in the letter of each."""
    return letter["kind"] == "assessed" and letter["reader"] == "party" and "row" not in letter


def _of_assessment(assessment: Json, letter: Json) -> Iterator[str]:
    """Of each unit that the letter is about: what stands, is due, is refused, is open, and why."""
    at, lang, rules = "/assessment", letter["lang"], set()
    yield from (f"{at}/id", f"{at}/as_of")
    for index, row in enumerate(assessment["rows"]):
        place = f"{at}/rows/{index}"
        if letter.get("row", row["id"]) != row["id"]:
            continue
        yield f"{place}/id"
        for name in ("standing", "money", "refused"):
            told: set[str] = set()
            for number, one in enumerate(row[name]):
                if not (_is_short(letter) and one["object"] in told):
                    yield f"{place}/{name}/{number}/object"
                if not any(value is not None for value in one.get("details", {}).values()):
                    told.add(one["object"])  # in short: everybody of whom it stands in a line
                yield f"{place}/{name}/{number}/bearer"
                for key in ("low", "high") if one.get("low") != one.get("high") else ("low",):
                    if one.get(key) is not None:
                        yield f"{place}/{name}/{number}/{key}"
                for aspect, value in one.get("details", {}).items():
                    if value is not None:
                        step = aspect.replace("~", "~0").replace("/", "~1")
                        yield f"{place}/{name}/{number}/details/{step}"
                if one.get("reason") is not None:
                    yield f"{place}/{name}/{number}/reason/{lang}"
        yield from (f"{place}/open/{number}/bearer" for number in range(len(row["open"])))
        for number, part in enumerate(row["trace"]):
            rules |= _rules(part)
            if not _is_short(letter):
                yield from _why(part, f"{place}/trace/{number}", letter)
    cited = [one if "row" not in letter or one["rule"] in rules else None
             for one in assessment["provisions"]]  # fmt: skip
    yield from _articles(cited, f"{at}/provisions")
    if "row" not in letter:
        for index in range(len(assessment["totals"])):
            yield from (f"{at}/totals/{index}/{key}" for key in ("object", "low"))


def _of_entitlements(entitlements: Json, letter: Json) -> Iterator[str]:
    """The days, what each row gives on which provisions, and why."""
    at, lang = "/entitlements", letter["lang"]
    yield from (f"{at}/{name}" for name in ("id", "as_of", "from", "until"))
    yield from (f"{at}/unproved/{index}" for index in range(len(entitlements["unproved"])))
    for name, keys in (("later", ("since",)), ("not_followed", ("from", "until"))):
        for index in range(len(entitlements[name])):
            yield from (f"{at}/{name}/{index}/{key}" for key in keys)
    followed: dict[str, str] = {}
    for index, row in enumerate(entitlements["rows"]):
        place = f"{at}/rows/{index}"
        for number, one in enumerate(row["followed"]):
            followed.setdefault(one["path"], f"{place}/followed/{number}/text/{lang}")
        days = ("from",) if row["open_end"] else ("from", "until")
        yield from (f"{place}/{name}" for name in ("bearer", *days, f"label/{lang}"))
        yield from (f"{place}/{name}" for name in GRANTED if row[name] is not None)
        for number, band in enumerate(row["bands"]):
            for end in ("low", "high") if band["low"] != band["high"] else ("low",):
                if band[end] is not None and not _says_nothing(row, band):
                    yield f"{place}/bands/{number}/{end}"
        for number, part in enumerate(row["trace"]):
            yield from _why(part, f"{place}/trace/{number}", letter)
    yield from followed.values()
    told: set[str] = set()
    for index, row in enumerate(entitlements["rows"]):
        for number, one in enumerate(row["provisions"]):
            key = "/".join((*one["rule"].split("/")[:-2], one["version"], one["article"]))
            if key not in told:
                told.add(key)
                yield f"{at}/rows/{index}/provisions/{number}/article"


def _why(part: Json, place: str, letter: Json) -> Iterator[str]:
    """The deciding steps of a part that stands in a row."""
    reader = letter["reader"]
    yield from _steps(part, place, DECIDING[reader], reader == "party")


def _rules(step: Json) -> set[str]:
    """The rules that a step and those below it name."""
    found = {step["rule"]} if "rule" in step else set()
    return found.union(*(_rules(child) for child in step.get("children", ())))


def _articles(provisions: list[Json | None], place: str) -> Iterator[str]:
    """Each article that decided, by one of its provisions."""
    told: set[tuple[str, str, str]] = set()
    for index, one in enumerate(provisions):
        if one is None:
            continue  # of others only
        key = (one["instrument"], one["version"], one["article"])
        if key not in told:
            told.add(key)
            yield f"{place}/{index}/article"


def _steps(
    step: Json, place: str, kinds: frozenset[str], party: bool, below: bool = False
) -> Iterator[str]:
    """The steps to be told. To the party, what is below an open part is none, nor is why another
    rule does not apply, nor `below` a rule that applies what does not and an exception to it, nor
    a condition that holds by facts without papers; of a rule the gist is told, once, and of values
    those with a number."""
    kind = step["kind"]
    if party and below and kind == "not-applied":
        return
    if kind in kinds:
        if kind == "missing":
            yield from (f"{place}/facts/{index}" for index in range(len(step["facts"])))
        elif not party:
            yield place
        elif (
            kind == "condition" and (below or step["truth"] == "true") and not step.get("evidence")
        ):
            pass  # not in dispute
        elif kind == "result":
            yield f"{place}/text"  # itself, not only what stands below it
        elif kind == "part":
            pass  # the bearers are required beside their results
        elif kind == "rule":
            if "gist" in step:
                yield f"{place}/gist"
        elif kind != "value" or any(sign.isdigit() for sign in str(step["text"]["zh"])):
            yield place
    is_open = kind == "part" and step["outcome"] == "undetermined"
    if party and (kind in ("not-applied", "version") or is_open):
        missing = enumerate(step.get("children", ())) if is_open else ()
        for index, child in missing:
            if child["kind"] == "missing":
                facts = range(len(child["facts"]))
                yield from (f"{place}/children/{index}/facts/{number}" for number in facts)
        return
    for index, child in enumerate(step.get("children", ())):
        applied = below or (kind == "rule" and step.get("truth") == "true")
        yield from _steps(child, f"{place}/children/{index}", kinds, party, applied)
