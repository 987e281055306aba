"""An invented law for the tests of rulesets: a library, its readers, and what late loans cost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.written import write_all

VOCABULARY = """\
kinds:
  reader: {section: readers, zh: 读者, en: reader, roles: [borrower]}
  loan: {section: loans, zh: 借阅, en: loan, listed: listed}
  visit:
    zh: 到馆
    en: visit
    groups: {of: loan, members: loans, same: reader, near: lent, days: 1, unless: online}
enumerations:
  card: {adult: {zh: 成人卡, en: adult card}, junior-plus: {zh: 少年卡, en: junior card}}
  sex: {male: {zh: 男, en: male}, female: {zh: 女, en: female}}
ladders:
  measures:
  - {id: reminder, zh: 提醒, en: reminder}
  - {id: exclusion, zh: 停止借阅, en: exclusion}
facts:
  reader.card:
    type: card
    varies: history
    fields: {branch: place}
    zh: 借书卡
    en: library card
    question: {zh: 持哪一种卡？, en: Which card?}
    evidence: [card-copy]
  reader.sex: {type: sex, zh: 性别, en: sex, role-specific: true}
  reader.fond: {type: boolean, zh: 爱好阅读, en: fond of reading}
  reader.clubs: {type: card, many: true, zh: 卡, en: cards}
  loan.reader: {type: borrower, zh: 借阅人, en: borrower}
  loan.lent: {type: date, zh: 借出日, en: day of lending}
  loan.online: {type: boolean, zh: 网上借阅, en: online}
  loan.days_late: {type: number, unit: day, zh: 逾期天数, en: days late}
  loan.excuse:
    type: boolean
    zh: 免责
    en: excuse
    burden: authority
    closes: {value: none, conclusion: permit extension}
relations:
  loans:
    type: list of loan
    means: "[one for one in every_loan if one in about]"
    zh: 各次借阅
    en: the loans
  readers:
    type: list of reader
    means: "[one.reader for one in loans]"
    zh: 各读者
    en: the readers
terms:
  loan.late: {means: loan.days_late > 30, zh: 逾期, en: late}
  loan.by_junior:
    means: at(loan.reader.card, loan.lent) == junior_plus
    zh: 少年借阅
    en: by a junior
defined:
  loan.order: {type: number, zh: 次序, en: order}
  loan.rate: {type: money, zh: 每日费率, en: rate for a day}
  loan.factor: {type: number, zh: 倍数, en: factor}
  borrower.total: {type: money, zh: 合计, en: total}
  base_year: {type: number year, zh: 基准年, en: base year}
  base_day: {type: date, zh: 基准日, en: base day}
conclusions:
  late-fee: {effect: charge, combination: sum, none: none-due, zh: 逾期费, en: late fee}
  extension: {effect: permit, combination: collect, zh: 续借, en: extension}
  discipline: {effect: sanction, combination: heaviest, ladder: measures, zh: 处理, en: discipline}
questions:
  fee: {about: [loan], seeks: charge late-fee, zh: 逾期费, en: late fee}
  again:
    about: [borrower]
    supposes: {kind: loan, lent: date, reader: self}
    seeks: permit extension
    decides: loan.late
    object: loan
    zh: 可否再借
    en: may the reader borrow again
evidence: {card-copy: {zh: 卡的复印件, en: copy of the card}}
issuers: {front-desk: {zh: 前台, en: front desk}}
excluded:
  reading_habits:
    zh: 不记录读什么书
    en: what is read is not recorded
    exceptions: [{zh: 罚款, en: fines}]
series: {prices: {concepts: {list: 定价}, statuses: {new, used}, levels: [city]}}
"""

HEAD = """\
instrument:
  id: lending/rules
  title: {zh: 借阅规则, en: Lending rules}
  rank: local-regulation
  territory: 000000
version: {in-force: 2001-01-01, confidence: confirmed, sources: [L1]}
"""

BASE = (
    HEAD
    + """\
fills: [permit extension, charge late-fee]
articles:
- article: 3
  gist: {zh: 可以续借, en: may be extended}
  for: loan in loans
  when: loan.days_late < 10
  permit: extension
  items:
  - item: 1
    id: junior
    when: loan.by_junior
  - item: 2
    id: fond
    confidence: probable
    when: loan.reader.fond
- article: 4
  for: loan in loans
  id: interval
  when: loan.order > 3
  postpone: extension
  grounds: 3.1
- article: 7
  gist: {zh: 图书馆收取逾期费, en: the library charges a late fee}
  for: loan in loans
  rules:
  - id: rate
    define:
      loan.rate: yuan(2)
  - id: rate.junior
    may: true
    when: loan.by_junior
    overrides: rate
    define:
      loan.rate: yuan(1)
  - id: factor
    define:
      loan.factor:
        by: loan.order
        1: between(1, 2)
        2+: 3
  - id: fee
    when: loan.late
    unless: loan.excuse
    charge:
      what: late-fee
      payer: loan.reader
      amount: loan.rate * loan.factor
"""
)

SOURCES = (
    "L1: {where: the desk, kind: paper, read: all}\nL2: {where: the hall, kind: paper, read: all}\n"
)


def write(folder: Path, files: Mapping[str, str], vocabulary: str = VOCABULARY) -> Path:
    """A folder of rulesets with these versions of the lending rules, by file name."""
    texts = {
        "vocabulary/words.yaml": vocabulary,
        "sources/all.yaml": SOURCES,
        **{f"lending/rules/{name}": text for name, text in files.items()},
    }
    return write_all(folder, texts)


def amending(
    changes: str, head: str = "", amends: str = "2001-01-01", day: str = "2005-01-01"
) -> str:
    """A version that amends the one before."""
    version = f"version: {{in-force: {day}, confidence: probable, sources: [L2]}}\n"
    return f"amends: {amends}\n{version}{head}changes:\n{changes}"
