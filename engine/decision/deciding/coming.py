"""What a part comes to, told in short: the outcome, what is concluded, the bands, a line of words.

came(law.vocabulary, told_part(evaluation, part, None))["text"]["en"]
# determined social maintenance fee 60,000.00 yuan
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from engine.decision.trace.part_trace import OUTCOMES
from engine.decision.words.aspect_words import aspect_label, aspect_said, rounded, value_said
from engine.decision.words.written import grouped, length_said
from engine.language.diagnostics import LANGUAGES, Bilingual, Language
from engine.law.aspects import STANDS, side_by_side
from engine.law.vocabulary import Vocabulary

Told: TypeAlias = dict[str, Any]

_MONEY: Final = ("amount", "total", "least")


def came(words: Vocabulary, told: Told) -> Told:
    """What a part comes to, with a line in words."""
    kept = {key: told.get(key, []) for key in ("outcome", "conclusions", "bands")}
    return kept | {"text": {lang: in_words(words, kept, lang) for lang in LANGUAGES}}


def result_of(told: Told) -> Told:
    """What makes a result another one: not its grounds, not when it will change by itself."""
    drawn = [(one["effect"], one["object"], one["value"]) for one in told["conclusions"]]
    return {"outcome": told["outcome"], "drawn": drawn, "bands": told["bands"]}


def in_words(words: Vocabulary, came: Mapping[str, Any], lang: Language) -> str:
    """The outcome, what is concluded, and the bands, with their labels and units, in a line."""
    bands, drawn = came["bands"] or (), came["conclusions"] or ()
    ors = {"zh": "，或者 ", "en": ", or "}[lang]
    told = [_drawn(words, came, one, lang) for one in drawn]
    if came["outcome"] == "undetermined" and drawn and all(_is_none(words, one) for one in drawn):
        told.append("…")  # what else it may be is not known
    apart = ors if came["outcome"] == "undetermined" else " "
    said = [OUTCOMES[came["outcome"]][_place(lang)], apart.join(dict.fromkeys(told))]
    ladders = [words.ladder_of(one["object"]) for one in drawn]
    steps = words.ladders.get(next((one for one in ladders if one), ""), {})
    by_aspect: dict[str, list[str]] = {}
    for band in bands:
        aspect = side_by_side(band["aspect"])[0]
        if not aspect.startswith(STANDS):
            by_aspect.setdefault(aspect, []).append(_band(words, band, steps, lang))
    for aspect, told in by_aspect.items():
        label = "" if aspect == "amount" else f"{aspect_label(aspect).of(lang)} "
        unit = {"zh": " 元", "en": " yuan"}[lang] if aspect in _MONEY else ""
        said.append(f"{label}{ors.join(dict.fromkeys(told))}{unit}")
    return " ".join(dict.fromkeys(one for one in said if one))


def _place(lang: Language) -> int:
    return LANGUAGES.index(lang)


def _drawn(words: Vocabulary, came: Mapping[str, Any], one: Told, lang: Language) -> str:
    """What is concluded; of a refusal what is refused, and where it is not all, that it is."""
    if one["effect"] != "refuse":
        zero = any(band["high"] == "0.00" for band in came["bands"] or ())
        bands = [band for band in came["bands"] or () if not band["aspect"].startswith(STANDS)]
        banded = bool(bands) and (zero or not _is_none(words, one))
        return _conclusion(words, one, lang, banded=banded)
    label = _label(words, one["object"], lang)
    refused = OUTCOMES["refused"][_place(lang)]
    return label if came["outcome"] == "refused" else f"{refused} {label}"


def _is_none(words: Vocabulary, one: Told) -> bool:
    """Whether what is concluded is that there is none."""
    kind = words.conclusions.get(one["object"])
    return kind is not None and one["effect"] == (kind.none or "none")


def _conclusion(words: Vocabulary, one: Told, lang: Language, *, banded: bool) -> str:
    """What is concluded: that it is so, is not so, or its value where no band says it."""
    label, value = _label(words, one["object"], lang), one["value"]
    if isinstance(value, bool):
        return f"{'✓' if value else '✗'} {label}"
    if banded or (value is None and one["effect"] == "charge"):
        return label
    if value is None and "details" not in one:
        return {"zh": f"{label}：无", "en": f"{label}: none"}[lang]
    if value is None:
        return {"zh": f"{label}：成立", "en": f"{label}: stands"}[lang]
    return f"{label} = {value_said(value, words)[_place(lang)]}"


def _label(words: Vocabulary, thing: str, lang: Language) -> str:
    kind = words.conclusions.get(thing)
    return kind.label.of(lang) if kind else words.kind_label(thing, lang)


def _band(words: Vocabulary, band: Told, steps: Mapping[str, Bilingual], lang: Language) -> str:
    if side_by_side(band["aspect"])[0] == "place":
        ends = [aspect_said("place", band[end] or "…", words) for end in ("low", "high")]
        low, high = (end[_place(lang)] for end in ends)
    else:
        low, high = (_end(words, band[end], steps, lang) for end in ("low", "high"))
    if side_by_side(band["aspect"])[0] in _MONEY:
        low, high = grouped(low), grouped(high)
    return low if low == high else f"{low}–{high}"


def _end(words: Vocabulary, end: str | None, steps: Mapping[str, Bilingual], lang: Language) -> str:
    if end is None:
        return "…"
    if end in steps:
        return steps[end].of(lang)
    if "/" in end and end.replace("/", "").lstrip("-").isdigit():
        near = rounded(end)[_place(lang)]
        return f"{end}（{near}）" if lang == "zh" else f"{end} ({near})"
    said = length_said(end, lang)
    return said if said != end else value_said(end, words)[_place(lang)]
