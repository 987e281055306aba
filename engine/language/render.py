"""Rules and values as Chinese or English sentences, from the labels of the vocabulary.

    render_rule(rule, vocabulary, "zh")
    # 对本案的借阅中的每个借阅：该借阅的逾期天数超过30的，由该借阅的借阅人缴纳“逾期费”，数额为…。

Deterministic and total: every node, value and effect has a rendering in both languages. Only
logic and connecting words are the language's own (`engine.language.phrases`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from engine.language.diagnostics import Language
from engine.language.expression import Expression, Literal, Or, Read
from engine.language.keywords import canonical, chinese
from engine.language.render_expression import bare, clause, noun
from engine.language.ruleset import (
    Between,
    Charge,
    Competence,
    Define,
    Duty,
    Effect,
    Finding,
    Forbid,
    Governs,
    Grant,
    Lapse,
    OverrideConclusion,
    OverrideRule,
    Pattern,
    Permit,
    Plain,
    Postpone,
    Readings,
    Refuse,
    Refused,
    Rule,
    Sanction,
    Status,
    Table,
    TimeLimit,
    Value,
)
from engine.language.types import BOOLEAN, Type
from engine.language.wording import Labels as Labels
from engine.language.wording import Wording, wording


def render_expression(expression: Expression, names: Labels, lang: Language) -> str:
    """An expression in words, without a full stop."""
    return clause(expression, wording(names, lang, expression))


def render_value(value: Value, names: Labels, lang: Language) -> str:
    """What a definition or an amount is, in words, without a full stop."""
    return _value(value, wording(names, lang, *_expressions(value)))


def render_rule(rule: Rule, names: Labels, lang: Language) -> str:
    """A rule as one sentence: for whom, when, what, unless, in place of what."""
    words = wording(names, lang, *_expressions(rule))
    effects = [_effect(effect, words) for effect in rule.effects]
    effect = ("；" if lang == "zh" else "; ").join(effects)
    opens = [_opened(what, words) for what in rule.opens]
    parts = [
        _for(rule, words),
        _when(rule, words),
        words.say("may", effect=effect) if rule.may else effect,
        *(words.say("unless", condition=clause(one, words)) for one in rule.unless),
        *(_overrides(override, words) for override in rule.overrides),
    ]
    if opens:
        parts.append(words.say("opens", what=words.listed(opens)))
    sentence = "".join(parts).lstrip("；; ")
    return sentence[:1].upper() + sentence[1:] + words.say("end")


# --- values --------------------------------------------------------------------------------------
def _value(value: Value, words: Wording) -> str:
    match value:
        case Plain(expression=expression):
            return clause(expression, words)
        case Between(low=low, high=high):
            return words.say("between", low=clause(low, words), high=clause(high, words))
        case Refused(reason=reason):
            return words.say("refused", reason=reason.of(words.lang))
        case Readings(options=options):
            read = [
                words.say("reading", label=label, value=_value(option, words))
                for label, option in options
            ]
            return words.say("otherwise").join(read)
        case Table():
            return _table(value, words)


def _table(table: Table, words: Wording) -> str:
    inputs = words.listed([noun(one, words) for one in table.inputs])
    rows = []
    for row in table.rows:
        pairs = zip(row.patterns, table.inputs, strict=False)
        patterns = words.listed([_pattern(pattern, one.type, words) for pattern, one in pairs])
        rows.append(words.say("row", patterns=patterns, value=_value(row.value, words)))
    return words.say("table", inputs=inputs, rows=words.say("otherwise").join(rows))


def _pattern(pattern: Pattern, type: Type, words: Wording) -> str:
    if pattern.truth is not None:
        return words.say("true" if pattern.truth else "false")
    if pattern.codes:
        said = words.step if type.base == "step" else words.code
        return words.say("either").join(said(str(type.about), code) for code in pattern.codes)
    low, high = pattern.low, pattern.high
    if low is not None and high is not None:
        return str(low) if low == high else words.say("range", low=low, high=high)
    if low is not None:
        return words.say("from", low=low)
    return words.say("anything") if high is None else words.say("up-to", high=high)


# --- rules ---------------------------------------------------------------------------------------
def _for(rule: Rule, words: Wording) -> str:
    if rule.subject is None:
        return ""
    collection = rule.subject.collection
    item = collection.type.item or collection.type
    bound = words.thing(item, "each")
    if isinstance(collection, Read) and collection.key == f"every_{item.about}":
        return words.say("for-every", bound=bound)
    return words.say("for", bound=bound, collection=clause(collection, words))


def _when(rule: Rule, words: Wording) -> str:
    if not rule.when:
        return ""
    conditions = [clause(one, words) for one in rule.when]
    if len(conditions) > 1:
        conditions = [
            words.bracketed(text) if isinstance(one, Or) else text
            for one, text in zip(rule.when, conditions, strict=True)
        ]
    return words.say("when", conditions=words.say("and").join(conditions))


def _overrides(override: OverrideRule | OverrideConclusion, words: Wording) -> str:
    if isinstance(override, OverrideRule):
        return words.say("instead-of-rule", rule=override.local)
    label = words.conclusion(override.conclusion)
    rank = words.code("rank", override.rank_below)
    return words.say("instead-of-lower", rank=rank, label=label)


def _opened(what: str, words: Wording) -> str:
    """`permit further-birth` is the conclusion, `lapse` the effect, `birth.counts_as` the name."""
    _, _, conclusion = what.partition(" ")
    if conclusion:
        label = words.conclusion(conclusion)
    elif canonical(what) is not None and words.info(what) is None:
        label = chinese(what) if words.lang == "zh" else what
    else:
        label = words.name(what)
    return words.say("text", text=label)


def _effect(effect: Effect, words: Wording) -> str:
    match effect:
        case Define():
            return _define(effect, words)
        case Permit(object=what):
            return words.say("permit", label=words.conclusion(what))
        case Forbid(object=what, grounds=grounds):
            return words.say(
                "forbid", label=words.conclusion(what), grounds=_grounds(grounds, words)
            )
        case Postpone(object=what, grounds=grounds):
            return words.say(
                "postpone", label=words.conclusion(what), grounds=_grounds(grounds, words)
            )
        case Charge():
            return _charge(effect, words)
        case Lapse(what=what, extent=extent, day=day):
            said = "" if day is None else clause(day, words)
            return words.say(f"lapse {extent}", label=words.conclusion(what), day=said)
        case Refuse(what=None, reason=reason):
            return words.say("refuse-all", reason=reason.of(words.lang))
        case Refuse(what=what, reason=reason):
            label = words.conclusion(str(what))
            return words.say("refuse", label=label, reason=reason.of(words.lang))
        case Sanction():
            return _sanction(effect, words)
        case Grant():
            return _grant(effect, words)
        case Duty(bearer=bearer, what=what):
            return words.say("duty", bearer=clause(bearer, words), label=words.conclusion(what))
        case TimeLimit():
            return _time(effect, words)
        case Competence(what=what, authority=authority, place=place):
            where = clause(place, words)
            label = words.conclusion(what)
            return words.say(
                "competence", label=label, place=where, authority=words.issuer(authority)
            )
        case Governs():
            return _governs(effect, words)
        case Status():
            return _status(effect, words)
        case Finding(what=what, lawful=lawful):
            label = words.conclusion(what)
            return words.say("finding", label=label, lawful=_value(lawful, words))


def _define(effect: Define, words: Wording) -> str:
    info = words.info(effect.key)
    type = BOOLEAN if info is None else info.type
    value = effect.value
    if info is None or type != BOOLEAN:
        return words.say("define", name=_defined(effect, words), value=_value(value, words))
    if isinstance(value, Plain) and isinstance(value.expression, Literal):
        mood = "holds" if value.expression.value else "fails"
        return words.say("defined", holds=_defined(effect, words, mood))
    name = _defined(effect, words, "whether")
    return words.say("defined-by", name=name, value=_value(value, words))


def _defined(effect: Define, words: Wording, mood: str = "read") -> str:
    """What a definition gives a value: a name, or a condition in a mood."""
    label = words.name(effect.key)
    if effect.subject is not None:
        said = bare(label, effect.subject, words) if mood == "read" else label
        return words.say(mood, subject=clause(effect.subject, words), label=said)
    return words.say(f"case-{mood}", label=label)


def _grounds(grounds: tuple[str, ...], words: Wording) -> str:
    return words.say("grounds", grounds=words.listed(list(grounds))) if grounds else ""


def _charge(effect: Charge, words: Wording) -> str:
    payer, amount = _value(effect.payer, words), _value(effect.amount, words)
    text = words.say("charge", payer=payer, label=words.conclusion(effect.what), amount=amount)
    if effect.adds_to is not None:
        text += words.say("adds-to", label=words.conclusion(effect.adds_to))
    return text


def _sanction(effect: Sanction, words: Wording) -> str:
    bearer, extent = clause(effect.bearer, words), _value(effect.measure, words)
    text = words.say("sanction", bearer=bearer, label=words.conclusion(effect.what), extent=extent)
    if effect.period is not None:
        text += words.say("period", period=_value(effect.period, words))
    return text


def _grant(effect: Grant, words: Wording) -> str:
    text = words.say("grant", to=clause(effect.to, words), label=words.conclusion(effect.what))
    if effect.least:
        text += words.say("grant-least")
    if effect.amount is not None:
        text += words.say("grant-amount", amount=_value(effect.amount, words))
    if effect.per is not None:
        text += words.say(f"per {effect.per}")
    if effect.total is not None:
        text += words.say("grant-total", total=_value(effect.total, words))
    if effect.duration is not None:
        text += words.say("period", period=_value(effect.duration, words))
    if effect.days != "calendar":
        text += words.say(effect.days)
    if effect.start is not None:
        text += words.say("status-start", start=clause(effect.start, words))
    if effect.until is not None:
        text += words.say("grant-until", until=clause(effect.until, words))
    if effect.apply_by is not None:
        text += words.say("grant-apply-by", day=clause(effect.apply_by, words))
    if effect.payer is not None:
        text += words.say("grant-payer", payer=words.issuer(effect.payer))
    if effect.authority is not None:
        text += words.say("grant-authority", authority=words.issuer(effect.authority))
    return text


def _time(effect: TimeLimit, words: Wording) -> str:
    start, length = clause(effect.start, words), _value(effect.length, words)
    text = words.say("time", label=words.conclusion(effect.what), start=start, length=length)
    text += words.say(effect.days)
    if effect.suspended is not None:
        text += words.say("suspended", days=clause(effect.suspended, words))
    if effect.if_holiday != "stands":
        text += words.say(effect.if_holiday)
    return (
        text if effect.then is None else text + words.say("then", then=effect.then.of(words.lang))
    )


def _governs(effect: Governs, words: Wording) -> str:
    named = [_opened(what, words) for what in effect.effects]
    named += [words.say("text", text=words.question(one)) for one in effect.questions]
    what = words.listed(named) if named else words.say("everything")
    place, day = clause(effect.place, words), clause(effect.day, words)
    text = words.say("governs", what=what, place=place, day=day)
    text += words.say(f"choose {effect.choose}")
    if effect.together:
        whole = [words.say("text", text=words.conclusion(one)) for one in effect.together]
        text += words.say("together", what=words.listed(whole))
    if effect.ranks:
        ranks = words.listed([words.code("rank", one) for one in effect.ranks])
        text += words.say("texts of ranks", ranks=ranks)
    return text + words.say("texts asked") if effect.texts == "asked" else text


def _status(effect: Status, words: Wording) -> str:
    text = words.say("status", label=words.conclusion(effect.what))
    if effect.value is not None:
        text += words.say("status-value", value=_value(effect.value, words))
    if effect.start is not None:
        text += words.say("status-start", start=clause(effect.start, words))
    if effect.length is not None:
        text += words.say("period", period=clause(effect.length, words))
    return text


def _expressions(part: object) -> Iterator[Expression]:
    """The outermost expressions in a rule, an effect or a value."""
    if isinstance(part, Expression):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _expressions(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _expressions(getattr(part, field.name))
