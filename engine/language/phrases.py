"""The sentences that expressions and rules are rendered in: logic and connecting words only.

What a rule speaks of comes from the labels of the vocabulary. Each entry is Chinese, English.
"""

from __future__ import annotations

from engine.language.diagnostics import Bilingual, Language

_TABLE: dict[str, tuple[str, str]] = {
    # names
    "read": ("{subject}的{label}", "the {label} of {subject}"),
    "holds": ("{subject}符合“{label}”", '"{label}" applies to {subject}'),
    "fails": ("{subject}不符合“{label}”", '"{label}" does not apply to {subject}'),
    "case-holds": ("“{label}”成立", '"{label}" is true'),
    "case-fails": ("“{label}”不成立", '"{label}" is not true'),
    "whether": ("{subject}是否符合“{label}”", 'whether "{label}" applies to {subject}'),
    "case-whether": ("“{label}”是否成立", 'whether "{label}" is true'),
    "read-at": ("{subject}{when}的{label}", "the {label} of {subject} {when}"),
    "case-read": ("{label}", "{label}"),
    "case-read-at": ("{label}（{when}）", "{label} {when}"),
    "holds-at": ("{subject}{when}符合“{label}”", '"{label}" applies to {subject} {when}'),
    "fails-at": (
        "{subject}{when}不符合“{label}”",
        '"{label}" does not apply to {subject} {when}',
    ),
    "whether-at": (
        "{subject}{when}是否符合“{label}”",
        'whether "{label}" applies to {subject} {when}',
    ),
    "case-holds-at": ("“{label}”{when}成立", '"{label}" is true {when}'),
    "case-fails-at": ("“{label}”{when}不成立", '"{label}" is not true {when}'),
    "case-whether-at": ("“{label}”{when}是否成立", 'whether "{label}" is true {when}'),
    "on": ("在{when}", "on {when}"),
    "in": ("在{when}", "in {when}"),
    "free": ("该{kind}", "the {kind}"),
    "bound": ("该{kind}", "that {kind}"),
    "each": ("每个{kind}", "each {kind}"),
    "item": ("该项", "the item"),
    "named": ("{one}（{name}）", "{one} ({name})"),
    "year-of": ("{number}年", "{number}"),
    # places
    "province": ("{place}所在的省", "the province of {place}"),
    "city": ("{place}所在的市", "the city of {place}"),
    "county": ("{place}所在的县", "the county of {place}"),
    "township": ("{place}所在的乡镇", "the township of {place}"),
    "place-code": ("地区{code}", "place {code}"),
    "level": ("{level}级", "{level} level"),
    # literals
    "true": ("是", "true"),
    "false": ("否", "false"),
    "yuan": ("{amount} 元", "{amount} yuan"),
    "day": ("{year}年{month}月{day}日", "{year:04}-{month:02}-{day:02}"),
    "years": ("{n}年", "{n} years"),
    "months": ("{n}个月", "{n} months"),
    "days": ("{n}日", "{n} days"),
    "one-years": ("{n}年", "{n} year"),
    "one-months": ("{n}个月", "{n} month"),
    "one-days": ("{n}日", "{n} day"),
    "text": ("“{text}”", '"{text}"'),
    # logic
    "and": ("，并且", " and "),
    "or": ("，或者", " or "),
    "not": ("并非{a}", "it is not the case that {a}"),
    "brackets": ("（{a}）", "({a})"),
    "one-of": ("{item}是{options}之一", "{item} is one of {options}"),
    "none-of": ("{item}不是{options}中的任何一个", "{item} is none of {options}"),
    "includes": ("{listed}包括{item}", "{listed} include {item}"),
    "excludes": ("{listed}不包括{item}", "{listed} do not include {item}"),
    # comparison: a word for what is counted, dated, stepped, timed
    "number >=": ("{a}不少于{b}", "{a} is at least {b}"),
    "number >": ("{a}超过{b}", "{a} is more than {b}"),
    "number <=": ("{a}不超过{b}", "{a} is at most {b}"),
    "number <": ("{a}少于{b}", "{a} is less than {b}"),
    "number ==": ("{a}等于{b}", "{a} is equal to {b}"),
    "number !=": ("{a}不等于{b}", "{a} is not equal to {b}"),
    "date >=": ("{a}不早于{b}", "{a} is not earlier than {b}"),
    "date >": ("{a}晚于{b}", "{a} is later than {b}"),
    "date <=": ("{a}不晚于{b}", "{a} is not later than {b}"),
    "date <": ("{a}早于{b}", "{a} is earlier than {b}"),
    "step >=": ("{a}不轻于{b}", "{a} is not lighter than {b}"),
    "step >": ("{a}重于{b}", "{a} is heavier than {b}"),
    "step <=": ("{a}不重于{b}", "{a} is not heavier than {b}"),
    "step <": ("{a}轻于{b}", "{a} is lighter than {b}"),
    "period >=": ("{a}不短于{b}", "{a} is not shorter than {b}"),
    "period >": ("{a}长于{b}", "{a} is longer than {b}"),
    "period <=": ("{a}不长于{b}", "{a} is not longer than {b}"),
    "period <": ("{a}短于{b}", "{a} is shorter than {b}"),
    "boolean ==": ("{a}与{b}相同", "{a} is the same as {b}"),
    "boolean !=": ("{a}与{b}不同", "{a} is not the same as {b}"),
    "==": ("{a}是{b}", "{a} is {b}"),
    "!=": ("{a}不是{b}", "{a} is not {b}"),
    # over a list; `among` is the list, narrowed down or not
    "among": ("{listed}中满足（{where}）者", "those of {listed} for which ({where})"),
    "any": ("{among}中至少有一个满足（{body}）", "for at least one of {among}, ({body})"),
    "all": ("{among}全都满足（{body}）", "for every one of {among}, ({body})"),
    "none": ("{among}中没有一个满足（{body}）", "for none of {among}, ({body})"),
    "none-one": ("{among}中没有一个", "none of {among}"),
    "any-one": ("{among}中至少有一个", "at least one of {among}"),
    "every-one": ("{among}中每一个", "every one of {among}"),
    "every-one-holds": ("{among}每一个都", "every one of {among}"),
    "count": ("{among}的个数", "the number of {among}"),
    "sum": ("{among}的（{body}）之和", "the total of ({body}) over {among}"),
    "min": ("{among}的（{body}）中的最小值", "the least of ({body}) over {among}"),
    "max": ("{among}的（{body}）中的最大值", "the greatest of ({body}) over {among}"),
    "min date": ("{among}的（{body}）中最早的一日", "the earliest of ({body}) over {among}"),
    "max date": ("{among}的（{body}）中最晚的一日", "the latest of ({body}) over {among}"),
    "min step": ("{among}的（{body}）中最轻的", "the lightest of ({body}) over {among}"),
    "max step": ("{among}的（{body}）中最重的", "the heaviest of ({body}) over {among}"),
    "first": ("{among}中（{by}）最小的一个", "the one of {among} with the least ({by})"),
    "earliest": ("{among}中（{by}）最早的一个", "the one of {among} with the earliest ({by})"),
    "collect": ("{among}的（{body}）", "({body}) for {among}"),
    "join": ("{among}的（{body}）合在一起", "all of ({body}) for {among}"),
    # functions
    "established": ("{fact}已经查明", "{fact} is established"),
    "verified": ("{fact}经{issuers}核实", "{fact} is verified by {issuers}"),
    "all-issuers": ("{issuers}全部", "all of {issuers}"),
    "any-issuer": ("{issuers}之一", "one of {issuers}"),
    "statistic": (
        "{place}在{year}的{series}（{details}）",
        "the {series} ({details}) of {place} for {year}",
    ),
    "results": ("{bearer}此前的“{label}”结论", 'the earlier conclusions "{label}" for {bearer}'),
    "year": ("{0}所在年份", "the year of {0}"),
    "years_between": ("从{0}到{1}的整年数", "the whole years from {0} to {1}"),
    "months_between": ("从{0}到{1}的整月数", "the whole months from {0} to {1}"),
    "age_on": ("从{0}起算、在{1}时的周岁", "the age at {1}, counted from {0}"),
    "months_after": ("{0}之后{1}", "{1} after {0}"),
    "days_after": ("{0}之后{1}", "{1} after {0}"),
    "within": ("{0}在{1}起{2}以内", "{0} is within {2} of {1}"),
    "permitted": ("{0}获得准许", "{0} is permitted"),
    "forbidden": ("{0}被禁止", "{0} is forbidden"),
    "postponed": ("{0}被暂缓", "{0} is postponed"),
    "step-up": ("比{a}重{n}档", "{n} up from {a}"),
    "step-down": ("比{a}轻{n}档", "{n} down from {a}"),
    "least": ("{values}中的最小者", "the least of {values}"),
    "greatest": ("{values}中的最大者", "the greatest of {values}"),
    # values
    "between": ("{low}至{high}之间", "between {low} and {high}"),
    "refused": ("没有数值（{reason}）", "no value ({reason})"),
    "reading": ("读作“{label}”时，{value}", 'read as "{label}", {value}'),
    "otherwise": ("；", "; "),
    "table": ("按{inputs}：{rows}", "by {inputs}: {rows}"),
    "row": ("{patterns}的，{value}", "{patterns}, {value}"),
    "from": ("{low}以上", "{low} or more"),
    "up-to": ("{high}以下", "{high} or less"),
    "range": ("{low}至{high}", "{low} to {high}"),
    "anything": ("任意", "any"),
    "either": ("或", " or "),
    # rules
    "for-every": ("对{bound}：", "for {bound}: "),
    "for": ("对{collection}中的{bound}：", "for {bound} of {collection}: "),
    "when": ("{conditions}的，", "where {conditions}, "),
    "unless": ("；但{condition}的除外", "; unless {condition}"),
    "may": ("可以：{effect}", "it may be that {effect}"),
    "instead-of-rule": ("；取代{rule}", "; in place of {rule}"),
    "instead-of-lower": (
        "；取代位阶低于“{rank}”的“{label}”",
        '; in place of "{label}" of a rank below "{rank}"',
    ),
    "opens": ("；{what}由下级规定", "; leaves {what} to lower law"),
    "end": ("。", "."),
    "define": ("{name}为{value}", "{name} is {value}"),
    "defined": ("认定{holds}", "{holds}"),
    "defined-by": ("{name}，取决于：{value}", "{name} depends on: {value}"),
    "permit": ("准许“{label}”", 'permits "{label}"'),
    "forbid": ("不准许“{label}”{grounds}", 'does not permit "{label}"{grounds}'),
    "postpone": ("暂缓“{label}”{grounds}", 'postpones "{label}"{grounds}'),
    "grounds": ("（限于理由 {grounds}）", " (on the grounds {grounds})"),
    "charge": ("由{payer}缴纳“{label}”，数额为{amount}", '{payer} pays "{label}" of {amount}'),
    "adds-to": ("，计入“{label}”", ', as a part of "{label}"'),
    "lapse wholly": ("“{label}”全部终止", '"{label}" ends wholly'),
    "lapse unpaid-rest": ("“{label}”未付部分终止", 'the unpaid rest of "{label}" ends'),
    "lapse from-day": ("“{label}”自{day}起终止", '"{label}" ends from {day}'),
    "refuse": ("不作“{label}”的结论：{reason}", 'no conclusion "{label}": {reason}'),
    "refuse-all": ("不作结论：{reason}", "no conclusion: {reason}"),
    "sanction": ("对{bearer}适用“{label}”：{extent}", '"{label}" for {bearer}: {extent}'),
    "sanction-range": ("{least}至{most}", "{least} to {most}"),
    "period": ("，期间为{period}", ", for {period}"),
    "grant": ("给予{to}“{label}”", 'grants {to} "{label}"'),
    "grant-amount": ("，数额为{amount}", ", of {amount}"),
    "grant-payer": ("，由“{payer}”支付", ', paid by "{payer}"'),
    "duty": ("{bearer}承担“{label}”", '{bearer} has the duty "{label}"'),
    "time": (
        "“{label}”的期限自{start}起{length}",
        'the time for "{label}" is {length} from {start}',
    ),
    "calendar": ("（日历日）", " (calendar days)"),
    "working": ("（工作日）", " (working days)"),
    "then": ("，期满后：{then}", ", after which: {then}"),
    "competence": (
        "“{label}”由{place}的“{authority}”管辖",
        '"{authority}" of {place} is competent for "{label}"',
    ),
    "governs": (
        "{what}适用{place}在{day}的规定",
        "{what}: the law of {place} on {day} governs",
    ),
    "choose readings": ("（各地规定并列为不同读法）", " (several laws are several readings)"),
    "choose most-favourable": ("（取最有利者）", " (the most favourable is taken)"),
    "choose lightest": ("（取最轻者）", " (the lightest is taken)"),
    "choose bearer": ("（由当事方选择）", " (the bearer chooses)"),
    "status": ("处于“{label}”", 'has the state "{label}"'),
    "status-start": ("，自{start}起", ", from {start}"),
    "everything": ("一切事项", "everything"),
}  # fmt: skip

PHRASES: dict[str, Bilingual] = {key: Bilingual(zh, en) for key, (zh, en) in _TABLE.items()}


def say(key: str, lang: Language, *values: object, **fields: object) -> str:
    """A phrase with its gaps filled."""
    return PHRASES[key].of(lang).format(*values, **fields)


def listed(parts: list[str], lang: Language) -> str:
    """Several things in a row.

    >>> listed(["a", "b", "c"], "en"), listed(["a", "b"], "zh")
    ('a, b and c', 'a、b')
    """
    if lang == "zh" or len(parts) < 2:
        return "、".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]
