"""An invented law for the tests of assurance: hives, who owns them, and what they are taxed."""

from __future__ import annotations

from pathlib import Path

from engine.assurance.scenarios import Prepared, prepare, read_scenarios
from engine.decision.governing.law import Law, load_law
from tests.written import write_all

WORDS = """\
kinds:
  keeper: {section: keepers, zh: 蜂农, en: keeper}
  hive: {section: hives, listed: listed, zh: 蜂箱, en: hive}
enumerations:
  wood: {pine: {zh: 松木（软）, en: pine}, oak: {zh: 橡木, en: oak}}
facts:
  keeper.old: {type: boolean, zh: 年长, en: old}
  keeper.home: {type: place, varies: history, main: place, zh: 住处, en: home}
  keeper.honey: {type: money, varies: year, zh: 产蜜（年）, en: honey}
  keeper.away: {type: boolean, varies: history, main: "true", zh: 外出, en: away}
  hive.owner: {type: keeper, zh: 主人, en: owner}
  hive.boxes: {type: number, unit: box, zh: 层数, en: boxes}
  hive.wild: {type: boolean, zh: 野生, en: wild}
  hive.wood: {type: wood, zh: 木料, en: wood}
relations:
  hives: {type: list of hive, means: "[h for h in every_hive if h in about]", zh: 各箱, en: hives}
  keepers:
    type: list of keeper
    means: "[k for k in every_keeper if k in about]"
    zh: 各蜂农
    en: keepers
defined:
  place: {type: place, zh: 地, en: place}
  hive.rate: {type: money, zh: 税率, en: rate}
  keeper.may_add: {type: boolean, zh: 准许, en: may add a hive}
conclusions:
  hive-tax: {effect: charge, combination: unique, none: none-due, zh: 蜂税, en: hive tax}
  further-hive: {effect: permit, combination: collect, zh: 添箱, en: further hive}
questions:
  tax: {about: [hive], seeks: charge hive-tax, zh: 蜂税, en: hive tax}
  more:
    about: [keeper]
    seeks: permit further-hive
    decides: keeper.may_add
    object: hive
    zh: 添箱
    en: further hive
evidence: {scale: {zh: 秤单, en: scale slip}}
issuers: {market: {zh: 市集, en: market}}
series:
  price:
    zh: 蜜价
    en: price of honey
    concepts: {fresh: {zh: 鲜蜜, en: fresh}}
    statuses: {north: {zh: 北岸, en: north}}
    levels: [county]
"""

CHOICE_OF_LAW = """\
instrument:
  id: bees/choice
  title: {zh: 适用, en: Choice of law}
  rank: law
  territory: 000000
version: {in-force: 2000-01-01, confidence: confirmed, sources: [B1]}
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
      effects: [define, charge, permit]
      questions: [tax, more]
      place: place
      day: assessment.date
"""

RULES = """\
instrument:
  id: bees/rules
  title: {zh: 养蜂规则, en: Bee rules}
  rank: local-regulation
  territory: 420281
version: {in-force: 2001-01-01, confidence: confirmed, sources: [B1]}
fills: [charge hive-tax, permit further-hive]
articles:
- article: 3
  for: hive in hives
  rules:
  - id: rate
    define:
      hive.rate: yuan(10)
  - id: rate.large
    when: hive.boxes >= 3
    overrides: rate
    define:
      hive.rate: yuan(25)
  - id: tax
    unless: hive.wild
    charge:
      what: hive-tax
      payer: hive.owner
      amount: hive.rate
- article: 4
  for: hive in hives
  rules:
  - id: relief
    when: hive.owner.old
    overrides:
    - 3/rate
    - 3/rate.large
    define:
      hive.rate: yuan(5)
"""

SOURCES = "B1: {where: the hut, kind: paper, read: all}\n"

SMALL = """\
  @3
  场景大纲: 三层起按大箱
    假如 事实如下
      | 对象 | 事实 | 值     |
      | h1   | 层数 | <层数> |
    当 询问"h1"的"蜂税"
    那么 "ann"应缴"<税>"至"<税>"

    例子:
      | 层数 | 税    |
      | 2    | 10.00 |
      | 3    | 25.00 |
"""

LARGE = """\
  @3
  场景: 大箱
    当 询问"h1"的"蜂税"
    那么 "ann"应缴"25.00"至"25.00"
"""

WILD = """\
  @3
  场景: 野生的不征
    假如 事实如下
      | 对象 | 事实 | 值 |
      | h1   | 野生 | 是 |
    当 询问"h1"的"蜂税"
    那么 无须缴纳
"""

HEAD = """\
# language: zh-CN
功能: 蜂税

  背景:
    假如 地点为"420281"
    而且 决定日期为"2010-05-14"
    而且 有以下"蜂农"
      | 编号 | 年长 |
      | ann  | 否   |
    而且 有以下"蜂箱"
      | 编号 | 主人 | 层数 | 野生 |
      | h1   | ann  | 4    | 否   |

"""


def write_law(folder: Path, rules: str = RULES) -> Law:
    """The law of the apiary, or with other rules."""
    texts = {
        "vocabulary/words.yaml": WORDS,
        "sources/all.yaml": SOURCES,
        "bees/choice/2000-01-01.yaml": CHOICE_OF_LAW,
        "bees/rules/2001-01-01.yaml": rules,
    }
    return load_law(write_all(folder, texts))


def write_features(folder: Path, *scenarios: str) -> Path:
    """A folder with one feature file of these scenarios."""
    (folder / "bees").mkdir(parents=True, exist_ok=True)
    text = HEAD + "\n".join(scenarios)
    (folder / "bees/tax.feature").write_text(text, encoding="utf-8")
    return folder


def prepared(folder: Path, law: Law, *scenarios: str) -> list[Prepared]:
    """The scenarios, read and understood."""
    found = read_scenarios(write_features(folder, *scenarios))
    return [prepare(one, law.vocabulary) for one in found]
