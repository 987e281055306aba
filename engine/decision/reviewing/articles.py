"""Whether a past decision names the articles on which it had to rest, and in the right version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from engine.decision.deciding.outcome import Decision
from engine.decision.reviewing.citations import Citation, citation_of
from engine.decision.reviewing.stated import (
    Asked,
    Told,
    demanded_in_all,
    is_nothing,
    known,
    may_be_nothing,
    path_of_fact,
    resting_on,
)
from engine.decision.words.written import has_number
from engine.values.money import Money

_DAY: Final = "first-day-of-version"

_TEXTS: Final = {
    "cited": ("引用的条文正确", "the articles applied are cited"),
    "other": ("没有准确引用所适用的条文", "the articles applied are not the ones cited"),
    "unknown": ("决定所引条文不详", "what the decision cites is not known"),
    "unread": (
        "所引条文有认不出是哪个文本的：写明文本的全称和条号，或者用它的代号",
        "what is cited is no text that is known: give its full title and article, or its name here",
    ),
    "number": (
        "引用了所适用的文本；所适用条文的条号没有读到，是不是引的这一条不能认定",
        "the text applied is cited; the number of the article applied was not read",
    ),
    "open": ("适用哪一条现有材料不足以认定", "which articles apply is not settled"),
    "none": (
        "依当时的法律没有应缴的，没有可引的条文",
        "nothing was due by the law of the day: no article bears it",
    ),
    "version": ("引用的文本是当日适用的", "the version cited governed on that day"),
    "open-version": (
        "当日适用哪一个文本现有材料不足以认定",
        "which version governed on that day is not settled",
    ),
    "wrong-version": ("引用的文本不是当日适用的", "the version cited did not govern on that day"),
}


def articles_found(asked: Asked, basis: Decision) -> Iterator[Told]:
    """Two findings: about the articles named and, where a version is named, about that. Where
    nothing was due no article bears what was demanded, whichever is named."""
    applied, settled = _applied(basis)
    key = asked.reviewed.articles
    stated = known(asked.decision, key)
    if not applied:
        demanded = demanded_in_all(asked).values()
        if stated is not None and not (demanded and all(one == Money(0) for one in demanded)):
            yield from _of_nothing(asked, basis, stated)
        return
    rules = sorted({rule for one in applied.values() for rule in one})
    if stated is None:
        missing = {"missing": [[path_of_fact(asked.decision, key)]]}
        yield _finding(asked, "unknown", "open", None, sorted(_named(applied)), rules) | missing
        return
    read = [citation_of(text, asked.evaluation.law.registry) for text in stated]
    cited = [one for one in read if one is not None]
    hit = {place for place in applied if any(_names(one, place, applied[place]) for one in cited)}
    if hit == set(applied):
        may_be_none = not settled and all(map(may_be_nothing, asked.parts))
        verdict, text = ("open", "open") if may_be_none else ("lawful", "cited")
    elif None in read:
        verdict, text = "open", "unread"
    elif _may_be_named(cited, set(applied) - hit):
        verdict, text = "open", "number"
    elif settled or not (hit or _lacking(basis).get("gaps")):
        verdict, text = "unlawful", "other"
    else:
        verdict, text = "open", "open"
    finding = _finding(asked, text, verdict, stated, sorted(_named(applied)), rules)
    yield finding | (
        {"missing": [[path_of_fact(asked.decision, key)]]}
        if text == "unread"
        else {"gaps": [_unnumbered(*place) for place in sorted(set(applied) - hit)]}
        if text == "number"
        else _lacking(basis)
        if verdict == "open"
        else {}
    )
    dated = [gap for gap in _lacking(basis).get("gaps", ()) if gap["kind"] == _DAY]
    yield from _versions(asked, cited, applied, dated, finding)


def _may_be_named(cited: list[Citation], left: set[tuple[str, str, str]]) -> bool:
    """Whether each article that is left has no number that was read, and its text is cited."""
    texts = {one.instrument for one in cited}
    return all(instrument in texts and not has_number(article) for instrument, _, article in left)


def _unnumbered(instrument: str, version: str, article: str) -> Told:
    """The gap of an article whose number was not read."""
    zh, en = (
        f"{instrument}/{version}/{article} 的条号没有读到",
        f"the number of {instrument}/{version}/{article} was not read",
    )
    gap = {"kind": "article-number", "instrument": instrument, "version": version}
    return gap | {"text": {"zh": zh, "en": en}}


def _of_nothing(asked: Asked, basis: Decision, stated: Any) -> Iterator[Told]:
    """A finding on the articles named for what was not due, or not due for all that is known; none
    where nothing is lacking, as of a penalty that is no sum."""
    lacking = _lacking(basis)
    if all(is_nothing(part) for part in asked.parts):
        rules = sorted({rule for part in asked.parts for rule in resting_on(part)})
        yield _finding(asked, "none", "unlawful", stated, [], rules)
    elif lacking:
        yield _finding(asked, "open", "open", stated, [], []) | lacking


def _lacking(basis: Decision) -> Told:
    """The facts and the texts without which it is open what was due, if there are any."""
    gaps = [gap for part in basis.content["parts"] for gap in part.get("gaps", ())]
    lacking = {
        "missing": basis.content["missing"],
        "gaps": [gap for place, gap in enumerate(gaps) if gap not in gaps[:place]],
    }
    return {name: one for name, one in lacking.items() if one}


def _versions(
    asked: Asked,
    cited: list[Citation],
    applied: dict[tuple[str, str, str], list[str]],
    dated: list[Told],
    articles: Told,
) -> Iterator[Told]:
    """The finding on the versions that are named, beside that on the articles; `dated`: the texts
    of which it is not settled from which day on they are in force."""
    governed = {(instrument, version) for instrument, version, _ in applied}
    instruments = {instrument for instrument, _ in governed}
    said = {(c.instrument, c.version) for c in cited if c.version and c.instrument in instruments}
    if not said:
        return
    unsettled = [gap for gap in dated if gap["instrument"] in {one for one, _ in governed - said}]
    lacking: Told = {}
    if not said <= governed:
        verdict, text = "unlawful", "wrong-version"
    elif unsettled:
        verdict, text, lacking = "open", "open-version", {"gaps": unsettled}
    else:
        verdict, text = "lawful", "version"
    lawful = sorted(f"{instrument}/{version}" for instrument, version in governed)
    finding = _finding(asked, text, verdict, articles["recorded"], lawful, articles["provisions"])
    yield (
        finding | lacking | {"point": "version", "label": {"zh": "所引文本", "en": "version cited"}}
    )


def _applied(basis: Decision) -> tuple[dict[tuple[str, str, str], list[str]], bool]:
    """The articles on which a charge rests directly, with their rules; and whether that is sure."""
    charging = [
        part
        for part in basis.content["parts"]
        if any(one["effect"] == "charge" for one in part["conclusions"])
    ]
    names = {rule for part in charging for rule in part["rules"]}
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in basis.content["provisions"]:
        if one["rule"] in names:
            place = (one["instrument"], one["version"], one["article"].partition(".")[0])
            found.setdefault(place, []).append(one["rule"])
    return found, all(part["outcome"] == "determined" for part in charging)


def _names(cited: Citation, place: tuple[str, str, str], rules: list[str]) -> bool:
    """Whether a citation names an article, or an item of it with a rule that was applied."""
    instrument, _, article = place
    if cited.instrument != instrument:
        return False
    locals_ = {f"{cited.article}/", f"{cited.article}."}
    item = any(f"/{start}" in rule for rule in rules for start in locals_)
    return cited.article == article or (cited.article.startswith(f"{article}.") and item)


def _named(applied: dict[tuple[str, str, str], list[str]]) -> set[str]:
    return {f"{instrument}/{article}" for instrument, _, article in applied}


def _finding(
    asked: Asked, text: str, verdict: str, stated: Any, lawful: list[str], rules: list[str]
) -> Told:
    info = asked.evaluation.law.vocabulary.names[asked.reviewed.articles]
    zh, en = _TEXTS[text]
    return {
        "point": asked.reviewed.articles.partition(".")[2],
        "label": {"zh": info.zh, "en": info.en},
        "subject": asked.decision.id,
        "finding": verdict,
        "text": {"zh": zh, "en": en},
        "on": asked.day.isoformat(),
        "recorded": None if stated is None else list(stated),
        "lawful": lawful,
        "provisions": rules,
    }
