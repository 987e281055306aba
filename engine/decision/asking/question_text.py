"""A question with what each answer would decide, as text.

render_question(next_question(case, law).as_json(), "zh", law.vocabulary)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.decision.asking.settled import render_settled
from engine.decision.words.answering import said_together
from engine.decision.words.paths_said import path_said, with_words
from engine.decision.words.shortly import Told, first_of, line
from engine.decision.words.text import draw
from engine.language.diagnostics import LANGUAGES, Language
from engine.law.vocabulary import Vocabulary

FEW_FACTS: Final = 4
"""On which side a number of more facts than this is, is no answer that anybody could give."""
FEW_ANSWERS: Final = 6
"""So many answers are told as text, where not the whole is asked for."""
_NOT_ALONE: Final = (
    "不论怎样回答，只凭这一项还不能确定：接下来还要问",
    "no answer settles it alone: more is asked next",
)


_TOGETHER: Final = (
    "这一项要和许多别的事实合在一起才起作用（--all：各种可能）",
    "it counts only together with many other facts (--all: what may come)",
)


def render_question(
    content: Mapping[str, Any], lang: Language, words: Vocabulary, *, whole: bool = False
) -> str:
    """A question with what each answer would decide (`questions/1`), or what was decided, as text.
    Parts that come to the same whatever the answer are told only if the `whole` is asked for."""
    if content["done"]:
        return with_words(render_settled(content["decision"], lang, whole=whole), words, lang)
    asked = content["question"]
    comma = {"zh": "、", "en": ", "}[lang]
    papers = comma.join(paper[lang] for paper in asked["evidence"])
    proof = {"zh": f"证明：{papers}", "en": f"proved by: {papers}"}[lang]
    fact = path_said(asked["fact"], words).of(lang)
    children: list[Told] = [{"text": {lang: f"{fact}　{proof if papers else ''}".rstrip()}}]
    parts = [part for one in asked["answers"] for part in one["answer"]]
    values = _may_be_answered(asked) if all(p.get("of") == "established" for p in parts) else []
    children += values
    same = set() if whole else _same_in_all(asked["answers"])
    alike = bool(asked["answers"]) and len(same) == len(asked["answers"][0]["parts"])
    of_many = not whole and parts and all(len(p.get("compared", ())) > FEW_FACTS for p in parts)
    listed = [] if of_many or (values and alike) else asked["answers"]
    answers = listed if whole else listed[:FEW_ANSWERS]
    for one in answers:
        said = said_together(one["answer"], lang)
        told = [
            line(*(f"{part['bearer']}: {part['text'][of]}" for of in LANGUAGES))
            for place, part in enumerate(one["parts"])
            if place not in same
        ]
        children.append({"text": {lang: said}, "children": first_of(told, whole=whole)})
    left = len(listed) - len(answers)
    if left:
        zh, en = (
            f"… 另有 {left} 种回答（--all 全部列出）",
            f"… {left} more answers (--all lists them)",
        )
        children.append(line(zh, en))
    if of_many:
        children.append(line(*_TOGETHER))
    elif same:
        children.append(line(*(_NOT_ALONE if alike else _told_same(len(same)))))
    return draw({"text": asked["text"], "children": children}, lang)


def _same_in_all(answers: Sequence[Told]) -> set[int]:
    """The places of the parts that come to the same whatever the answer."""
    texts = [[part["text"]["zh"] for part in one["parts"]] for one in answers]
    several = zip(*texts, strict=True) if len(texts) > 1 else ()
    return {place for place, told in enumerate(several) if len(set(told)) == 1}


def _told_same(parts: int) -> tuple[str, str]:
    """That so many parts come to the same whatever the answer."""
    others = "one other part" if parts == 1 else f"{parts} other parts"
    return (
        f"不论怎样回答，另有 {parts} 个部分的可能结果不变",
        f"whatever the answer, what {others} may come to stays the same",
    )


def _may_be_answered(asked: Mapping[str, Any]) -> list[Told]:
    """The values of a fact, where the answers say only whether it can be established."""
    values = asked.get("values") or ()
    if asked.get("type") == "place":
        zh, en = "地区代码（六位的是县、市、区）", "the code of the place (six digits: a county)"
    elif values:
        zh, en = "、".join(one["zh"] for one in values), ", ".join(one["en"] for one in values)
    else:
        return []
    return [line(f"可以回答：{zh}；也可能查不明", f"answers: {en}; or that nobody can tell")]
