"""What a conclusion comes to, as a reader says it: steps, periods, authorities by their labels.

>>> from engine.values.dates import months
>>> shown(months(18))
('18个月', '18 months')
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Final

from engine.decision.words.paths_said import place_said
from engine.decision.words.shown import Shown, shown
from engine.language.diagnostics import Bilingual
from engine.law.aspects import LABELS, STANDS, WORDS
from engine.law.vocabulary import Vocabulary
from engine.values.ladder import Step

CONFIDENCES: Final = {
    "confirmed": Bilingual("确认", "confirmed"),
    "probable": Bilingual("较可能", "probable"),
    "unconfirmed": Bilingual("未证实", "unconfirmed"),
    "memory": Bilingual("凭记忆", "from memory"),
}
_PLACE: Final = "place"
_STANDS: Final = Bilingual("成立", "stands")
_ASPECTS: Final = {"until": "end"}
"""What a rule gives, by the aspect that it is of a conclusion."""


def aspects_said(aspects: Iterable[tuple[str, Any]], vocabulary: Vocabulary) -> Shown:
    """The aspects of a conclusion, each by its label: `终止日 2014-10-27；长度 3个月`.

    Of one that only stands, by several rules: which rules, and for whom.
    """
    told = [_said(name, value, vocabulary) for name, value in aspects]
    return "；".join(zh for zh, _ in told), "; ".join(en for _, en in told)


def _said(name: str, value: Any, vocabulary: Vocabulary) -> Shown:
    aspect, _, rest = name.partition("[")
    if aspect == STANDS:
        return rest.rstrip("]"), rest.rstrip("]")
    label, said = _label(name), aspect_said(name, value, vocabulary)
    return f"{label[0]} {said[0]}", f"{label[1]} {said[1]}"


def aspect_said(name: str, value: Any, vocabulary: Vocabulary) -> Shown:
    """A value of an aspect, a place by its name."""
    if name.partition("[")[0] == _PLACE and isinstance(value, str):
        place = place_said(value, date.max)
        return place.zh, place.en
    return value_said(value, vocabulary)


def value_said(value: Any, vocabulary: Vocabulary) -> Shown:
    """A value of an aspect; a step, a word or an authority by its label."""
    if isinstance(value, Step):
        label = vocabulary.ladders[value.ladder.name][value.name]
        return label.zh, label.en
    if isinstance(value, str):
        papers = [vocabulary.evidence.get(one) for one in value.split("、")]
        if papers and None not in papers:
            listed = [one for one in papers if one is not None]
            return "、".join(one.zh for one in listed), ", ".join(one.en for one in listed)
        label = WORDS.get(value) or vocabulary.issuers.get(value) or _body(value, vocabulary)
        return (value, value) if label is None else (label.zh, label.en)
    zh, en = shown(value)
    if isinstance(value, Fraction) and "/" in zh:
        near_zh, near_en = rounded(zh)
        return f"{zh}（{near_zh}）", f"{en} ({near_en})"
    return zh, en


def given_said(what: str, vocabulary: Vocabulary) -> Shown:
    """What a rule gives, in words: a name, an aspect of a conclusion, a conclusion."""
    info = vocabulary.names.get(what)
    if info is not None:
        return info.zh, info.en
    given = what.rpartition(".")[2]
    aspect = LABELS.get(_ASPECTS.get(given, given))
    if aspect is not None:
        return aspect.zh, aspect.en
    conclusion = vocabulary.conclusions.get(what)
    return (what, what) if conclusion is None else (conclusion.label.zh, conclusion.label.en)


def rounded(fraction: str) -> Shown:
    """About how much a fraction is, for whoever reads it; nothing is computed with it.

    >>> rounded("200/3")
    ('约 66.67', 'about 66.67')
    """
    hundredths = round(Fraction(fraction) * 100)
    text = f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
    return f"约 {text}", f"about {text}"


def aspect_label(name: str) -> Bilingual:
    """The label of an aspect; of one that several rules give, without the rule."""
    aspect = name.partition("[")[0]
    return _STANDS if aspect == STANDS else LABELS.get(aspect, Bilingual(aspect, aspect))


def _label(name: str) -> Shown:
    """The label of an aspect; of one of several, with the rule that gives it."""
    aspect, bracket, rest = name.partition("[")
    zh, en = aspect_label(aspect).zh, aspect_label(aspect).en
    if not bracket:
        return zh, en
    of = rest.removesuffix("]")
    return f"{zh}（{of}）", f"{en} ({of})"


def _body(value: str, vocabulary: Vocabulary) -> Any:
    """The label of a code, if only one enumeration has it."""
    found = {codes[value] for codes in vocabulary.enumerations.values() if value in codes}
    return next(iter(found)) if len(found) == 1 else None
