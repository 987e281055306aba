"""An invented vocabulary for the tests of expressions: a library, its readers and their loans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.language.node import Position
from engine.language.types import (
    BOOLEAN,
    DATE,
    MONEY,
    PERIOD,
    PLACE,
    TEXT,
    NameInfo,
    Origin,
    Type,
    Varies,
    code,
    entity,
    list_of,
    number,
    step,
)

KINDS = {"reader": ("读者", "reader"), "loan": ("借阅", "loan"), "book": ("图书", "book")}
ROLES = {"borrower": "reader"}
ENUMERATIONS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "card": {"adult": ("成人卡", "adult card"), "junior-plus": ("少年卡", "junior card")},
    "club": {"chess": ("棋社", "chess club"), "reading-circle": ("读书会", "reading circle")},
    "issuers": {"front-desk": ("前台", "the front desk"), "archive": ("档案室", "the archive")},
    "series": {"prices": ("书价", "book price")},
    "prices.concept": {"list": ("定价", "list price"), "street-price": ("市价", "street price")},
    "prices.status": {"new": ("新书", "new"), "used": ("旧书", "used")},
    "prices.level": {"city": ("市", "city")},
}
LADDERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "measures": {
        "reminder": ("提醒", "reminder"),
        "suspension": ("停借", "suspension"),
        "exclusion": ("除名", "exclusion"),
    }
}
CONCLUSIONS = {
    "late-fee": ("逾期费", "late fee"),
    "renewal": ("续借", "renewal"),
    "discipline": ("处理", "measure"),
}

QUESTIONS = {"fee": ("应否缴费", "whether a fee is due")}


def _info(
    key: str, type: Type, zh: str, en: str, origin: Origin = "found", varies: Varies = "no"
) -> NameInfo:
    return NameInfo(key, type, origin, varies, zh, en)


LOANS, READERS = list_of(entity("loan")), list_of(entity("reader"))
INFOS = (
    _info("loans", LOANS, "本案的借阅", "the loans of the case", "relation"),
    _info("every_reader", READERS, "全体读者", "all readers", "built-in"),
    _info("every_loan", LOANS, "全部借阅", "all loans", "built-in"),
    _info("about", list_of(Type("entity")), "所问的对象", "what is asked about", "built-in"),
    _info("assessment.date", DATE, "决定日", "the day of the decision", "built-in"),
    _info("branch", PLACE, "分馆所在地", "the place of the branch", "defined"),
    _info("reference_year", number(), "参考年度", "reference year", "asked"),
    _info("closed", BOOLEAN, "闭馆", "the library is closed"),
    _info("reader.card", code("card"), "读者卡", "card", varies="history"),
    _info("reader.card.branch", PLACE, "办卡地", "place of the card", varies="history"),
    _info("reader.home", PLACE, "住址", "home", varies="history"),
    _info("reader.clubs", list_of(code("club")), "所属社团", "clubs", varies="history"),
    _info("reader.grant", MONEY, "补助", "grant", varies="year"),
    _info("reader.member", BOOLEAN, "会员", "member", varies="history"),
    _info("reader.favourite", code("club"), "常去社团", "favourite club"),
    _info("reader.born", DATE, "出生日期", "date of birth"),
    _info("reader.staff", BOOLEAN, "馆员", "member of staff"),
    _info("reader.deposit", MONEY, "押金", "deposit"),
    _info("reader.note", TEXT, "备注", "note"),
    _info("reader.measure", step("measures"), "处理措施", "measure"),
    _info("reader.loans", LOANS, "借阅", "loans", "relation"),
    _info("reader.fee_base", MONEY, "计费基数", "fee base", "defined"),
    _info("loan.borrower", entity("reader"), "借阅人", "borrower"),
    _info("loan.readers", READERS, "共同借阅人", "joint borrowers"),
    _info("loan.book", entity("book"), "所借图书", "book"),
    _info("loan.date", DATE, "借出日", "day of the loan"),
    _info("loan.returned", DATE, "归还日", "day of return"),
    _info("loan.late", BOOLEAN, "逾期", "late", "defined"),
    _info("loan.days_late", number("day"), "逾期天数", "days late", "term"),
    _info("loan.renewals", number("renewal"), "续借次数", "renewals"),
    _info("loan.multiple", number(), "倍数", "multiple", "defined"),
    _info("loan.length", PERIOD, "借期", "length"),
    _info("book.price", MONEY, "书价", "price"),
    _info("book.pages", number("page"), "页数", "pages"),
    NameInfo("book.cost", MONEY, "found", "no", "成本", "cost", deprecated="use book.price"),
)


@dataclass(frozen=True, slots=True)
class Library:
    """The vocabulary in memory; `labelled` False: it has no labels but those of names."""

    infos: Mapping[str, NameInfo] = field(default_factory=lambda: {i.key: i for i in INFOS})
    labelled: bool = True

    def kind_of(self, word: str) -> str | None:
        return word if word in KINDS else ROLES.get(word)

    def of_case(self, name: str) -> NameInfo | None:
        return None if name.split(".")[0] in KINDS else self.infos.get(name)

    def of_kind(self, kind: str, name: str) -> NameInfo | None:
        return self.infos.get(f"{kind}.{name}")

    def codes(self, enumeration: str) -> Sequence[str]:
        return tuple(ENUMERATIONS.get(enumeration, ()))

    def ladder(self, name: str) -> Sequence[str]:
        return tuple(LADDERS.get(name, ()))

    def names_of(self, kind: str | None) -> Sequence[str]:
        if kind is None:
            return [key for key in self.infos if key.split(".")[0] not in KINDS]
        return [key.removeprefix(f"{kind}.") for key in self.infos if key.startswith(f"{kind}.")]

    def code_label(self, enumeration: str, code: str, language: str) -> str:
        return self._pick(ENUMERATIONS[enumeration][code], language)

    def step_label(self, ladder: str, step: str, language: str) -> str:
        return self._pick(LADDERS[ladder][step], language)

    def kind_label(self, word: str, language: str) -> str:
        return self._pick(KINDS[word], language)

    def conclusion_label(self, name: str, language: str) -> str:
        return self._pick(CONCLUSIONS[name], language)

    def question_label(self, name: str, language: str) -> str:
        return self._pick(QUESTIONS[name], language)

    def issuer_label(self, issuer: str, language: str) -> str:
        return self._pick(ENUMERATIONS["issuers"][issuer], language)

    def _pick(self, pair: tuple[str, str], language: str) -> str:
        if not self.labelled:
            raise KeyError(pair[1])
        return pair[0] if language == "zh" else pair[1]


LIBRARY = Library()
VARIABLES: Mapping[str, Type] = {"loan": entity("loan"), "reader": entity("reader")}
HERE = Position("a.yaml", 3, 9, 3, 9)


WELL_TYPED: Mapping[str, str] = {
    "max(d for d in [loan.date, loan.returned])": "date",
    "loan.late": "boolean",
    "not loan.late": "boolean",
    "closed or loan.late and reader.staff": "boolean",
    "true": "boolean",
    "loan.days_late > 30": "boolean",
    "1 <= loan.days_late < 30": "boolean",
    "loan.returned > loan.date + days(30)": "boolean",
    "loan.length >= months(1)": "boolean",
    "loan.borrower == reader": "boolean",
    "loan.borrower != reader": "boolean",
    "loan.late == reader.staff": "boolean",
    "loan.multiple == 2": "boolean",
    "reader.note == 'vip'": "boolean",
    "reader.favourite == reading_circle": "boolean",
    "chess == reader.favourite": "boolean",
    "reader.favourite in (chess, reading_circle)": "boolean",
    "reader.favourite not in [chess]": "boolean",
    "chess in at(reader.clubs, loan.date)": "boolean",
    "chess not in at(reader.clubs, loan.date)": "boolean",
    "loan in loans": "boolean",
    "loan in about": "boolean",
    "at(reader.card, loan.date) == junior_plus": "boolean",
    "at(reader.member, loan.date)": "boolean",
    "not at(reader.member, loan.date)": "boolean",
    "reader.measure >= suspension": "boolean",
    "reader.measure < max(reader.measure, exclusion)": "boolean",
    "step(reader.measure, 1)": "step of measures",
    "step(reader.measure, -2)": "step of measures",
    "3 * loan.days_late": "number of day",
    "loan.days_late * loan.renewals": "number of day*renewal",
    "loan.days_late / loan.days_late": "number",
    "loan.days_late * loan.renewals / loan.days_late": "number of renewal",
    "1 / loan.days_late": "number of 1/day",
    "(loan.days_late - 1) ** 2": "number of day*day",
    "-(loan.days_late + 1)": "number of day",
    "0.6 * loan.book.price": "money",
    "percent(20) * loan.days_late * loan.book.price": "money",
    "loan.book.price * (2 + loan.days_late) / 7 - yuan(7000)": "money",
    "loan.book.price / yuan('7000.50')": "number",
    "-yuan(5)": "money",
    "min(loan.book.price, reader.deposit, yuan(7))": "money",
    "max(loan.days_late, 0)": "number of day",
    "date(2014, 3, 27)": "date",
    "loan.date - months(3)": "date",
    "years(4) + days(1)": "period",
    "year(loan.date) - 1": "number",
    "years_between(reader.born, loan.date)": "number of year",
    "months_between(reader.born, loan.date)": "number of month",
    "age_on(reader.born, loan.date) >= 18": "boolean",
    "before_age(reader.born, 18)": "date",
    "months_after(loan.date, 6)": "date",
    "last_day(loan.date, months(6))": "date",
    "days_after(loan.date, loan.days_late)": "date",
    "within(loan.returned, loan.date, days(60))": "boolean",
    "permitted(loan) or forbidden(loan) or postponed(loan)": "boolean",
    "branch": "place",
    "branch.county.city": "place",
    "branch.province == place(420000)": "boolean",
    "branch.township != '420281100'": "boolean",
    "at(reader.home, assessment.date).county": "place",
    "at(reader.card.branch, assessment.date)": "place",
    "at(reader.grant, 2013)": "money",
    "at(reader.grant, reference_year)": "money",
    "any(r.staff for r in loan.readers)": "boolean",
    "all(r.staff for r in loan.readers if r.deposit > yuan(5) if r.born < loan.date)": "boolean",
    "count(l for l in reader.loans if l.late)": "number of loan",
    "sum(l.book.price for l in reader.loans)": "money",
    "min(l.date for l in reader.loans)": "date",
    "max(l.days_late for l in reader.loans)": "number of day",
    "first(l for l in reader.loans if l.late, by=l.date)": "loan",
    "first((l for l in reader.loans), by=l.book.price).borrower.deposit": "money",
    "[l for l in every_loan if l in about]": "list of loan",
    "[l.readers for l in loans]": "list of reader",
    "[l.borrower for l in loans if l.late]": "list of reader",
    "any(any(s == r for s in loan.readers) for r in every_reader)": "boolean",
    "established(reader.deposit)": "boolean",
    "established(at(reader.member, loan.date))": "boolean",
    "stated(reader.deposit)": "boolean",
    "stated(at(reader.member, loan.date))": "boolean",
    "verified(at(reader.grant, 2013), by_all=[front_desk, archive])": "boolean",
    "verified(reader.deposit, by_any=[archive])": "boolean",
    "statistic(prices, concept=street_price, status=new, place=branch.city, year=2013)": "money",
    "statistic(prices, concept=list, status=used, level=city, place=branch, year=1998)": "money",
    "count(m for m in results_of(discipline, of=reader))": "number of discipline",
}
"""Expressions of the invented vocabulary, with their types."""
