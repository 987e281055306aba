"""A comparison for the terminal, in Chinese or English, one fact a line.

print(comparison_text(compare(first, second).as_json(), "en"))
# 2014-07-20  social maintenance fee: k2 — undetermined
# 2022-02-01  social maintenance fee: k2 — refused
#
# father
#   2014-07-20  determined  210,000.00
#   2022-02-01  refused
# …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.decision.deciding.coming import in_words
from engine.decision.words.aspect_words import CONFIDENCES, aspects_said
from engine.decision.words.paths_said import paths_listed
from engine.decision.words.written import article_in
from engine.language.diagnostics import Bilingual, Language
from engine.law.vocabulary import Vocabulary

_SAME: Final = Bilingual("两边结论相同", "the same answer on both sides")
_SO_MANY: Final = Bilingual(
    "另有 {count} 个部分两边结论相同（--json 全部列出）",
    "{count} other parts have the same answer on both sides (--json has them all)",
)
MOST_SAME: Final = 8
"""Where more parts than this are the same on both sides, only the others are told one by one."""
_ONLY: Final = Bilingual(
    "造成差别的规定：只在 {side} 起作用，没有它结论就不同",
    "provisions that make the difference: only on {side}, and without it the answer is another",
)
_ALSO: Final = Bilingual(
    "也只在 {side} 起作用，但单独没有它结论不变",
    "also only on {side}, but without it alone the answer stays",
)
_TURNED: Final = Bilingual(
    "规定相同，情况有变的条件", "conditions of the same provisions that turned"
)
_NONE: Final = Bilingual("没有这一部分", "no such part")
_OR: Final = Bilingual("；或者 ", "; or ")
_MISSING: Final = Bilingual("还缺", "missing")


def comparison_text(comparison: Mapping[str, Any], vocabulary: Vocabulary, lang: Language) -> str:
    """The two answers, bearer by bearer, and what makes the difference."""
    return "\n".join(_lines(comparison, vocabulary, lang))


def _lines(comparison: Mapping[str, Any], vocabulary: Vocabulary, lang: Language) -> Iterator[str]:
    names = _names(comparison["sides"], lang)
    for name, side in zip(names, comparison["sides"], strict=True):
        yield f"{name}  {side['text'][lang]}"
    if comparison["same"]:
        yield f"\n{_SAME.of(lang)}"
    same = [part for part in comparison["parts"] if not part["differs"]]
    for part in comparison["parts"]:
        if not part["differs"] and len(same) > MOST_SAME:
            continue
        yield f"\n{part['bearer']}{'' if part['differs'] else f'  {_SAME.of(lang)}'}"
        for name, line in zip(names, _answers(part, vocabulary, lang), strict=True):
            yield f"  {name}  {line}"
    if len(same) > MOST_SAME:
        yield f"\n{_SO_MANY.of(lang).format(count=len(same))}"
    for name, where in zip(names, ("first", "second"), strict=True):
        for turns, heading in ((True, _ONLY), (False, _ALSO)):
            provisions = [p for p in comparison["provisions"][where] if p["turns"] is turns]
            if provisions:
                yield f"\n{heading.of(lang).format(side=name)}"
            for line in _provisions(provisions, lang):
                yield f"  {line}"
    if comparison["turned"]:
        yield f"\n{_TURNED.of(lang)}"
    for one in comparison["turned"]:
        yield f"  {one['rule'] or ''}  {one['bearer'] or ''}".rstrip()
        for name, text in zip(names, one["text"], strict=True):
            yield f"    {name}  {text[lang]}"


def _names(sides: list[Mapping[str, Any]], lang: Language) -> list[str]:
    """What each side is called: its day, and the day of knowledge where these differ."""
    recorded = Bilingual("录入至", "as recorded by").of(lang)
    everything = Bilingual("全部录入", "everything recorded").of(lang)
    if sides[0]["known_at"] == sides[1]["known_at"]:
        return [side["as_of"] for side in sides]
    known = [f"{recorded} {s['known_at']}" if s["known_at"] else everything for s in sides]
    return [f"{side['as_of']} ({name})" for side, name in zip(sides, known, strict=True)]


def _answers(part: Mapping[str, Any], vocabulary: Vocabulary, lang: Language) -> list[str]:
    """What a part comes to on both sides; where the lines are the same, with what else differs."""
    lines = [_answer(side, vocabulary, lang) for side in part["sides"]]
    if not part["differs"] or lines[0] != lines[1]:
        return lines
    beside = [_beside(side, vocabulary, lang) for side in part["sides"]]
    apart = [
        [f"  {said}" if said != other else "" for said, other in zip(*pair, strict=True)]
        for pair in (beside, beside[::-1])
    ]
    return [line + "".join(told) for line, told in zip(lines, apart, strict=True)]


def _beside(side: Mapping[str, Any], vocabulary: Vocabulary, lang: Language) -> list[str]:
    """What the line of a side does not tell: whether periods have ended, and how sure it is."""
    details = [one.get("details", {}) for one in side["conclusions"]]
    states = [("state", one["state"]) for one in details if "state" in one]
    label = CONFIDENCES[side["confidence"]]
    sure = Bilingual(f"可靠程度 {label.zh}", f"confidence {label.en}")
    return [Bilingual(*aspects_said(states, vocabulary)).of(lang), sure.of(lang)]


def _answer(side: Mapping[str, Any] | None, vocabulary: Vocabulary, lang: Language) -> str:
    if side is None:
        return _NONE.of(lang)
    pieces = [in_words(vocabulary, side, lang)]
    if side["missing"]:
        sets = (paths_listed(one, vocabulary).of(lang) for one in side["missing"])
        pieces.append(f"{_MISSING.of(lang)} {_OR.of(lang).join(sets)}")
    return "  ".join(pieces)


def _provisions(found: list[Mapping[str, Any]], lang: Language) -> Iterator[str]:
    """Title, version, article and gist; what one sentence of an article says, once."""
    lines: dict[str, list[str]] = {}
    for one in found:
        title = one["title"][lang] if one["title"] else one["instrument"]
        article = article_in(one["article"], lang)
        gist = "" if one["gist"] is None else one["gist"][lang]
        line = f"{title} {one['version']} {article}  {gist}".rstrip()
        lines.setdefault(line, []).append(one["rule"].rpartition("/")[2])
    for line, rules in lines.items():
        yield f"{line}  [{', '.join(rules)}]"
