"""A review for the terminal, in Chinese or English: findings, what was demanded too much, periods,
and below them the decision as it had to be.

print(review_text(review(case, law).as_json(), law.vocabulary, "zh"))
# 对已作决定的审查：d1（2014-07-20）—— 不合法
# ├─ ✗ 决定的金额（每人）　father：高于合法的最高数
# │  ├─ 决定：280,000.00；合法：210,000.00
# …
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from engine.decision.words.text import draw
from engine.decision.words.written import grouped
from engine.language.diagnostics import Bilingual, Language
from engine.law.aspects import WORDS
from engine.law.version_text import CONFIDENCE
from engine.law.vocabulary import Labels, Vocabulary

Node = dict[str, Any]

OUTCOMES: Final = {
    "lawful": Bilingual("合法", "lawful"),
    "unlawful": Bilingual("不合法", "unlawful"),
    "open": Bilingual("待查", "open"),
}
_MARKS: Final = {"lawful": "✓", "unlawful": "✗", "open": "?"}
NO_STEPS: Final[Labels] = {}


def review_text(content: Mapping[str, Any], words: Vocabulary, lang: Language) -> str:
    """A review (`review/1`) as a tree."""
    steps = {name: label for ladder in words.ladders.values() for name, label in ladder.items()}
    about = ", ".join(content["question"]["about"])
    day, outcome = content["decided"]["day"], OUTCOMES[content["outcome"]]
    children = [
        *_findings(content, steps),
        *_overcharged(content),
        *_overpaid(content),
        *_periods(content),
        *_standing(content, steps),
    ]
    basis = content["basis"]["trace"]
    title = _node(f"当日应当如何决定（{day}）", f"what had to be decided on {day}", [basis])
    return draw(
        _node(
            f"审查：{about}（{day}）—— {outcome.zh}",
            f"review: {about} ({day}) — {outcome.en}",
            [*children, title],
        ),
        lang,
    )


def _node(zh: str, en: str, children: list[Any] | None = None) -> Node:
    return {"text": {"zh": zh, "en": en}, "children": children or []}


def _findings(content: Mapping[str, Any], steps: Labels) -> Iterator[Node]:
    asked = content["question"]["about"]
    gists = {one["rule"]: one["gist"] for one in content["provisions"] if one["gist"]}
    for one in content["findings"]:
        mark, label, text = _MARKS[one["finding"]], one["label"], one["text"]
        who = "" if one["subject"] in asked else f"　{one['subject']}"
        today = one["on"] != content["decided"]["day"]
        zh, en = (f"（{one['on']}）", f" ({one['on']})") if today else ("", "")
        yield _node(
            f"{mark} {label['zh']}{zh}{who}：{text['zh']}",
            f"{mark} {label['en']}{en}{who.replace('　', ', ')}: {text['en']}",
            [*_compared(one, steps), *_lacking(one), *_provisions(one, gists)],
        )


def _compared(one: Mapping[str, Any], steps: Labels) -> Iterator[Node]:
    recorded = one["recorded"]
    if recorded is not None:
        values = [_said(one, steps) for one in (recorded if type(recorded) is list else [recorded])]
        stated = Bilingual("、".join(v.zh for v in values), ", ".join(v.en for v in values))
        lawful = [_said(b, steps) if type(b) is str else _band(b, steps) for b in one["lawful"]]
        ways = _either(lawful) if lawful else Bilingual("无", "nothing")
        zh, en = f"；合法：{ways.zh}", f"; lawful: {ways.en}"
        if not lawful and one["finding"] == "open":
            zh, en = "", ""  # what was lawful is not known, which is not nothing
        yield _node(f"决定：{stated.zh}{zh}", f"stated: {stated.en}{en}")
    for found in one.get("explained", ()):
        yield _node(found["zh"], found["en"])


def _band(band: Mapping[str, Any], steps: Labels = NO_STEPS) -> Bilingual:
    low, high = (_said(band[end] or "?", steps) for end in ("low", "high"))
    return low if low == high else Bilingual(f"{low.zh}–{high.zh}", f"{low.en}–{high.en}")


def _either(ways: Iterable[Bilingual]) -> Bilingual:
    """Alternatives in words, each once."""
    each = list(dict.fromkeys(ways))
    zh, en = (way.zh for way in each), (way.en for way in each)
    return Bilingual("；或者 ".join(zh), "; or ".join(en))


def _said(value: str, steps: Labels) -> Bilingual:
    """A value for a reader: a step by its label, an amount with separators."""
    if value in steps:
        return steps[value]
    ends = "–".join(map(grouped, value.split("–")))
    return Bilingual(ends, ends)


def _lacking(one: Mapping[str, Any]) -> Iterator[Node]:
    for facts in one.get("missing", ()):
        listed = " + ".join(facts)
        yield _node(f"尚缺：{listed}", f"missing: {listed}")
    for gap in one.get("gaps", ()):
        text = gap.get("text") or {"zh": gap["kind"], "en": gap["kind"]}
        yield _node(f"缺少的文本：{text['zh']}", f"text that is lacking: {text['en']}")


def _provisions(one: Mapping[str, Any], gists: Mapping[str, Any]) -> Iterator[Node]:
    """The provisions, with what they say unless that stands above."""
    for rule in one["provisions"]:
        gist = gists.get(rule)
        if gist is None or gist["zh"] in one["text"]["zh"]:
            yield _node(rule, rule)
        else:
            yield _node(f"{rule}　{gist['zh']}", f"{rule}  {gist['en']}")


def _overcharged(content: Mapping[str, Any]) -> Iterator[Node]:
    for one in content["overcharged"]:
        amount, paid, paid_en = _band(one).zh, "", ""
        what = one.get("label")
        of_zh, of_en = (f"（{what['zh']}）", f" ({what['en']})") if what else ("", "")
        if "paid" in one:
            of_it, over = grouped(one["paid"]), grouped(one["paid_over"])
            paid = f"；已缴 {of_it}，其中多缴 {over}"
            paid_en = f"; paid {of_it}, of it too much {over}"
        yield _node(
            f"对 {one['payer']} 多收{of_zh}：{amount}{paid}",
            f"demanded too much of {one['payer']}{of_en}: {amount}{paid_en}",
        )


def _overpaid(content: Mapping[str, Any]) -> Iterator[Node]:
    for one in content["overpaid"]:
        yield _node(
            f"{one['payer']} 缴纳超过决定：{grouped(one['amount'])}",
            f"{one['payer']} paid more than was demanded: {grouped(one['amount'])}",
        )


def _periods(content: Mapping[str, Any]) -> Iterator[Node]:
    children = [_period(one) for one in content["periods"]]
    if children:
        day = content["as_of"]
        yield _node(f"期限（截至 {day}）", f"periods as of {day}", children)


def _period(one: Mapping[str, Any]) -> Node:
    label, lacking = one["label"], list(_lacking(one))
    if one["end"] is None:
        return _node(f"{label['zh']}：待查", f"{label['en']}: open", lacking)
    if one["outcome"] == "undetermined" and lacking:
        zh, en = f"如果有，到 {one['end']} 为止", f"if any, until {one['end']}"
        return _node(f"{label['zh']}：待查；{zh}", f"{label['en']}: open; {en}", lacking)
    state = WORDS[one["state"]] if one["state"] else Bilingual("", "")
    zh, en = state.zh, state.en
    if one["barred_since"]:
        zh, en = f"{zh}，自 {one['barred_since']} 起已过期", f"barred since {one['barred_since']}"
    moved = WORDS[one["if_holiday"]] if one["if_holiday"] else Bilingual("", "")
    span = f"{one['start']} … {one['end']}"
    children = [_node(f"末日为节假日的{moved.zh}", f"if it ends on a holiday: {moved.en}")]
    if one["then"]:
        children.append(_node(f"届满后：{one['then']['zh']}", f"after it: {one['then']['en']}"))
    sure = _sure(one)
    told = f"{label['zh']}：{span} {zh}{sure.zh}", f"{label['en']}: {span} {en}{sure.en}"
    return _node(*told, [*children, *lacking])


def _standing(content: Mapping[str, Any], steps: Labels) -> Iterator[Node]:
    """What is due, given back, refused or in which state on the day of the review."""
    children = [node for one in content["standing"] for node in _stands(one, steps)]
    if children:
        day = content["as_of"]
        yield _node(f"现在（{day}）", f"today ({day})", children)


def _stands(one: Mapping[str, Any], steps: Labels) -> Iterator[Node]:
    label = one["label"]
    zh, en = f"{label['zh']}　{one['bearer']}", f"{label['en']}, {one['bearer']}"
    if one.get("refusal"):
        reason = one["refusal"]
        yield _node(f"{zh}：{reason['zh']}", f"{en}: {reason['en']}")
    elif one["outcome"] == "undetermined":
        yield _node(f"{zh}：待查", f"{en}: open", list(_lacking(one)))
    elif one["bands"]:
        ends, sure = _either(_band(band, steps) for band in one["bands"]), _sure(one)
        gist = [_node(one["gist"]["zh"], one["gist"]["en"])] if sure.zh and one["gist"] else []
        yield _node(f"{zh}：{ends.zh}{sure.zh}", f"{en}: {ends.en}{sure.en}", gist)
    elif any(found.get("lapsed") for found in one["conclusions"]):
        why, sure = one["gist"], CONFIDENCE[one["confidence"]]
        told = (f"：{why['zh']}（{sure.zh}）", f": {why['en']} ({sure.en})") if why else ("", "")
        yield _node(f"{zh}：无{told[0]}", f"{en}: none{told[1]}")
    elif any(found["effect"] == "none-due" for found in one["conclusions"]):
        yield _node(f"{zh}：无", f"{en}: none")


def _sure(one: Mapping[str, Any]) -> Bilingual:
    """How sure it is, unless the texts say so for sure."""
    sure = CONFIDENCE[one["confidence"]]
    if one["confidence"] == "confirmed":
        return Bilingual("", "")
    return Bilingual(f"（{sure.zh}）", f" ({sure.en})")
