"""The trace: why a result is what it is, as a tree that text and JSON share.

A node has a `kind`, a bilingual `text` and children; where they apply also the rule, its truth, its
value, the facts and the evidence behind it. Nothing is told that was not evaluated in the world
from which the node is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from engine.decision.case_model import EntityRecord, Found
from engine.decision.found import record
from engine.decision.results import Result
from engine.decision.world import World, variables_of
from engine.inference.asked import Closure, Variables
from engine.inference.closures import closure
from engine.inference.effects import values_of
from engine.inference.program import ProgramRule
from engine.inference.undecided import Bounds, Refusal, Stopped, Undecided, Unproved
from engine.inference.values import fits
from engine.language.dependencies import walk
from engine.language.expression import (
    Arithmetic,
    At,
    Compare,
    Expression,
    Literal,
    Negate,
    Read,
    Statistic,
)
from engine.language.render import render_expression
from engine.language.ruleset import Between, Plain, Readings, Table, Value
from engine.law.vocabulary import Language
from engine.values.dates import Window
from engine.values.ladder import Step
from engine.values.money import Money, format_yuan
from engine.values.open_date import Dated
from engine.values.open_number import Open
from engine.values.truth import Truth

if TYPE_CHECKING:
    from engine.decision.decide import Evaluation
    from engine.decision.part import Part

Node = dict[str, Any]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
SHOWN: Final = 8
"""How many of the worlds of a part are told."""
_SIGNS: Final = {"*": "×", "/": "÷", "+": "+", "-": "−", "**": "^"}
_OUTCOMES: Final = {
    "determined": ("确定", "determined"),
    "undetermined": ("待定", "undetermined"),
    "refused": ("拒绝", "refused"),
    "not_applicable": ("不适用", "not applicable"),
}


def node(kind: str, zh: str, en: str, children: list[Node] | None = None, **more: Any) -> Node:
    """A node of the trace; what is None or empty is left out."""
    told: Node = {"kind": kind, "text": {"zh": zh, "en": en}}
    told.update({key: value for key, value in more.items() if value not in (None, [], ())})
    if children:
        told["children"] = children
    return told


def trace_of(evaluation: Evaluation, parts: list[Part], told: list[Node], content: Node) -> Node:
    """The trace of a decision."""
    label = evaluation.question.label
    about = ", ".join(evaluation.case.question.about)
    zh, en = _OUTCOMES[content["outcome"]]
    children = _law_nodes(content["versions"])
    for part, answer in zip(parts, told, strict=True):
        children.append(_part_node(evaluation, part, answer))
    for warning in content["warnings"]:
        children.append(node("warning", warning["text"]["zh"], warning["text"]["en"]))
    children += _practice(evaluation, content)
    return node(
        "decision", f"{label.zh}：{about} —— {zh}", f"{label.en}: {about} — {en}", children,
        outcome=content["outcome"],
    )  # fmt: skip


def _law_nodes(versions: list[Node]) -> list[Node]:
    """Which text of which instrument was taken, on which days, and which were passed over."""
    by_text: dict[tuple[str, str], list[Node]] = {}
    for version in versions:
        by_text.setdefault((version["instrument"], version["version"]), []).append(version)
    found = []
    for (_, text), several in by_text.items():
        title = several[0]["title"]
        days = "、".join(sorted({v["because"]["date"] for v in several}))
        passed: dict[str, Node] = {}
        for p in (p for v in several for p in v["passed_over"]):
            ended = p["reason"] == "ended"
            passed.setdefault(p["version"], node(
                "passed-over",
                f"未用 {p['version']} 文本：" + ("已被取代" if ended else "当日尚未施行"),
                f"not the text of {p['version']}: "
                + ("replaced by then" if ended else "not yet in force on that day"),
            ))  # fmt: skip
        rules = sorted({v["because"]["rule"] for v in several})
        short = "、".join(rule.split("/", 3)[-1] for rule in rules)
        found.append(node(
            "version",
            f"依据 {title['zh']}，{text} 起的文本（适用日 {days}）　规则 {short}",
            f"law: {title['en']}, text from {text} (on {days})  rule {short}",
            list(passed.values()),
            rules=rules, version=text, place=several[0]["place"],
        ))  # fmt: skip
    return found


def _practice(evaluation: Evaluation, content: Node) -> list[Node]:
    """What was reported of practice under the articles that decided."""
    rules = {provision["rule"] for provision in content["provisions"]}
    found: list[Node] = []
    for world in evaluation.worlds.values():
        if not isinstance(world, World):
            continue
        for rule in world.setting.program.rules:
            if rule.rule.name not in rules:
                continue
            for note in rule.rule.practice:
                told = node(
                    "practice",
                    f"实际做法（报道）：{note.zh}",
                    f"reported practice: {note.en}",
                    rule=rule.rule.name,
                )
                if told["text"] not in [one["text"] for one in found]:
                    found.append(told)
    return found


def _part_node(evaluation: Evaluation, part: Part, told: Node) -> Node:
    zh, en = _OUTCOMES[told["outcome"]]
    children: list[Node] = []
    shown: list[Any] = []
    leaves = part.explored.leaves
    for leaf in leaves:
        for visited in leaf.worlds:
            if len(shown) >= SHOWN:
                break
            tale = _result_node(evaluation, visited.result, part.bearer)
            if tale in shown:
                continue
            shown.append(tale)
            given = _given(visited.assignment)
            if given is not None:
                tale = node("world", f"如果 {given[0]}", f"if {given[1]}", [tale])
            children.append(tale)
    for missing in told.get("missing", ()):
        children.append(_missing_node(evaluation, missing))
    for gap in told.get("gaps", ()):
        text = gap.get("text") or {"zh": "", "en": ""}
        where = " ".join(
            str(gap[key]) for key in ("instrument", "version", "kind", "rule") if gap.get(key)
        )
        children.append(
            node("gap", f"缺少文本：{where} {text['zh']}", f"missing text: {where} {text['en']}")
        )
    amounts = ", ".join(
        b["low"] if b["low"] == b["high"] else f"{b['low'] or '…'}–{b['high'] or '…'}"
        for b in told["bands"]
    )
    tail_zh = f" {amounts} 元" if amounts else ""
    tail_en = f" {amounts} yuan" if amounts else ""
    return node(
        "part", f"{part.bearer}：{zh}{tail_zh}", f"{part.bearer}: {en}{tail_en}", children,
        bearer=part.bearer, outcome=told["outcome"], confidence=told["confidence"],
    )  # fmt: skip


def _given(assignment: Any) -> tuple[str, str] | None:
    if not assignment:
        return None
    parts = [f"{name} = {_option(option)}" for name, option in sorted(assignment.items())]
    return "，".join(parts), ", ".join(parts)


def _option(option: Any) -> str:
    match option:
        case Bounds(low, high):
            left = "…" if low is None else f"{_limit(low)}"
            right = "…" if high is None else f"{_limit(high)}"
            return f"[{left}, {right}]"
        case Window(first, last):
            return f"{first.isoformat()}…{last.isoformat()}"
        case _:
            return str(option)


def _limit(limit: Any) -> str:
    value = limit[0] if isinstance(limit, tuple) else limit
    return format_yuan(value, grouped=True) if isinstance(value, Money) else str(value)


def _missing_node(evaluation: Evaluation, missing: list[str]) -> Node:
    children = []
    for path in missing:
        fact = _declared(evaluation, path)
        if fact is None:
            continue
        question = fact.question
        papers = [evaluation.law.vocabulary.evidence.get(kind) for kind in fact.evidence]
        zh = question.zh if question else fact.info.zh
        en = question.en if question else fact.info.en
        named = [paper for paper in papers if paper]
        if named:
            zh += "；证明：" + "、".join(paper.zh for paper in named)
            en += "; proved by: " + ", ".join(paper.en for paper in named)
        children.append(node("question", f"问：{zh}", f"ask: {en}"))
    joined = ", ".join(missing)
    return node("missing", f"还缺 {joined}", f"missing: {joined}", children, facts=missing)


def _declared(evaluation: Evaluation, path: str) -> Any:
    section, _, rest = path.partition(".")
    name = rest.partition(".")[2].partition("[")[0]
    for kind in evaluation.law.vocabulary.kinds.values():
        if kind.section == section:
            return evaluation.law.vocabulary.facts.get(f"{kind.name}.{name}")
    return None


def _result_node(evaluation: Evaluation, result: Result, bearer: str) -> Node:
    world = result.world
    if world is None:
        return node("result", result.status, result.status)
    teller = _Teller(evaluation, world)
    children = [
        teller.rule(index, subject)
        for index in result.rules
        for subject in world.subjects(world.setting.program.rules[index])
        if world.status_of(index, subject) is Truth.TRUE and teller.concerns(index, subject, bearer)
    ]
    match result.status:
        case "stands" if isinstance(result.compared, Money | Open) and len(result.aspects) == 1:
            amount = teller.show(result.compared, "zh")
            return node("result", f"应缴 {amount} 元", f"due: {amount} yuan", children)
        case "stands":
            zh, en = (
                "；".join(
                    f"{name} {teller.show(value, language)}" for name, value in result.aspects
                )
                for language in LANGUAGES
            )
            return node("result", f"成立：{zh}", f"stands: {en}", children)
        case "none":
            children += teller.openers()
            return node("result", "无应缴", "nothing is due", children)
        case "answer":
            children += teller.standings()
            yes = bool(result.value)
            return node("result", "符合" if yes else "不符合", "yes" if yes else "no", children)
        case "refused":
            zh, en = result.reason or ("", "")
            return node("result", f"拒绝：{zh}", f"refused: {en}", children)
        case "lacking":
            facts = ", ".join(sorted(result.facts))
            return node("result", f"缺少 {facts}", f"lacking: {facts}", children)
        case "conflict":
            return node("result", "规定相互冲突", "rules in conflict", children)
        case _:
            return node("result", "不适用", "not applicable", children)


class _Teller:
    """Tells rules of one world; what was told once is only referred to again."""

    def __init__(self, evaluation: Evaluation, world: World) -> None:
        self.evaluation = evaluation
        self.world = world
        self.vocabulary = evaluation.law.vocabulary
        self.told: set[tuple[int, str | None]] = set()

    def rule(self, index: int, subject: EntityRecord | None) -> Node:
        """A rule for a subject: its conditions, what it gives, whom it overrides."""
        rule = self.world.setting.program.rules[index]
        name = subject.id if subject else None
        gist = rule.rule.gist
        at = f"@{name}" if name else ""
        zh = f"{rule.rule.local}{at}　{gist.zh if gist else ''}"
        en = f"{rule.rule.local}{at}  {gist.en if gist else ''}"
        if (index, name) in self.told:
            here = f"{rule.rule.local}{at}"
            return node("rule", f"{here}（见上）", f"{here} (see above)", rule=rule.rule.name)
        self.told.add((index, name))
        variables = variables_of(rule.rule.subject.variable if rule.rule.subject else None, subject)
        children = [self.condition(e, variables) for e in rule.rule.when]
        children += [self.condition(e, variables, exception=True) for e in rule.rule.unless]
        for effect in rule.rule.effects:
            for what, value in _values(effect):
                children.append(self.value(rule, what, value, subject, variables))
        children += self.overridden(rule, subject)
        return node(
            "rule", zh, en, children,
            rule=rule.rule.name, article=rule.rule.article, confidence=rule.rule.confidence,
            version=rule.version[1], sources=list(rule.rule.sources),
            gist={"zh": gist.zh, "en": gist.en} if gist else None, truth="true",
        )  # fmt: skip

    def concerns(self, index: int, subject: EntityRecord | None, bearer: str) -> bool:
        """Whether a rule, for this subject, is about the bearer: a charge has its payers."""
        rule = self.world.setting.program.rules[index]
        if rule.bearers is None:
            return True
        try:
            return bearer in self.world.bearers(rule, subject)
        except Stopped:
            return False

    def refused(self, rule: ProgramRule, subject: EntityRecord | None) -> Node | None:
        """A rule that does not apply, with the conditions that fail; None if it is not in scope."""
        if not self.world.in_scope(rule, subject):
            return None
        variables = variables_of(rule.rule.subject.variable if rule.rule.subject else None, subject)
        children = [self.condition(e, variables, brief=True) for e in rule.rule.when]
        children = [c for c in children if c["truth"] != "true"]
        exceptions = [
            self.condition(e, variables, exception=True, brief=True) for e in rule.rule.unless
        ]
        children += [c for c in exceptions if c["truth"] == "true"]
        gist = rule.rule.gist
        return node(
            "not-applied",
            f"✗ {rule.rule.local}　{gist.zh if gist else ''}",
            f"✗ {rule.rule.local}  {gist.en if gist else ''}",
            children,
            rule=rule.rule.name, truth="false",
        )  # fmt: skip

    def overridden(self, rule: ProgramRule, subject: EntityRecord | None) -> list[Node]:
        """The rules that this one takes the place of."""
        found = []
        for other in self.world.setting.program.rules:
            if rule.index in other.overridden_by:
                gist = other.rule.gist
                found.append(node(
                    "override",
                    f"取代 {other.rule.local}　{gist.zh if gist else ''}",
                    f"takes the place of {other.rule.local}  {gist.en if gist else ''}",
                    rule=other.rule.name,
                ))  # fmt: skip
        return found

    def condition(
        self,
        expression: Expression,
        variables: Variables,
        *,
        exception: bool = False,
        brief: bool = False,
    ) -> Node:
        """A condition with its truth, the values compared, the facts and the evidence."""
        try:
            truth = "true" if self.evaluate(expression, variables) else "false"
        except Undecided:
            truth = "unknown"
        except (Unproved, Refusal):
            truth = "unproved"
        except Stopped:
            truth = "unknown"
        mark = {"true": "✓", "false": "✗"}.get(truth, "?")
        texts = []
        for language in LANGUAGES:
            text = self.rendered(expression, language)
            compared = self.compared(expression, variables, language)
            lead = ("例外：" if language == "zh" else "unless ") if exception else ""
            texts.append(f"{mark} {lead}{text}{compared}")
        facts, evidence = self.behind(expression, variables)
        if evidence:
            texts = [f"{text} ← {', '.join(evidence)}" for text in texts]
        return node(
            "condition", texts[0], texts[1],
            [] if brief else self.defined(expression, variables),
            truth=truth, source=expression.source, facts=facts, evidence=evidence,
        )  # fmt: skip

    def compared(self, expression: Expression, variables: Variables, language: str) -> str:
        if not isinstance(expression, Compare):
            return ""
        sides = [self.attempt(side, variables) for side in (expression.left, expression.right)]
        if any(side is None for side in sides):
            return ""
        left, right = (self.show(side, language) for side in sides)
        return (
            f"（{left} {expression.op} {right}）"
            if language == "zh"
            else f" ({left} {expression.op} {right})"
        )

    def value(
        self,
        rule: ProgramRule,
        what: str,
        value: Value,
        subject: EntityRecord | None,
        variables: Variables,
    ) -> Node:
        """What a rule gives: the name, the arithmetic, the result."""
        try:
            result: Any = self.world.value(rule, what, subject)
        except Stopped as stop:
            zh, en = (stop.zh, stop.en) if isinstance(stop, Refusal) else ("未定", "open")
            return node(
                "value", f"{self.label(what, 'zh')}：{zh}", f"{self.label(what, 'en')}: {en}"
            )
        chosen = self.chosen(value, variables, rule, what)
        shown = self.show(result, "zh")
        steps = self.figures(chosen, variables) if chosen is not None else None
        line = f"{steps} = {shown}" if steps and steps != shown else shown
        children = self.defined(chosen, variables) if chosen is not None else []
        facts, evidence = self.behind(chosen, variables) if chosen is not None else ([], [])
        mark = f" ← {', '.join(evidence)}" if evidence else ""
        return node(
            "value",
            f"{self.label(what, 'zh')} = {line}{mark}",
            f"{self.label(what, 'en')} = {line.replace(shown, self.show(result, 'en'))}{mark}",
            children,
            name=what, value=self.plain(result), facts=facts, evidence=evidence,
        )  # fmt: skip

    def chosen(
        self, value: Value, variables: Variables, rule: ProgramRule, what: str
    ) -> Expression | None:
        """The expression that a value came to in this world."""
        match value:
            case Plain(expression):
                return expression
            case Between(low, high):
                name = f"{rule.rule.local}:{what}@{variables['@']}"
                return low if self.world.assignment.get(name) == "low" else high
            case Readings(options):
                name = f"{rule.rule.local}:{what}@{variables['@']}"
                taken = self.world.assignment.get(name)
                inner = dict(options).get(str(taken))
                return None if inner is None else self.chosen(inner, variables, rule, what)
            case Table(inputs, rows):
                given = [self.attempt(expression, variables) for expression in inputs]
                for row in rows:
                    if all(one is not None for one in given) and fits(row, given, self.world):
                        return self.chosen(row.value, variables, rule, what)
        return None

    def figures(self, expression: Expression, variables: Variables) -> str | None:
        """The arithmetic with the values in it: `3 × 20,000.00`."""
        match expression:
            case Arithmetic(op=op, left=left, right=right):
                one, other = self.figures(left, variables), self.figures(right, variables)
                return None if one is None or other is None else f"{one} {_SIGNS[op]} {other}"
            case Negate(operand=operand):
                return f"−{self.figures(operand, variables)}"
            case Literal(value=value):
                return self.show(value, "zh")
            case _:
                value = self.attempt(expression, variables)
                return None if value is None else self.show(value, "zh")

    def defined(self, expression: Expression, variables: Variables) -> list[Node]:
        """The rules and figures from which the names in an expression have their values."""
        children: list[Node] = []
        program = self.world.setting.program
        for read, subject in self.reads(expression, variables):
            for index in program.definers.get(read.key, ()):
                name = subject.id if subject else None
                status = self.world.status[name].get(index) if name in self.world.status else None
                if status is Truth.TRUE:
                    children.append(self.rule(index, subject))
                elif status is Truth.FALSE and (index, name) not in self.told:
                    self.told.add((index, name))
                    rejected = self.refused(program.rules[index], subject)
                    if rejected is not None and rejected.get("children"):
                        children.append(rejected)
            formula = self.vocabulary.formulas.get(read.key)
            if formula is not None and read.type.base in ("money", "number"):
                inner: Variables = {"@": subject.id if subject else "case"}
                inner.update(dict.fromkeys(formula.variables, subject))
                children += self.defined(formula.expression, inner)
        for part in self.parts(expression):
            if isinstance(part, Statistic):
                children += self.figure(part, variables)
        return children

    def figure(self, statistic: Statistic, variables: Variables) -> list[Node]:
        value = self.attempt(statistic, variables)
        found = []
        for figure in self.world.figures.values():
            if isinstance(value, Money) and figure.value == value:
                papers = [self.paper(e) for e in figure.evidence]
                mark = ("（示例数字）", " (illustrative)") if figure.illustrative else ("", "")
                shown = self.show(figure.value, "zh")
                origin = ", ".join(papers) or figure.source
                found.append(node(
                    "figure",
                    f"{figure.key.path} = {shown}{mark[0]} ← {origin}",
                    f"{figure.key.path} = {shown}{mark[1]} ← {origin}",
                    value=shown, evidence=list(figure.evidence), confidence=figure.confidence,
                ))  # fmt: skip
        return found[:1]

    def reads(
        self, expression: Expression, variables: Variables
    ) -> Iterator[tuple[Read, EntityRecord | None]]:
        seen: set[tuple[str, str | None]] = set()
        for part in self.parts(expression):
            if not isinstance(part, Read):
                continue
            subject = None
            if part.subject is not None:
                subject = self.attempt(part.subject, variables)
                if not isinstance(subject, EntityRecord):
                    continue
            key = (part.key, subject.id if subject else None)
            if key not in seen:
                seen.add(key)
                yield part, subject

    def behind(self, expression: Expression, variables: Variables) -> tuple[list[str], list[str]]:
        """The found facts that an expression reads, through terms, and the papers behind them."""
        facts: dict[str, None] = {}
        papers: dict[str, None] = {}
        self._behind(expression, variables, facts, papers, 0)
        return list(facts), list(papers)

    def _behind(
        self,
        expression: Expression,
        variables: Variables,
        facts: dict[str, None],
        papers: dict[str, None],
        depth: int,
    ) -> None:
        for part in self.parts(expression):
            if isinstance(part, At):
                subject = self.attempt(part.fact.subject, variables) if part.fact.subject else None
                when = self.attempt(part.when, variables)
                if isinstance(subject, EntityRecord) and when is not None:
                    self._found(self._record(part.fact.key, subject, when), facts, papers)
        for read, subject in self.reads(expression, variables):
            formula = self.vocabulary.formulas.get(read.key)
            if subject is not None and read.key in self.vocabulary.facts:
                found = subject.facts.get(read.key)
                if isinstance(found, Found):
                    self._found(found, facts, papers)
            elif formula is not None and depth < 3:
                inner: Variables = {"@": subject.id if subject else "case"}
                inner.update(dict.fromkeys(formula.variables, subject))
                self._behind(formula.expression, inner, facts, papers, depth + 1)

    def _record(self, key: str, subject: EntityRecord, when: Any) -> Found | None:
        try:
            return record(self.world, key, subject, when)
        except Stopped:
            return None

    def _found(self, found: Found | None, facts: dict[str, None], papers: dict[str, None]) -> None:
        if found is None:
            return
        facts[found.path] = None
        for name in found.evidence:
            papers[self.paper(name)] = None

    def paper(self, name: str) -> str:
        """A paper: its id, issuer and day."""
        paper = self.evaluation.case.evidence[name]
        issuer = self.vocabulary.issuers.get(paper.issuer) if paper.issuer else None
        parts = [name, issuer.zh if issuer else "", str(paper.date) if paper.date else ""]
        return " ".join(part for part in parts if part)

    def openers(self) -> list[Node]:
        """Why nothing is due: the rules that decided what could have been."""
        program = self.world.setting.program
        shown = []
        for subject in self.world.setting.about:
            for rule in program.rules:
                if rule.rule.opens and rule.rule.subject is not None:
                    shown += [self.condition(e, variables_of(rule.rule.subject.variable, subject))
                              for e in rule.rule.when]  # fmt: skip
        return shown

    def standings(self) -> list[Node]:
        """The grounds, and what takes them away or postpones them, for what was asked about."""
        program = self.world.setting.program
        children = []
        for subject in self.world.setting.about[:1]:
            for effect in ("permit", "forbid", "postpone"):
                for index in program.by_effect.get(effect, ()):
                    status = self.world.status.get(subject.id, {}).get(index)
                    if status is None:
                        continue
                    if status is Truth.TRUE:
                        children.append(self.rule(index, subject))
                        continue
                    rejected = self.refused(program.rules[index], subject)
                    if rejected is not None and status is Truth.FALSE:
                        children.append(rejected)
                        continue
                    rule = program.rules[index].rule
                    gist = rule.gist
                    mark = "✗" if status is Truth.FALSE else "?"
                    children.append(node(
                        "rule",
                        f"{mark} {rule.local}　{gist.zh if gist else ''}",
                        f"{mark} {rule.local}  {gist.en if gist else ''}",
                        rule=rule.name, truth="false" if mark == "✗" else "unknown",
                    ))  # fmt: skip
        return children

    # --- expressions, once for each program -------------------------------------------------------
    def parts(self, expression: Expression) -> tuple[Expression, ...]:
        """The names, facts and figures inside an expression."""
        cache = self.world.setting.program.told
        key = -id(expression)
        if key not in cache:
            found = tuple(p for p in walk(expression) if isinstance(p, Read | At | Statistic))
            cache[key] = (expression, found)
        return cache[key][1]  # type: ignore[no-any-return]

    def rendered(self, expression: Expression, language: Language) -> str:
        """An expression as a sentence."""
        cache = self.world.setting.program.told
        key = (id(expression), language)
        if key not in cache:
            cache[key] = render_expression(expression, self.vocabulary, language)
        return str(cache[key])

    # --- values -----------------------------------------------------------------------------------
    def closure(self, expression: Expression) -> Closure:
        cache = self.world.setting.program.told
        found = cache.get(id(expression))
        if found is None:
            found = cache[id(expression)] = (expression, closure(expression))
        return found[1]

    def evaluate(self, expression: Expression, variables: Variables) -> Any:
        return self.closure(expression)(self.world, variables)

    def attempt(self, expression: Expression | None, variables: Variables) -> Any:
        """The value of an expression, None if it has none here."""
        if expression is None:
            return None
        try:
            return self.evaluate(expression, variables)
        except (Stopped, KeyError):
            return None

    def label(self, what: str, language: str) -> str:
        info = self.vocabulary.names.get(what)
        if info is not None:
            return info.zh if language == "zh" else info.en
        conclusion = self.vocabulary.conclusions.get(what)
        if conclusion is not None:
            return conclusion.label.zh if language == "zh" else conclusion.label.en
        return what

    def show(self, value: Any, language: str) -> str:
        match value:
            case bool():
                return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
            case Money():
                return format_yuan(value, grouped=True)
            case int() | Fraction():
                return _decimal(value)
            case date():
                return value.isoformat()
            case EntityRecord():
                return value.id
            case tuple():
                return "、".join(self.show(one, language) for one in value)
            case Open():
                return "未知" if language == "zh" else "unknown"
            case Dated():
                return f"{value.low}…{value.high}"
            case Step():
                return value.name
            case _:
                return str(value)

    def plain(self, value: Any) -> str:
        return format_yuan(value) if isinstance(value, Money) else self.show(value, "en")


def _decimal(value: int | Fraction) -> str:
    """An exact number: a finite decimal as such, else a fraction."""
    if isinstance(value, int):
        return str(value)
    for places in range(1, 7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return f"{scaled.numerator // 10**places}.{scaled.numerator % 10**places:0{places}d}"
    return str(value)


def _values(effect: Any) -> Iterator[tuple[str, Value]]:
    yield from values_of(effect)
