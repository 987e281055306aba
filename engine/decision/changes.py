"""What would turn the result: all smallest sets of changes of facts that are open to change.

    told = changes(case, law)
    told["parts"][0]["sets"][0]      # {"changes": [{"fact": …, "to": …}], "then": {…}}

Nothing is guessed. The facts that may change are supposed to be unknown, so that evaluation forks
wherever one of them matters, and at each fork the branch of what is so in truth is free, every
other one costs a change. All branches with at most so many changes are visited: what the rules do
not read is never tried, and thresholds are those that the rules compare with. Each set found is
proved: the case is changed and decided again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, Final, TypeAlias

from engine.decision.answering import told_answer
from engine.decision.branching import Options, Search, came_to, fact_of_point, facts_of
from engine.decision.case_model import Case, Found, State
from engine.decision.decide import Evaluation, Law, evaluation_of, part_of_bearer, parts_of
from engine.decision.explore import Explored
from engine.decision.found import TODAY
from engine.decision.horizon import first_change, years_ahead
from engine.decision.part import Part, told_part
from engine.decision.results import of_bearer
from engine.decision.supposing import OpenCase, changed, supposing, with_papers, witness
from engine.decision.survey import Evaluate
from engine.decision.text import draw
from engine.decision.trace import OUTCOMES
from engine.inference.program import Inference, Program
from engine.language.dependencies import walk
from engine.language.expression import At, Read, Verified
from engine.language.rule_expressions import expressions_in
from engine.values.dates import Window

Told: TypeAlias = dict[str, Any]
Papers: TypeAlias = Mapping[str, tuple[str, ...]]
"""Facts that are proved, by their paths, each with the issuers of what is brought."""

SIZE: Final = 2
"""Sets of at most so many changes are looked for, unless told otherwise."""
MOST: Final = 2048
"""At most so many completions of a part are visited; beyond it the sets may not be all."""
SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Change:
    """A set of changes: of facts, of papers behind them."""

    options: Options
    papers: Papers

    @property
    def size(self) -> int:
        """How many facts are changed or proved."""
        return len(facts_of(self.options)) + len(self.papers)


@dataclass(frozen=True, slots=True)
class Supposed:
    """A case, and its evaluations with what is open to change: the parts share their worlds."""

    evaluation: Evaluation
    open_case: OpenCase
    proved: dict[tuple[str, ...], Evaluation] = field(default_factory=dict)
    """By the facts that are supposed to be proved."""
    ahead: dict[Window, Evaluation] = field(default_factory=dict)
    """On any day of the years ahead."""

    def with_papers(self, papers: Papers) -> Evaluation:
        """The evaluation in which every fact may change and some are proved."""
        key = tuple(sorted(papers))
        if key not in self.proved:
            case = with_papers(self.open_case.case, self.open_case, papers)
            self.proved[key] = self._of(case)
        return self.proved[key]

    def later(self, window: Window) -> Evaluation:
        """The evaluation on a day that is not known."""
        if window not in self.ahead:
            self.ahead[window] = self._of(self.evaluation.case, window)
        return self.ahead[window]

    def changed(self, change: Change) -> Evaluation:
        """The case in which a change was made."""
        open_case = self.open_case
        case = with_papers(self.evaluation.case, open_case, change.papers)
        values: dict[str, Any] = {}
        for name, option in change.options.items():
            fact, mark, code = name.partition("#")
            if name == TODAY:
                case = replace(case, as_of=option.first)
            elif mark:
                codes = values.get(fact, open_case.actual[fact])
                values[fact] = (*codes, code) if option else tuple(c for c in codes if c != code)
            else:
                values[name] = witness(option, open_case.actual[name])
        return self._of(changed(case, open_case, values))

    def _of(self, case: Case, today: Window | None = None) -> Evaluation:
        return evaluation_of(case, self.evaluation.law, self.evaluation.inference, today)


def changes(case: Case, law: Law, *, size: int = SIZE, inference: Inference = "rete") -> Told:
    """For each part all smallest sets of at most `size` changes that turn it: `changes/1`."""
    evaluation = evaluation_of(case, law, inference)
    supposed = Supposed(evaluation, supposing(case, law.vocabulary))
    parts = parts_of(evaluation)
    return {
        "schema": "changes/1",
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "as_of": case.as_of.isoformat(),
        "size": size,
        "parts": [_part(supposed, part, size) for part in parts],
    }


def render_changes(content: Mapping[str, Any], lang: str) -> str:
    """The changes that turn each part (`changes/1`), as text."""
    return "\n".join(draw(_part_text(part, lang), lang) for part in content["parts"])


# --- looking --------------------------------------------------------------------------------------
def _part(supposed: Supposed, part: Part, size: int) -> Told:
    now = told_part(supposed.evaluation, part, None)
    told: Told = {
        "bearer": part.bearer,
        "object": now.get("object"),
        "now": came(now),
        "complete": True,
        "sets": [],
    }
    if now["outcome"] == "undetermined":
        return told | {"missing": now.get("missing", [])}
    found, complete = _found(supposed, part, size)
    proved: list[Told] = []
    for change in sorted(found, key=_order):
        then = _then(supposed, part, change)
        if then["outcome"] != "undetermined" and result_of(then) != result_of(now):
            changes = list(_told(supposed.evaluation.law, change))
            proved.append({"changes": changes, "then": came(then)})
    told["complete"] = complete and len(proved) <= SHOWN
    told["sets"] = proved[:SHOWN]
    return told


def came(told: Told) -> Told:
    return {key: told.get(key, []) for key in ("outcome", "conclusions", "bands")}


def result_of(told: Told) -> Told:
    """What makes a result another one: not its grounds, not when it will change by itself."""
    drawn = [(one["effect"], one["object"], one["value"]) for one in told["conclusions"]]
    return {"outcome": told["outcome"], "drawn": drawn, "bands": told["bands"]}


def _found(supposed: Supposed, part: Part, size: int) -> tuple[list[Change], bool]:
    """The sets that turn the part, by what the branches come to; and whether these are all."""
    budget = [MOST]
    effect = part.sought[0] if part.sought else "permit"
    actual = supposed.open_case.actual
    unproved = _unproved(supposed, part)
    found: list[Change] = []
    complete = True
    base: set[Any] = set()
    for count in range(size + 1):
        for brought in combinations(sorted(unproved), count):
            papers = {path: unproved[path] for path in brought}
            if any(not c.options and c.papers.keys() <= papers.keys() for c in found):
                continue
            evaluate = _evaluate(supposed.with_papers(papers), part)
            came = Search(evaluate, effect, actual, 0, budget).run({}).base
            base = base or came
            if papers and came.isdisjoint(base):
                found.append(Change({}, papers))
                continue
            search = Search(evaluate, effect, actual, size - count, budget, base).run({})
            found += [Change(options, papers) for options in search.turned]
            complete = complete and search.complete
    return _smallest(found) + _later(supposed, part, effect, base), complete


def _evaluate(evaluation: Evaluation, part: Part) -> Evaluate:
    def evaluate(assignment: Mapping[str, Any]) -> Any:
        world = evaluation.world(assignment)
        return of_bearer(world, evaluation.question, part.bearer, part.sought)

    return evaluate


def _later(supposed: Supposed, part: Part, effect: str, base: set[Any]) -> list[Change]:
    """The first day on which time alone brings another certain result."""
    window = years_ahead(supposed.evaluation.case.as_of)

    def is_same(explored: Explored) -> bool:
        if explored.cut or any(leaf.open for leaf in explored.leaves):
            return True
        single = [replace(explored, leaves=(leaf,)) for leaf in explored.leaves]
        came = {came_to(one, effect) for one in single}
        unsettled = any(status in ("lacking", "conflict") for one in came for status, *_ in one)
        return len(came) > 1 or unsettled or not came.isdisjoint(base)

    day = first_change(window, _evaluate(supposed.later(window), part), is_same)
    return [] if day is None else [Change({TODAY: Window(day, window.last)}, {})]


def _unproved(supposed: Supposed, part: Part) -> dict[str, tuple[str, ...]]:
    """The known facts of which rules ask whether they are verified, and that are not: with the
    issuers whose papers are lacking."""
    case = supposed.evaluation.case
    asked: dict[str, set[str]] = {}
    for program in {id(w.setting.program): w.setting.program for w in part.worlds}.values():
        for key, issuers in _verified_keys(program):
            asked.setdefault(key, set()).update(issuers)
    found: dict[str, tuple[str, ...]] = {}
    for path, (id_, key, place) in supposed.open_case.spots.items():
        fact: Any = case.by_id[id_].facts[key]
        known = fact if place is None else fact[place].found
        if key in asked and isinstance(known, Found) and known.state is State.KNOWN:
            papers = [case.evidence[e] for e in known.evidence]
            there = {paper.issuer for paper in papers if paper.status == "verified"}
            lacking = tuple(sorted(asked[key] - there))
            if lacking:
                found[path] = lacking
    return found


def _verified_keys(program: Program) -> list[tuple[str, tuple[str, ...]]]:
    """The facts that conditions want verified, with the issuers."""
    found: list[tuple[str, tuple[str, ...]]] | None = program.told.get("verified")
    if found is None:
        expressions = [e for rule in program.rules for e in expressions_in(rule.rule)]
        expressions += [f.expression for f in program.vocabulary.formulas.values()]
        found = program.told["verified"] = []
        for part in (part for e in expressions for part in walk(e) if isinstance(part, Verified)):
            fact = part.fact.fact if isinstance(part.fact, At) else part.fact
            if isinstance(fact, Read):
                found.append((fact.key, part.issuers))
    return found


# --- what is left ---------------------------------------------------------------------------------
def _smallest(found: Sequence[Change]) -> list[Change]:
    """Those of which no part is enough."""
    kept: list[Change] = []
    for one in sorted(found, key=lambda change: change.size):
        if not any(_is_part(other, one) for other in kept):
            kept.append(one)
    return kept


def _is_part(one: Change, other: Change) -> bool:
    """Whether a set of changes says no more than another."""
    return one.papers.keys() <= other.papers.keys() and all(
        name in other.options and option == other.options[name]
        for name, option in one.options.items()
    )


def _order(change: Change) -> tuple[int, list[str], str]:
    names = sorted([*change.options, *change.papers])
    return change.size, names, str(change.options)


# --- proof and words ------------------------------------------------------------------------------
def _then(supposed: Supposed, part: Part, change: Change) -> Told:
    """The part in the case that is changed: decided again."""
    again = supposed.changed(change)
    return told_part(again, part_of_bearer(again, part.bearer, part.sought), None)


def _told(law: Law, change: Change) -> Iterator[Told]:
    for path, issuers in change.papers.items():
        labels = [law.vocabulary.issuers[issuer] for issuer in issuers]
        zh = f"{path} 经核实：{'、'.join(label.zh for label in labels)}"
        en = f"{path} is verified: {', '.join(label.en for label in labels)}"
        text = {"zh": zh, "en": en}
        yield {"kind": "evidence", "fact": path, "issuers": list(issuers), "text": text}
    for name, option in change.options.items():
        if name == TODAY:
            day = option.first.isoformat()
            text = {"zh": f"自 {day} 起", "en": f"from {day} on"}
            yield {"kind": "day", "fact": TODAY, "from": day, "text": text}
        else:
            fact = fact_of_point(name)
            (to,) = told_answer(law, fact, [(name, option)])
            said = {lang: f"{to['of']}: {to['text'][lang]}" if "of" in to else to["text"][lang]
                    for lang in ("zh", "en")}  # fmt: skip
            text = {lang: f"{fact} → {words}" for lang, words in said.items()}
            yield {"kind": "fact", "fact": fact, "to": to, "text": text}


def _part_text(part: Told, lang: str) -> Told:
    zh = f"{part['bearer']}：{in_words(part['now'], 'zh')}"
    en = f"{part['bearer']}: {in_words(part['now'], 'en')}"
    children: list[Told] = []
    for one in part["sets"]:
        joint = {"zh": "，并且 ", "en": ", and "}[lang]
        said = joint.join(change["text"][lang] for change in one["changes"])
        children.append({"text": {lang: f"{said}　⇒　{in_words(one['then'], lang)}"}})
    if "missing" in part:
        for facts in part["missing"]:
            told = {"zh": "先查明 ", "en": "first find out "}[lang]
            children.append({"text": {lang: told + ", ".join(facts)}})
    elif not part["sets"]:
        none = {"zh": "没有可改变的事实能使结果不同", "en": "no change of this size turns it"}
        children.append({"text": none})
    if not part["complete"]:
        more = {"zh": "还可能有别的：没有全部查完", "en": "there may be more: not all were tried"}
        children.append({"text": more})
    return {"text": {"zh": zh, "en": en}, "children": children}


def in_words(came: Told, lang: str) -> str:
    """An outcome in a line."""
    word = OUTCOMES[came["outcome"]][0 if lang == "zh" else 1]
    tail = [_band(band) for band in came["bands"]]
    for one in came["conclusions"]:
        if one["value"] is not None or not tail:
            value = "" if one["value"] is None else f" = {one['value']}"
            tail.append(f"{one['effect']} {one['object']}{value}")
    return " ".join([word, *dict.fromkeys(str(one) for one in tail)])


def _band(band: Told) -> str:
    low, high = (band[end] or "…" for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"
