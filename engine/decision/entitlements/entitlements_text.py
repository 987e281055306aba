"""What a family is entitled to as a table for the terminal, in Chinese or English.

>>> print(columns([("从", "谁"), ("2025-01-01", "k1")]))
从          谁
2025-01-01  k1
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from engine.decision.words.answering import evidence_of, fact_at
from engine.decision.words.aspect_words import CONFIDENCES
from engine.decision.words.paths_said import place_name
from engine.decision.words.suppositions import Suppositions
from engine.decision.words.written import grouped, length_said
from engine.language.diagnostics import Language
from engine.law.aspects import WORDS
from engine.law.vocabulary import Vocabulary

if TYPE_CHECKING:
    from engine.decision.governing.law import Law

_HEAD: Final = {
    "zh": ("从", "到", "谁", "什么", "多少", "合计", "哪里", "支付", "办理", "可靠程度", "依据"),
    "en": (
        "from",
        "until",
        "who",
        "what",
        "how much",
        "in all",
        "where",
        "paid by",
        "by",
        "sure",
        "provision",
    ),
}
_OUTCOME: Final = {
    "undetermined": {"zh": "待定", "en": "undetermined"},
    "refused": {"zh": "拒绝", "en": "refused"},
}
_NO_AMOUNT: Final = {"zh": "有，数额没有规定", "en": "due, no amount set"}
_COMMA: Final = {"zh": "、", "en": ", "}
_SEMICOLON: Final = {"zh": "；", "en": "; "}
_NOTES: Final = {
    "expected": {
        "zh": "* 提问之日以后的，假定其他情况不变",
        "en": "* later than the case: all else equal",
    },
    "none": {"zh": "这段时间没有可享受的待遇", "en": "nothing in these years"},
    "later": {
        "zh": "读到的规定自 {since} 起才有：{label}（{title}）",
        "en": "in the texts that were read only from {since}: {label} ({title})",
    },
    "not_followed": {
        "zh": "{about}：{from} 至 {until} 可能的情形太多，没有推算；请分段询问，或者补充事实",
        "en": "{about}: {from} to {until} was not followed, too much is possible: ask for fewer "
        "years, or find out more",
    },
    "unproved": {
        "zh": "{path} 没有经核实的证明，以其为条件的待遇没有计入；证明：{papers}",
        "en": "{path} has no verified paper: benefits that ask for one are not told; proved by: "
        "{papers}",
    },
    "missing": {"zh": "还缺 {paths}", "en": "missing: {paths}"},
    "gap": {"zh": "缺少文本：{text}", "en": "missing text: {text}"},
    "no_end": {
        "zh": "最后一日没有算出：其中有不按日历日计的部分",
        "en": "the last day is not computed: a part of it is not counted in calendar days",
    },
    "papers": {"zh": "带上 {papers}", "en": "bring {papers}"},
    "apply": {"zh": "最迟 {day} 申请", "en": "apply by {day}"},
}


def entitlements_text(content: Mapping[str, Any], law: Law, lang: Language) -> str:
    """The rows of `entitlements/1` as a table, then what is missing and what to bring: each once,
    with the numbers of the rows."""
    rows, words = content["rows"], law.vocabulary
    lines = [columns([_HEAD[lang], *(_cells(row, words, lang) for row in rows)])]
    if not rows:
        lines = [_NOTES["none"][lang]]
    said = Suppositions(law, ())
    noted: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        for note in _notes(row, said, lang):
            noted.setdefault(f"{row['label'][lang]}: {note}", []).append(number)
    for note, numbers in noted.items():
        lines.append(f"({', '.join(map(str, dict.fromkeys(numbers)))}) {note}")
    lines += list(dict.fromkeys(one["text"][lang] for row in rows for one in row["followed"]))
    if any(row["expected"] for row in rows):
        lines.append(_NOTES["expected"][lang])
    for later in content["later"]:
        told = {"label": later["label"][lang], "title": later["title"][lang]}
        lines.append(_NOTES["later"][lang].format(since=later["since"], **told))
    lines += [_NOTES["not_followed"][lang].format(**one) for one in content["not_followed"]]
    for path in content["unproved"]:
        papers = [words.evidence[one] for one in evidence_of(law, path)]
        proof = _COMMA[lang].join(one.of(lang) for one in papers)
        lines.append(_NOTES["unproved"][lang].format(path=path, papers=proof))
    return "\n".join(lines)


def columns(rows: Iterable[Sequence[str]]) -> str:
    """Cells under one another; a Chinese character is two columns wide."""
    held = [list(row) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*held, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in held
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _cells(row: Mapping[str, Any], words: Vocabulary, lang: Language) -> tuple[str, ...]:
    mark = "*" if row["expected"] else ""
    return (
        row["from"] + mark,
        "…" if row["open_end"] else row["until"],
        row["bearer"],
        row["label"][lang].partition("（")[0],
        _how_much(row, lang),
        grouped(row["total"] or ""),
        _where(row),
        _issuer(row["payer"], words, lang),
        _issuer(row["authority"], words, lang),
        CONFIDENCES[row["confidence"]].of(lang),
        _SEMICOLON[lang].join(dict.fromkeys(_cited(one, lang) for one in row["provisions"])),
    )


def _cited(provision: Mapping[str, Any], lang: Language) -> str:
    """The title of the text with its article, where that has a number."""
    article = provision["rule"].rsplit("/", 2)[1]
    number = "" if article.startswith("unnumbered-") else f" {article}"
    return f"{provision['title'][lang]}{number}"


def _how_much(row: Mapping[str, Any], lang: Language) -> str:
    if row["outcome"] in _OUTCOME:
        known = [
            _ends(one, lang) for one in row["bands"] if one["aspect"] in ("amount", "duration")
        ]
        known += [_said(row[name], lang) for name in ("amount", "duration") if row[name]]
        outcome = _NO_AMOUNT if row["no_amount"] else _OUTCOME[row["outcome"]]
        return " ".join([outcome[lang], *known])
    said = [_word(row["least"], lang)] if row["least"] else []
    said += [_one(row["amount"], row, "amount", lang), _one(row["duration"], row, "duration", lang)]
    shares = [_said(one["gives"], lang) for one in row["provisions"] if one["gives"]]
    said += [f"= {' + '.join(shares)}"] if len(shares) > 1 else []
    said += [_word(row["days"], lang)] if row["days"] else []
    said += [_word(row["per"], lang)] if row["per"] else []
    return " ".join(one for one in said if one)


def _one(value: str | None, row: Mapping[str, Any], aspect: str, lang: Language) -> str:
    if value is not None:
        return _said(value, lang)
    ends = [one for one in row["bands"] if one["aspect"] == aspect]
    return " / ".join(_ends(one, lang) for one in ends)


def _said(value: str, lang: Language) -> str:
    """An amount or a length of time."""
    return length_said(grouped(value), lang)


def _ends(band: Mapping[str, Any], lang: Language) -> str:
    low, high = (_said(band[end] or "…", lang) for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def _where(row: Mapping[str, Any]) -> str:
    """The place by whose law it is given: there it is asked for."""
    return place_name(row["place"], date.fromisoformat(row["until"])) if row["place"] else ""


def _word(word: str, lang: Language) -> str:
    return WORDS[word].zh if lang == "zh" else WORDS[word].en


def _issuer(code: str | None, words: Vocabulary, lang: Language) -> str:
    if code is None:
        return ""
    return words.issuers[code].zh if lang == "zh" else words.issuers[code].en


def _notes(row: Mapping[str, Any], said: Suppositions, lang: Language) -> Iterator[str]:
    for paths in row["missing"]:
        asked = [_asked(path, said.law, lang) for path in paths]
        yield _NOTES["missing"][lang].format(paths=_SEMICOLON[lang].join(asked))
    for gap in row["gaps"]:
        # Which text was in force is one question on all days of the row.
        undated = {name: gap[name] for name in gap if name != "day"}
        yield _NOTES["gap"][lang].format(text=said.gap(undated)[lang == "en"])
    if row["refusal"]:
        yield row["refusal"][lang]
    if row["open_end"]:
        yield _NOTES["no_end"][lang]
    if row["papers"]:
        papers = [said.words.evidence[one] for one in row["papers"].split("、")]
        told = _COMMA[lang].join(one.of(lang) for one in papers)
        yield _NOTES["papers"][lang].format(papers=told)
    if row["apply_by"]:
        yield _NOTES["apply"][lang].format(day=row["apply_by"])


def _asked(path: str, law: Law, lang: Language) -> str:
    """A fact that is missing, with the question that asks for it."""
    fact = fact_at(law, path)
    question = fact.question if fact else None
    if question is None:
        return path
    return f"{path}：{question.zh}" if lang == "zh" else f"{path}: {question.en}"
