"""What a world supposes, in words: what is so of each unknown, and what is chosen at each point.

    said = Suppositions(law, content["versions"])
    said.world({"persons.m.register": "rural", "41/base.actual@f": True})
    # m 的户籍性质是农村（农业），适用 41/base.actual（f）
    said.point("39/ladder:birth.multiple@k2"), said.option("39/ladder:birth.multiple@k2", "low")

Names of points are for machines: `rule:name@bearer`, `version:instrument@day`, paths of facts.
Rules are named as the trace names them, by article and name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from engine.decision.words.answering import told_answer
from engine.decision.words.paths_said import fact_said, figure_said, place_said
from engine.decision.words.shown import Shown, shown
from engine.decision.words.signs import sign_said
from engine.decision.words.written import article_in
from engine.decision.worlds.forks import fact_of, is_sign
from engine.inference.effects import values_of
from engine.inference.undecided import LAW_OF
from engine.language.diagnostics import LANGUAGES, Bilingual
from engine.language.render import render_value
from engine.language.ruleset import Charge, Readings, Rule, Table, Value
from engine.law.aspects import LABELS
from engine.values.ladder import Step

if TYPE_CHECKING:
    from engine.decision.governing.law import Law
    from engine.law.vocabulary import Vocabulary

_POINT: Final = re.compile(r"(?P<rule>[^@:\[\]]+/[^@:\[\]]+)(?::(?P<what>[^@]+))?@(?P<of>[^@]+)")
_ENDS: Final[Mapping[Any, Shown]] = {
    "low": ("下限", "its lower end"),
    "high": ("上限", "its upper end"),
}
_RESULTS: Final[Mapping[str, Shown]] = {
    "none": ("没有", "none"),
    "stands": ("成立", "it stands"),
    "true": ("是", "yes"),
    "yes": ("成立", "it stands"),
    "false": ("否", "no"),
    "refused": ("没有依据", "no legal basis"),
    "lacking": ("缺少事实", "facts are lacking"),
    "conflict": ("规定相互冲突", "rules in conflict"),
}
_OF_ALL: Final = "case"
SUPPOSING: Final = "supposed-"
"""The id of an entity that a question supposes begins so; its kind follows."""


class Suppositions:
    """The words for the points of a decision; `versions` as a decision tells those that govern."""

    def __init__(self, law: Law, versions: Iterable[Mapping[str, Any]]) -> None:
        self.law = law
        self.words: Vocabulary = law.vocabulary
        self._governing = [(one["instrument"], one["version"]) for one in versions]
        self._rules: dict[str, Rule | None] = {}

    def world(self, assignment: Mapping[str, Any]) -> Shown:
        """All that a world supposes."""
        told = [self._supposed(name, option) for name, option in sorted(assignment.items())]
        return "，".join(zh for zh, _ in told), ", ".join(en for _, en in told)

    def point(self, name: str) -> Shown:
        """What may be chosen at a point: the rule in short, what it gives, for whom."""
        found = _POINT.fullmatch(name)
        rule = None if found is None else self.rule(found["rule"])
        if found is None or rule is None:
            return self._figure(name)
        of, here = self.of_whom(found["of"]), self._called(found["rule"])
        what = self._what(found["what"])
        told = (f"：{what[0]}", f": {what[1]}") if found["what"] else ("", "")
        if not found["what"] and rule.gist:
            told = f"：{rule.gist.zh}", f": {rule.gist.en}"
        return f"{here[0]}{of[0]}{told[0]}", f"{here[1]}{of[1]}{told[1]}"

    def option(self, name: str, option: Any) -> Shown:
        """What can be taken at a point: a reading by what it reads, else the value as shown."""
        found = _POINT.fullmatch(name)
        rule = None if found is None else self.rule(found["rule"])
        if found is not None and rule is not None and isinstance(option, str):
            inner = _reading(rule, found["what"], option)
            if inner is not None:
                zh, en = (render_value(inner, self.words, lang) for lang in LANGUAGES)
                return zh, en
        if isinstance(option, Step):
            label = self.words.ladders[option.ladder.name][option.name]
            return label.zh, label.en
        return shown(option)

    def result(self, result: str) -> Shown:
        """What a candidate law comes to."""
        known = _RESULTS.get(result)
        if known is not None:
            return known
        labels = [steps[result] for steps in self.words.ladders.values() if result in steps]
        return (labels[0].zh, labels[0].en) if labels else (result, result)

    # --- one point --------------------------------------------------------------------------------
    def _supposed(self, name: str, option: Any) -> Shown:
        if name.startswith("version:"):
            return self._version(name, option)
        if name.startswith("text:"):
            return self._text(name.removeprefix("text:"), option)
        if is_sign(name):
            return sign_said(name, option, self.words)
        found = _POINT.fullmatch(name)
        if found is not None:
            return self._chosen(name, found, option)
        if figure_said(name, self.words) is not None and isinstance(option, str):
            zh, en = self._figure(name)
            return f"{zh}取自 {option}", f"{en} as {option} has it"
        return self._fact(name, option)

    def _chosen(self, name: str, found: re.Match[str], option: Any) -> Shown:
        what, of, called = found["what"], self.of_whom(found["of"]), self._called(found["rule"])
        here = f"{called[0]}{of[0]}", f"{called[1]}{of[1]}"
        if isinstance(option, bool):
            if option:
                return f"适用 {here[0]}", f"{here[1]} is applied"
            return f"不适用 {here[0]}", f"{here[1]} is not applied"
        if what == "law":
            zh, en = self._candidate_law(str(option))
            return f"{found['of']} 适用{zh}", f"{en} for {found['of']}"
        label = self._what(what)
        if option in _ENDS:
            zh, en = _ENDS[option]
            return f"{here[0]}的{label[0]}取{zh}", f"{label[1]} of {here[1]} at {en}"
        zh, en = self.option(name, option)
        return f"{here[0]}的{label[0]}取：{zh}", f"{label[1]} of {here[1]}: {en}"

    def _candidate_law(self, named: str) -> Shown:
        """`2020-07-01`, `420000`, or both."""
        parts = named.split()
        days = [part for part in parts if "-" in part]
        places = [place_said(part, date.max) for part in parts if "-" not in part]
        zh, en = "".join(one.zh for one in places), ", ".join(one.en for one in places)
        day = days[0] if days else ""
        tail = f" of {day}" if day and places else day
        return f"{zh}{day and f' {day} '}的规定", f"the law of {en}{tail}"

    def _version(self, name: str, option: Any) -> Shown:
        instrument, _, day = name.removeprefix("version:").partition("@")
        known = self.law.registry.instruments.get(instrument)
        title = known.title if known is not None else Bilingual(instrument, instrument)
        if option == "none":
            return f"{day} 尚无《{title.zh}》", f"no {title.en} yet on {day}"
        return (
            f"{day} 施行的《{title.zh}》是 {option} 文本",
            f"on {day} the text of {option} of {title.en} was in force",
        )

    def _text(self, where: str, option: Any) -> Shown:
        """A text that was not read, supposed to provide for this, or not."""
        zh, en = self._gap(where)
        if option:
            return f"没有读到的文本有规定（{zh}）", f"the text that was not read provides ({en})"
        return f"没有读到的文本没有规定（{zh}）", f"the text that was not read is silent ({en})"

    def _gap(self, where: str) -> Shown:
        name, _, kind = where.partition(":")
        if not kind:
            rule = self.rule(name)
            gist = rule.gist if rule is not None else None
            return (name, name) if gist is None else (gist.zh, gist.en)
        instrument, _, id = name.rpartition("/")
        versions = self.law.registry.by_instrument.get(instrument, ())
        gaps = [gap for one in versions if one.id == id for gap in one.gaps if gap.kind == kind]
        if gaps:
            return gaps[0].text.zh, gaps[0].text.en
        what = self.words.conclusions.get(kind.rpartition(" ")[2])
        return (kind, kind) if what is None else (what.label.zh, what.label.en)

    def _fact(self, name: str, option: Any) -> Shown:
        fact = fact_of(name)
        label = fact_said(fact, self.words)
        zh, en = (fact, fact) if label is None else (label.zh, label.en)
        if name.endswith(LAW_OF):
            law = self._candidate_law(str(option))
            return f"{zh}：适用{law[0]}", f"{en}: {law[1]} applies"
        (told,) = told_answer(self.law, fact, [(name, option)])
        text = told["text"]
        inside = told.get("of_text")
        if inside is None:
            return f"{zh}：{text['zh']}", f"{en}: {text['en']}"
        return f"{zh}（{inside['zh']}）：{text['zh']}", f"{en} ({inside['en']}): {text['en']}"

    def _figure(self, name: str) -> Shown:
        label = figure_said(name, self.words)
        return (name, name) if label is None else (label.zh, label.en)

    def _what(self, what: str | None) -> Shown:
        """What a rule gives at a point: a name, an amount, who pays."""
        name = what or ""
        info = self.words.names.get(name)
        if info is not None:
            return info.zh, info.en
        conclusion = self.words.conclusions.get(name)
        if conclusion is not None:
            return conclusion.label.zh, conclusion.label.en
        thing, _, aspect = name.rpartition(".")
        label = LABELS.get(aspect)
        if label is None:
            return name, name
        of = self.words.conclusions.get(thing)
        return (label.zh, label.en) if of is None else (
            f"{of.label.zh}的{label.zh}", f"{label.en} of {of.label.en}"
        )  # fmt: skip

    def of_whom(self, bearer: str) -> Shown:
        """Of whom a point is; nothing where it is of the whole case."""
        if bearer == _OF_ALL:
            return "", ""
        kind = bearer.removeprefix(SUPPOSING)
        if kind != bearer and kind in self.words.kinds:
            zh, en = (self.words.kind_label(kind, lang) for lang in LANGUAGES)
            return f"（所问的{zh}）", f" (the {en} asked about)"
        return f"（{bearer}）", f" ({bearer})"

    def _called(self, rule: str) -> Shown:
        """A rule by article and name; where two texts have such, with the title of its own."""
        local = "/".join(rule.rsplit("/", 2)[-2:])
        known = self.law.registry.instruments.get(rule.removesuffix(f"/{local}"))
        if known is None:
            return rule, rule
        return f"《{known.title.zh}》{local}", f"{known.title.en} {local}"

    def cited(self, text: str) -> Shown | None:
        """`cn/…/2009-03-01/41` by title, text and article; None if it cites nothing known."""
        parts = text.split("/")
        for end in range(len(parts) - 1, 0, -1):
            known = self.law.registry.instruments.get("/".join(parts[:end]))
            if known is not None and len(parts) - end <= 2:
                versions = {one.id for one in self.law.registry.versions(known.id)}
                if parts[-1] in versions:
                    zh, en = f"（{parts[-1]}文本）", f" (text of {parts[-1]})"
                    return f"《{known.title.zh}》{zh}", f"{known.title.en}{en}"
                of, article = parts[end:-1], parts[-1]
                zh, en = (article_in(article, lang) for lang in LANGUAGES)
                if of:
                    zh, en = f"（{of[0]}文本）{zh}", f" (text of {of[0]}), {en}"
                else:
                    en = f", {en}"
                return f"《{known.title.zh}》{zh}", f"{known.title.en}{en}"
        return None

    def worded(self, gap: Mapping[str, Any]) -> dict[str, Any]:
        """A part of the law that was not read, with what it is in words."""
        zh, en = self.gap(gap)
        return {**gap, "text": {"zh": zh, "en": en}}

    def gap(self, told: Mapping[str, Any]) -> Shown:
        """A part of the law that was not read, as a decision tells it."""
        known = told.get("text")
        if told["kind"] == "running-period":
            return f"{told['until']} 以后才有的结果", f"what comes after {told['until']} only"
        instrument = told.get("instrument") or str(told.get("rule", "")).rsplit("/", 3)[0]
        named = self.law.registry.instruments.get(instrument)
        zh, en = ("", "") if named is None else (f"《{named.title.zh}》", named.title.en)
        if told["kind"] == "first-day-of-version":
            if "day" not in told:
                return f"{zh}何时起施行", f"from when on {en} was in force"
            return f"{zh}在 {told['day']} 施行的文本", f"the text of {en} of {told['day']}"
        if told.get("version"):
            zh, en = f"{zh}{told['version']} 文本", f"{en}, text of {told['version']}"
        if known is None:
            known = _unread_of(self._labelled(told["kind"]), named is None)
        return (
            "：".join(one for one in (zh, known["zh"]) if one),
            ": ".join(one for one in (en, known["en"]) if one),
        )

    def _labelled(self, kind: str) -> Bilingual | None:
        """What a gap is about, in words: `charge levy`, or a name that no text gives."""
        what = kind.rpartition(" ")[2]
        if what in self.words.conclusions:
            return self.words.conclusions[what].label
        info = self.words.names.get(what)
        return None if info is None else Bilingual(info.zh, info.en)

    # --- rules ------------------------------------------------------------------------------------
    def rule(self, called: str) -> Rule | None:
        """The rule that a point or a step names: of a version that governs, or of any."""
        if called not in self._rules:
            self._rules[called] = self.law.texts.rules.get(called) or self._look_up(called)
        return self._rules[called]

    def _look_up(self, called: str) -> Rule | None:
        registry = self.law.registry
        governing = [
            version
            for instrument, id in self._governing
            for version in registry.versions(instrument)
            if version.id == id
        ]
        # A name that begins with that of an instrument is one of its rules.
        named = [id for id in registry.by_instrument if called.startswith(f"{id}/")]
        every = (one for id in named or registry.by_instrument for one in registry.versions(id))
        for version in (*governing, *every):
            local = called.removeprefix(f"{version.instrument.id}/")
            names = called, local, local.removeprefix(f"{version.id}/")
            for rule in version.rules:
                if rule.name == called:
                    self.law.texts.rules[called] = rule
                if rule.local in names or rule.name == called:
                    return rule
        return None


def _reading(rule: Rule, what: str | None, label: str) -> Value | None:
    """What a rule gives under one of its readings."""
    for effect in rule.effects:
        given = dict(values_of(effect))
        if isinstance(effect, Charge):
            given["payer"] = effect.payer
        found = None if what not in given else _under(given[what], label)
        if found is not None:
            return found
    return None


def _under(value: Value, label: str) -> Value | None:
    """What is read under a label, wherever in a value it stands."""
    match value:
        case Readings(options):
            inner = dict(options)
            return inner.get(label) or _first(inner.values(), label)
        case Table(rows=rows):
            return _first((row.value for row in rows), label)
    return None


def _first(values: Iterable[Value], label: str) -> Value | None:
    found = (_under(value, label) for value in values)
    return next((one for one in found if one is not None), None)


def _unread_of(what: Bilingual | None, nowhere: bool) -> dict[str, str]:
    """What a text that was not read is about; `nowhere`: no text of the place is known at all."""
    if what is None:
        return {"zh": "", "en": ""}
    if nowhere:
        return {
            "zh": f"当地当日关于“{what.zh}”的规定",
            "en": f"the local texts of that day on: {what.en}",
        }
    return {"zh": what.zh, "en": what.en}
