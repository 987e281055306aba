"""What a part comes to, told in short: the outcome, what is concluded, the bands, a line of words.

came(law.vocabulary, told_part(evaluation, part, None))["text"]["en"]     # determined 60000.00
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from engine.decision.trace import OUTCOMES
from engine.language.diagnostics import Language
from engine.law.vocabulary import Vocabulary

Told: TypeAlias = dict[str, Any]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def came(words: Vocabulary, told: Told) -> Told:
    """What a part comes to, with a line in words."""
    kept = {key: told.get(key, []) for key in ("outcome", "conclusions", "bands")}
    return kept | {"text": {lang: _in_words(words, kept, lang) for lang in LANGUAGES}}


def result_of(told: Told) -> Told:
    """What makes a result another one: not its grounds, not when it will change by itself."""
    drawn = [(one["effect"], one["object"], one["value"]) for one in told["conclusions"]]
    return {"outcome": told["outcome"], "drawn": drawn, "bands": told["bands"]}


def _in_words(words: Vocabulary, came: Told, lang: Language) -> str:
    bands = list(dict.fromkeys(_band(band) for band in came["bands"]))
    drawn = [
        _conclusion(words, one, lang, banded=bool(bands))
        for one in came["conclusions"]
        if one["effect"] != "refuse" and (one["value"] is not None or not bands)
    ]
    word = OUTCOMES[came["outcome"]][0 if lang == "zh" else 1]
    return " ".join([word, *dict.fromkeys(drawn), *bands])


def _conclusion(words: Vocabulary, one: Told, lang: Language, *, banded: bool) -> str:
    """What is concluded; its value where no band says it."""
    thing, value = one["object"], one["value"]
    kind = words.conclusions.get(thing)
    label = kind.label.of(lang) if kind else words.kind_label(thing, lang)
    if isinstance(value, bool):
        return f"{'✓' if value else '✗'} {label}"
    return label if value is None or banded else f"{label} = {value}"


def _band(band: Told) -> str:
    low, high = (band[end] or "…" for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"
