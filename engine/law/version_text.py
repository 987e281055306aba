"""The consolidated text of an instrument on a day, as sentences that a lawyer can read.

    for line in version_text(registry, version, "zh"):
        print(line)
    # 借阅规则（lending/rules） 文本 2001-01-01
    # 2001-01-01 起施行；已核对；出处 L1
    #
    # 第3条
    #   3.1/junior  可以续借
    #     对各次借阅中的每个借阅：…的，准许“续借”。
    # …

The sentences are rendered from what is evaluated, so that they say what will be decided, not what
somebody once wrote about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from engine.language.diagnostics import Bilingual, Language
from engine.language.render import render_expression, render_rule
from engine.language.ruleset import Rule, Version
from engine.law.registry import Registry
from engine.law.vocabulary import Vocabulary

CONFIDENCE = {
    "confirmed": Bilingual("已核对", "confirmed"),
    "probable": Bilingual("较可能", "probable"),
    "unconfirmed": Bilingual("未证实", "unconfirmed"),
    "memory": Bilingual("仅凭记忆", "from memory"),
}
"""How a reader is told the confidence of a text."""


def version_text(registry: Registry, version: Version, lang: Language) -> list[str]:
    """The lines of a version: when it is in force, what is open or missing, each rule, sources.

    Raises ValueError if the registry has no vocabulary: it then has no versions either.
    """
    if registry.vocabulary is None:
        raise ValueError("rulesets without a vocabulary have no text")
    lines = [*_head(registry, version, lang), *remarks(version, registry.vocabulary, lang)]
    for article, rules in groupby(version.rules, key=lambda rule: rule.article):
        lines += ["", f"第{article}条" if lang == "zh" else f"Art. {article}"]
        for rule in rules:
            lines += _rule(rule, version, registry.vocabulary, lang)
    return lines + _sources(registry, version, lang)


def _head(registry: Registry, version: Version, lang: Language) -> list[str]:
    instrument = version.instrument
    title = instrument.title.of(lang)
    start = _window(version.in_force, lang)
    end = registry.window_of_end(version)
    if lang == "zh":
        until = "" if end is None else f"，至 {_window(end, lang)}为止（不含该日）"
        heading = f"{title}（{instrument.id}） 文本 {version.id}"
        force = f"{start}起施行{until}"
    else:
        until = "" if end is None else f" until (not including) {_window(end, lang)}"
        heading = f"{title} ({instrument.id}), text {version.id}"
        force = f"In force from {start}{until}"
    return [heading, f"{force}{_gap(lang)}{_standing(version, lang)}"]


def remarks(version: Version, vocabulary: Vocabulary, lang: Language) -> Iterator[str]:
    """What was not read, what the text leaves open, and its own meaning of words."""
    for unread in version.unread:
        touched = _touched(unread.may_touch, lang)
        note = "" if unread.note is None else unread.note.of(lang)
        if lang == "zh":
            yield f"未读  {unread.day} 的修改，可能涉及{touched}：{note}".removesuffix("：")
        else:
            text = f"Not read: the change of {unread.day}, which may touch {touched}: {note}"
            yield text.removesuffix(": ")
    for gap in version.gaps:
        text = gap.text.of(lang)
        yield f"缺文  {text}（{gap.kind}）" if lang == "zh" else f"Missing: {text} ({gap.kind})"
    for ask in version.asks:
        text = ask.text.of(lang)
        yield f"待填  {text}（{ask.name}）" if lang == "zh" else f"Left open: {text} ({ask.name})"
    for one in version.excluded:
        place, reason = f"{one.article}/{one.id}", one.reason.of(lang)
        yield f"不收  {reason}（{place}）" if lang == "zh" else f"Excluded: {reason} ({place})"
    for key, expression in version.terms:
        label = vocabulary.name_label(key, lang)
        words = render_expression(expression, vocabulary, lang)
        yield f"用语  “{label}”：{words}" if lang == "zh" else f'Here "{label}" means: {words}'


def _rule(rule: Rule, version: Version, vocabulary: Vocabulary, lang: Language) -> list[str]:
    gist = "" if rule.gist is None else rule.gist.of(lang)
    lines = [f"  {rule.local}  {gist}".rstrip()]
    lines.append(f"    {render_rule(rule, vocabulary, lang)}")
    # The name of a rule holds the version that enacted its wording.
    enacted = rule.name.removeprefix(f"{rule.instrument}/").partition("/")[0]
    origin = ""
    if enacted != version.id:
        origin = f"文本 {enacted} 所定{_gap(lang)}" if lang == "zh" else f"Enacted by {enacted}; "
    lines.append(f"    〔{origin}{_standing(rule, lang)}〕")
    return lines


def _sources(registry: Registry, version: Version, lang: Language) -> list[str]:
    """Where the text was read; nothing for a source that is not registered."""
    ids = {*version.sources, *(id for rule in version.rules for id in rule.sources)}
    known = [registry.sources[id] for id in sorted(ids, key=_natural) if id in registry.sources]
    if not known:
        return []
    lines = ["", "出处" if lang == "zh" else "Sources"]
    for source in known:
        lines.append(f"  {source.id}  {source.where}")
        lines.append(f"      {source.kind}; {source.read}")
    return lines


def _standing(text: Version | Rule, lang: Language) -> str:
    """Its confidence and its sources."""
    confidence = CONFIDENCE[text.confidence].of(lang)
    if not text.sources:
        return confidence
    said = _listed(text.sources, lang)
    return f"{confidence}；出处 {said}" if lang == "zh" else f"{confidence}; sources {said}"


def _window(window: tuple[date, date], lang: Language) -> str:
    first, last = window
    if first == last:
        return f"{first} " if lang == "zh" else str(first)
    if lang == "zh":
        return f"{first} 至 {last} 间的某日"
    return f"a day between {first} and {last}"


def _touched(articles: tuple[str, ...], lang: Language) -> str:
    if not articles:
        return "全部条文" if lang == "zh" else "any article"
    return f"第{_listed(articles, lang)}条" if lang == "zh" else f"Art. {_listed(articles, lang)}"


def _listed(words: Iterable[str], lang: Language) -> str:
    return ("、" if lang == "zh" else ", ").join(words)


def _gap(lang: Language) -> str:
    return "；" if lang == "zh" else "; "


def _natural(id: str) -> tuple[str, int, str]:
    """H2 before H10."""
    letters = id.rstrip("0123456789")
    return letters, int(id[len(letters) :] or 0), id
