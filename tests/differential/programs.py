"""Invented laws about gardens and those who hold them, as plain data, as YAML, and their cases.

A law is made at random as a tuple of `Rule`s. `text_of` writes it in the rule language for the
engine; the oracle reads the rules themselves. A condition or a value is a nested tuple:

    conditions  ("fact", name)  ("below", name, n)  ("least", name, n)  ("defined", name)
                ("garden", condition)  ("holders", condition)  ("permitted",)
                ("not", c)  ("and", c, c)  ("or", c, c)
    values      ("exact", n)  ("fact", name)  ("range", low, high)  ("readings", low, high)
                ("refused",)  ("truth", bool)  ("product",): rate times factor
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

from tests.written import write_all

Term: TypeAlias = tuple[Any, ...]

BOOLEANS: Final = {"holder": ("b0", "b1", "b2"), "garden": ("g0", "g1")}
NUMBERS: Final = {"holder": ("n0",), "garden": ("k0",)}
MONEY: Final = {"holder": ("m0", "m1"), "garden": ()}
"""`m0` stands in amounts, `m1` in conditions."""
MOST_UNKNOWN: Final = 6

WORDS = """\
kinds:
  holder: {section: holders, roles: [tenant], zh: 承租人, en: holder}
  garden: {section: gardens, zh: 园地, en: garden}
facts:
  holder.b0: {type: boolean, zh: 甲, en: b0}
  holder.b1: {type: boolean, zh: 乙, en: b1}
  holder.b2: {type: boolean, zh: 丙, en: b2}
  holder.n0: {type: number, unit: year, zh: 丁, en: n0}
  holder.m0: {type: money, zh: 戊, en: m0}
  holder.m1: {type: money, zh: 己, en: m1}
  garden.holders: {type: list of holder, zh: 承租, en: holders}
  garden.place: {type: place, zh: 地点, en: place}
  garden.g0: {type: boolean, zh: 庚, en: g0}
  garden.g1: {type: boolean, zh: 辛, en: g1}
  garden.k0: {type: number, unit: year, zh: 壬, en: k0}
relations:
  gardens: {type: list of garden, means: "[g for g in every_garden if g in about]", zh: 园, en: gs}
  holders:
    type: list of holder
    means: "[h for h in every_holder if any(h in g.holders for g in gardens)]"
    zh: 诸承租人
    en: hs
defined:
  place: {type: place, zh: 地, en: place}
  garden.mark: {type: boolean, zh: 标记, en: mark}
  holder.flag0: {type: boolean, zh: 旗一, en: flag0}
  holder.flag1: {type: boolean, zh: 旗二, en: flag1}
  holder.rate: {type: money, zh: 租率, en: rate}
  holder.factor: {type: number, zh: 倍数, en: factor}
conclusions:
  rent: {effect: charge, combination: unique, none: none-due, zh: 租金, en: rent}
  extra: {effect: charge, combination: unique, none: none-due, zh: 附加, en: extra}
  shed: {effect: permit, combination: collect, zh: 棚屋, en: shed}
questions:
  rent: {about: [garden], seeks: charge rent, zh: 租金, en: rent}
"""

CHOICE_OF_LAW = """\
instrument:
  id: gardens/choice
  title: {zh: 适用, en: Choice of law}
  rank: law
  territory: 000000
version: {in-force: 2000-01-01, confidence: confirmed, sources: [G1]}
articles:
- article: 1
  rules:
  - id: place
    define:
      place: place(420281)
- article: 2
  rules:
  - id: day
    governs:
      effects: [define, permit, forbid, charge]
      questions: [rent]
      place: place
      day: assessment.date
"""

HEAD = """\
instrument:
  id: gardens/rules
  title: {zh: 园地规则, en: Garden rules}
  rank: local-regulation
  territory: 420281
version: {in-force: 2001-01-01, confidence: confirmed, sources: [G1]}
fills: [charge rent, permit shed]
articles:
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `kind` of its subject; `effect`: define, charge, add, permit or forbid."""

    id: str
    kind: str
    effect: str
    gives: str
    value: Term
    when: tuple[Term, ...] = ()
    unless: tuple[Term, ...] = ()
    overrides: tuple[str, ...] = ()
    may: bool = False

    @property
    def local(self) -> str:
        """Its name in its version."""
        return f"{1 if self.kind == 'garden' else 2}/{self.id}"


@dataclass(frozen=True, slots=True)
class Law:
    """Rules in the order of the text, and what the generator put into them on purpose."""

    rules: tuple[Rule, ...]
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """A case: by (entity, name) a value, or `unknown`, `absent`, `unestablished`."""

    found: dict[tuple[str, str], Any]
    holders: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...] = field(default=())


# --- laws -----------------------------------------------------------------------------------------
class _Maker:
    """Draws one law."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.traits: set[str] = set()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def leaf(self, kind: str, defined: tuple[str, ...]) -> Term:
        sort = self.random.random()
        if kind == "holder" and sort < 0.15:
            return ("garden", self.leaf("garden", ("mark",)))
        if kind == "holder" and sort < 0.2:
            return ("permitted",)
        if kind == "garden" and sort < 0.15:
            return ("holders", self.leaf("other", ()))
        owner = "holder" if kind == "other" else kind
        if sort < 0.4:
            name = self.random.choice(NUMBERS[owner])
            return (self.random.choice(("below", "least")), name, self.random.choice((3, 7)))
        if sort < 0.5 and MONEY[owner]:
            return (self.random.choice(("below", "least")), "m1", self.random.choice((300, 900)))
        if defined and sort < 0.65:
            return ("defined", self.random.choice(defined))
        return ("fact", self.random.choice(BOOLEANS[owner]))

    def condition(self, kind: str, defined: tuple[str, ...]) -> Term:
        sort = self.random.random()
        if sort < 0.6:
            return self.leaf(kind, defined)
        if sort < 0.75:
            return ("not", self.condition(kind, defined))
        word = "and" if sort < 0.87 else "or"
        return (word, self.condition(kind, defined), self.leaf(kind, defined))

    def flag(self, kind: str, name: str, defined: tuple[str, ...]) -> Iterator[Rule]:
        """A base, what overrides it, and now and then what contradicts it."""
        base = Rule(f"{name}.base", kind, "define", name, ("truth", self.chance(0.5)))
        yield base
        when = (self.condition(kind, defined),)
        value = ("truth", not base.value[1])
        if self.chance(0.5):
            self.traits.add("overriding")
            yield Rule(f"{name}.other", kind, "define", name, value, when, (), (base.id,))
        elif self.chance(0.12):
            self.traits.add("conflict")
            yield Rule(f"{name}.against", kind, "define", name, value, when)

    def amount(self, name: str, may: float) -> Iterator[Rule]:
        """A definition, one that overrides it, one that overrides both."""
        known = ("flag0", "flag1")
        previous: list[str] = []
        for depth in range(self.random.choice((1, 2, 3, 3))):
            rule = Rule(f"{name}.{depth}", "holder", "define", name, self.value(name, depth))
            if depth:
                self.traits.add("overriding")
                rule = replace(
                    rule,
                    when=(self.condition("holder", known),),
                    overrides=tuple(previous),
                    may=self.chance(may),
                )
            if rule.may:
                self.traits.add("may")
            if depth == 2:
                self.traits.add("two-deep")
            previous.append(rule.id)
            yield rule
        if self.chance(0.1):
            self.traits.add("conflict")
            when = (self.condition("holder", known),)
            yield Rule(f"{name}.against", "holder", "define", name, ("exact", 77), when)

    def value(self, name: str, depth: int) -> Term:
        sort = self.random.random()
        step = self.random.choice((1, 2, 3, 5))
        if name == "rate":
            step *= 100
            if sort < 0.25 and depth == 0:
                return ("fact", "m0")
        elif sort < 0.06:
            return ("refused",)
        if sort < 0.4:
            return ("range", step, 2 * step)
        if sort < 0.5:
            return ("readings", step, 4 * step)
        return ("exact", step)


def make_law(random: Random) -> Law:
    """A law: flags, a rate and a factor, and charges for each holder of the garden."""
    make = _Maker(random)
    rules = [*make.flag("garden", "mark", ())]
    for number in range(random.choice((0, 1, 2))):
        when = (make.condition("garden", ("mark",)),)
        rules.append(Rule(f"ground{number}", "garden", "permit", "shed", (), when))
    if make.chance(0.3):
        rules.append(
            Rule("bar", "garden", "forbid", "shed", (), (make.condition("garden", ("mark",)),))
        )
    rules += make.flag("holder", "flag0", ())
    rules += make.flag("holder", "flag1", ("flag0",))
    rules += make.amount("rate", 0.3)
    rules += make.amount("factor", 0.3)
    known = ("flag0", "flag1")
    charge = Rule("charge", "holder", "charge", "rent", ("product",))
    if make.chance(0.7):
        charge = replace(charge, when=(make.condition("holder", known),))
    if make.chance(0.5):
        charge = replace(charge, unless=(make.condition("holder", known),))
    rules.append(charge)
    if make.chance(0.25):
        may = make.chance(0.5)
        make.traits |= {"may"} if may else set()
        when = (make.condition("holder", known),)
        rules.append(
            Rule("flat", "holder", "charge", "rent", ("exact", 50), when, (), ("charge",), may)
        )
    elif make.chance(0.1):
        make.traits.add("conflict")
        when = (make.condition("holder", known),)
        rules.append(Rule("second", "holder", "charge", "rent", ("exact", 60), when))
    if make.chance(0.2):
        when = (make.condition("holder", known),)
        rules.append(Rule("more", "holder", "add", "extra", ("exact", 9), when))
    return Law(tuple(rules), frozenset(make.traits))


# --- text -----------------------------------------------------------------------------------------
def write_law(folder: Path, rules: tuple[Rule, ...]) -> Path:
    """A folder of rulesets with a law in it."""
    texts = {
        "vocabulary/words.yaml": WORDS,
        "sources/all.yaml": "G1: {where: the gate, kind: paper, read: all}\n",
        "gardens/choice/2000-01-01.yaml": CHOICE_OF_LAW,
        "gardens/rules/2001-01-01.yaml": text_of(rules),
    }
    return write_all(folder, texts)


def text_of(rules: tuple[Rule, ...]) -> str:
    """The law in the rule language."""
    lines = [HEAD.rstrip()]
    for number, (kind, scope) in enumerate((("garden", "gardens"), ("holder", "holders")), 1):
        lines += [f"- article: {number}", f"  for: {kind} in {scope}", "  rules:"]
        lines += [line for rule in rules if rule.kind == kind for line in _rule(rule)]
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"  - id: {rule.id}"
    if rule.may:
        yield "    may: true"
    for word, conditions in (("when", rule.when), ("unless", rule.unless)):
        if conditions:
            yield f"    {word}:"
            yield from (f"    - {_condition(c, rule.kind)}" for c in conditions)
    if rule.overrides:
        yield "    overrides:"
        yield from (f"    - {name}" for name in rule.overrides)
    match rule.effect:
        case "define":
            yield "    define:"
            yield from _value(f"      {rule.kind}.{rule.gives}", rule)
        case "charge" | "add":
            yield "    charge:"
            yield f"      what: {rule.gives}"
            yield "      payer: holder"
            if rule.effect == "add":
                yield "      adds-to: rent"
            yield from _value("      amount", rule)
        case effect:
            yield f"    {effect}: {rule.gives}"


def _value(key: str, rule: Rule) -> Iterator[str]:
    money = rule.gives != "factor"
    match rule.value:
        case ("truth", truth):
            yield f"{key}: {str(truth).lower()}"
        case ("exact", amount):
            yield f"{key}: {_number(amount, money)}"
        case ("fact", name):
            yield f"{key}: holder.{name}"
        case ("range", low, high):
            yield f"{key}: between({_number(low, money)}, {_number(high, money)})"
        case ("readings", one, other):
            yield f"{key}:"
            yield "        readings:"
            yield f"          narrow: {_number(one, money)}"
            yield f"          wide: {_number(other, money)}"
        case ("refused",):
            yield f"{key}:"
            yield "        refuse: 没有倍数"
        case _:
            yield f"{key}: holder.rate * holder.factor"


def _number(amount: int, money: bool) -> str:
    return f"yuan({amount})" if money else str(amount)


def _condition(term: Term, subject: str) -> str:
    match term:
        case ("fact" | "defined", name):
            return f"{subject}.{name}"
        case ("below" | "least" as word, name, limit):
            return f"{subject}.{name} {'<' if word == 'below' else '>='} " + _number(
                limit, name == "m1"
            )
        case ("garden", inner):
            return f"any({_condition(inner, 'g')} for g in gardens)"
        case ("holders", inner):
            return f"any({_condition(inner, 'h')} for h in {subject}.holders)"
        case ("permitted",):
            return "any(permitted(g) for g in gardens)"
        case ("not", inner):
            return f"not ({_condition(inner, subject)})"
        case (word, one, other):
            return f"({_condition(one, subject)}) {word} ({_condition(other, subject)})"
    raise AssertionError(term)


# --- cases ----------------------------------------------------------------------------------------
def make_facts(random: Random) -> Facts:
    """A case with one garden and one or two holders; at most six facts are unknown."""
    holders = ("ada", "ben")[: random.choice((1, 2))]
    places = [("plot", name) for name in (*BOOLEANS["garden"], *NUMBERS["garden"])]
    for holder in holders:
        places += [(holder, name) for name in (*BOOLEANS["holder"], "n0", "m0", "m1")]
    found: dict[tuple[str, str], Any] = {}
    for entity, name in places:
        if name[0] in "bg":
            found[entity, name] = random.random() < 0.5
        elif name[0] in "nk":
            found[entity, name] = random.choice((2, 3, 6, 7, 8))
        else:
            found[entity, name] = random.choice((200, 300, 500, 900, 1000))
        if random.random() < (0.15 if name == "m0" else 0.05):
            found[entity, name] = "unestablished"
    unknown: list[tuple[str, str]] = []
    if random.random() < 0.75:
        candidates = [p for p in places if p[1] != "m0" or random.random() < 0.2]
        unknown = random.sample(candidates, random.randint(1, min(MOST_UNKNOWN, len(candidates))))
    for place in unknown:
        found[place] = random.choice(("unknown", "absent"))
    return Facts(found, holders, tuple(sorted(unknown)))


def case_of(facts: Facts) -> dict[str, Any]:
    """The case as the engine reads it."""
    records: dict[str, dict[str, Any]] = {holder: {} for holder in facts.holders}
    records["plot"] = {"holders": list(facts.holders), "place": "420281"}
    for (entity, name), value in facts.found.items():
        if value == "absent":
            continue
        if value in ("unknown", "unestablished"):
            records[entity][name] = {"state": value}
        else:
            records[entity][name] = f"{value}.00" if name.startswith("m") else value
    plot = records.pop("plot")
    return {
        "schema": "case/1",
        "as_of": "2010-05-04",
        "question": {"ask": "rent", "about": ["plot"]},
        "holders": records,
        "gardens": {"plot": plot},
    }
