"""What codes, paths, points of choice and rules are called in a letter.

A letter is written from its document alone, so that these words are part of its material.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.decision.case.model import Case
from engine.decision.governing.law import Law
from engine.decision.letter.called import called, called_in
from engine.decision.letter.saying import RULE
from engine.decision.words.aspect_words import rounded
from engine.decision.words.paths_said import named_by_path, paths_in, place_said
from engine.decision.words.shown import Shown
from engine.decision.words.suppositions import SUPPOSING, Suppositions
from engine.decision.words.written import article_in, both, has_number
from engine.language.diagnostics import Bilingual, Language
from engine.law.aspects import WORDS
from engine.law.vocabulary import Vocabulary

Json = dict[str, Any]
FEW: Final = 4
"""A fact that is missing of more than so many is told once, with all of whom it is missing."""
_NAMELESS: Final[Shown] = ("规定", "a provision")
_RULES: Final[Mapping[Language, tuple[str, str, str, str]]] = {
    "zh": ("　规则 ", "：", "；", "，理由同上"),
    "en": ("  rule ", ": ", "; ", ", for the same reasons"),
}
"""How a step begins to name the rules that chose a text, and how a letter says what they say."""
_ANSWERS: Final[Mapping[str, Bilingual]] = {
    "yes": Bilingual("是", "yes"),
    "no": Bilingual("否", "no"),
    "unknown": Bilingual("未知", "unknown"),
}
_FRACTION: Final = re.compile(r"-?\d+/\d+")
_PLACE: Final = re.compile(r"[1-9]\d{5}(?:\d{3}){0,2}")


def name_all(
    material: Json, told: list[object], case: Case, law: Law, suppositions: Suppositions
) -> None:
    """Puts what codes, paths, points and rules are called that the letter's document names, and
    what is missing of many, into its material."""
    points = dict(_points(told))
    readings = [
        _labelled(value, suppositions.option(point, value))
        for point, values in points.items()
        for value in values
        if suppositions.option(point, value) != (value, value)
    ]
    read = {one["code"] for one in readings}
    words = _words(told, law.vocabulary, case)
    material["words"] = [one for one in words if one["code"] not in read] + readings
    names = [one for point in points for one in _point(point, suppositions.point(point))]
    words_of = called(case, law.vocabulary)
    pairs = [
        {"code": code} | both(said)
        for code, said in called_in(set(_strings(told)), words_of).items()
    ]
    material["names"] = sorted(
        [
            *_names(told, law.vocabulary, words_of),
            *names,
            *pairs,
            *_chosen_by(told, suppositions),
            *_supposed(told, suppositions),
        ],
        key=lambda one: (-len(one["code"]), one["code"]),
    )
    material["rules"] = _rules(told, suppositions)
    material["lacking"] = _lacking_of_many(told, law.vocabulary, words_of)
    cited = {
        text: suppositions.cited(text)
        for text in set(_strings(told))
        if text.count("/") > 1 and "@" not in text  # which is a point of choice
    }
    material["words"] += [
        _labelled(text, label) for text, label in sorted(cited.items()) if label is not None
    ]
    for fact in material["facts"]:
        of = [suppositions.cited(one) for one in fact["text"]["zh"].split("、")]
        if None not in of:
            zh, en = zip(*(one for one in of if one is not None), strict=True)
            fact["text"] = {"zh": "、".join(zh), "en": ", ".join(en)}


def _labelled(code: str, said: Shown) -> Json:
    return {"code": code, "zh": said[0], "en": said[1]}


def _points(value: object) -> Iterator[tuple[str, list[str]]]:
    """The points of choice that are told, each with the readings that are."""
    found: dict[str, dict[str, None]] = {}
    for one in _objects(value):
        if isinstance(one.get("point"), str) and "value" in one and "@" in one["point"]:
            readings = found.setdefault(one["point"], {})
            if isinstance(one["value"], str):
                readings[one["value"]] = None
    return ((point, list(readings)) for point, readings in found.items())


def _point(point: str, said: Shown) -> Iterator[Json]:
    """What a point of choice is called; also where a step tells the gist behind it, which is in the
    words for the point already."""
    yield _labelled(point, said)
    for gap, colon, words in zip(("　", "  "), ("：", ": "), said, strict=True):
        yield _labelled(f"{point}{gap}{words.partition(colon)[2]}", said)


def _rules(told: list[object], suppositions: Suppositions) -> list[Json]:
    """The articles of the rules that texts name by article and name, such as `41/charge`."""
    texts = set(_strings(told))
    called = {found["rule"] for text in texts for found in RULE.finditer(text)}
    rules = [name for name in sorted(called) if suppositions.rule(name) is not None]
    return [_labelled(name, _article(_of(name))) for name in rules]


def _supposed(told: list[object], suppositions: Suppositions) -> Iterator[Json]:
    """What an entity is called that a question supposes, where a step says that it is about it."""
    texts = set(_strings(told))
    for kind in suppositions.words.kinds:
        code = f"@{SUPPOSING}{kind}"
        if any(code in text for text in texts):
            yield _labelled(code, suppositions.of_whom(code[1:]))


def _of(name: str) -> str:
    """The article in which a rule stands, by its name."""
    return name.rpartition("/")[0].rpartition("/")[2]


def _chosen_by(told: list[object], suppositions: Suppositions) -> Iterator[Json]:
    """What the rules say that chose a text, where a step names them and none has an article."""
    for one in _objects(told):
        if one.get("kind") != "version" or any(has_number(_of(name)) for name in one["rules"]):
            continue
        rules = [rule for rule in map(suppositions.rule, one["rules"]) if rule is not None]
        gists = [rule.gist for rule in rules if rule.gist is not None]
        for lang, (mark, colon, apart, same) in _RULES.items():
            _, _, names = one["text"][lang].partition(mark)
            news = dict.fromkeys(gist.of(lang) for gist in gists if gist.of(lang) in names)
            said = f"{colon}{apart.join(news)}" if news else same
            yield _labelled(f"{mark}{names}", (said, said))


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _article(article: str) -> Shown:
    """An article in the middle of a sentence."""
    if not has_number(article):
        return _NAMELESS
    return article_in(article, "zh"), article_in(article, "en")


def _lacking_of_many(
    told: list[object], vocabulary: Vocabulary, words_of: Mapping[str, Bilingual]
) -> list[Json]:
    """Of each fact that is missing of many: its path, its label, whose it is, and for what year or
    period."""
    by_label: dict[str, list[Json]] = {}
    missing = {
        path for one in _objects(told) if one.get("kind") == "missing" for path in one["facts"]
    }
    for path in sorted(missing):
        named = named_by_path(path, vocabulary, words_of)
        if named is not None and named.of is not None:
            entry: Json = {"path": path, "label": both(named.label), "of": named.of}
            if named.over is not None:
                entry["over"] = both(named.over)
            by_label.setdefault(named.label.zh, []).append(entry)
    return [one for entries in by_label.values() if len(entries) > FEW for one in entries]


def _words(told: list[object], vocabulary: Vocabulary, case: Case) -> list[Json]:
    """The labels of the codes that stand alone somewhere in what is told: steps of ladders, codes
    of enumerations, kinds of papers, conclusions, places. What the case calls something is none."""
    labels: dict[str, Bilingual] = {}
    for known in (
        *vocabulary.enumerations.values(),
        vocabulary.evidence,
        vocabulary.issuers,
        {name: one.label for name, one in vocabulary.conclusions.items()},
        *vocabulary.ladders.values(),
        _ANSWERS,
    ):
        labels |= known
    found: list[Json] = []
    for text in sorted(set(_strings(told))):
        codes = text.split("、")
        if text in WORDS or text in case.by_id:  # an aspect says it in its own way
            continue
        if all(code in labels for code in codes):
            zh = "、".join(labels[code].zh for code in codes)
            en = ", ".join(labels[code].en for code in codes)
            found.append({"code": text, "zh": zh, "en": en})
        elif _FRACTION.fullmatch(text):
            near_zh, near_en = rounded(text)
            found.append({"code": text, "zh": f"{text}（{near_zh}）", "en": f"{text} ({near_en})"})
        elif _PLACE.fullmatch(text) and (name := place_said(text, case.as_of)).zh != text:
            found.append({"code": text} | both(name))
    return found


def _names(
    told: list[object], vocabulary: Vocabulary, words_of: Mapping[str, Bilingual]
) -> list[Json]:
    """The labels of facts and figures that are named by their paths."""
    found = paths_in(set(_strings(told)), vocabulary, words_of)
    return [{"code": path} | both(label) for path, label in found.items()]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
