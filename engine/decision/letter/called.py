"""What entities of a case are called in a letter, and whose matter each of them is.

    called(case, vocabulary)["harbour+s1"]            # harbour 2010年1月至3月
    concerned(case, vocabulary, ["x1", "harbour+s1"])   # ["mother", "harbour"]

An entity is called as in the case; but one with a first and a last day is called by its days, and
what is made of two by both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from engine.decision.case.model import Case, EntityRecord, Found
from engine.decision.words.written import in_letter
from engine.language.diagnostics import LANGUAGES, Bilingual
from engine.law.vocabulary import Kind, Vocabulary

_NAMED: Final = re.compile(r"[\w.-]+\+[\w.+-]*\w|（[\w-]+）|\([\w-]+\)")
_BRACKETS: Final = (("（", "）"), ("(", ")"))


def called(case: Case, vocabulary: Vocabulary) -> dict[str, Bilingual]:
    """The words for periods, and for what counts in a period, by their ids."""
    words: dict[str, Bilingual] = {}
    for kind in vocabulary.kinds.values():
        for record in case.entities.get(kind.name, ()) if kind.apart is not None else ():
            days = _days(kind, record)
            if days is not None:
                words[record.id] = period_said(*days)
    for kind in vocabulary.kinds.values():
        if kind.pairs is None:
            continue
        for record in case.entities.get(kind.name, ()):
            of, over = (
                _named(record, kind, name) for name in (kind.pairs.first, kind.pairs.second)
            )
            if of and over and over[0] in words:
                said = words[over[0]]
                words[record.id] = Bilingual(f"{of[0]} {said.zh}", f"{of[0]} in {said.en}")
    return words


def called_in(texts: Iterable[str], words: Mapping[str, Bilingual]) -> dict[str, Bilingual]:
    """Of the words for entities those that texts use: `harbour+s1`, and `s1` in brackets, as it
    stands behind what is counted in it."""
    found: dict[str, Bilingual] = {}
    for code in {one for text in texts for one in _NAMED.findall(text)}:
        said = words.get(code.strip("（）()"))
        if said is not None:
            signs = code[0], code[-1]
            zh, en = (f"{signs[0]}{one}{signs[1]}" for one in (said.zh, said.en))
            found[code] = Bilingual(zh, en) if signs in _BRACKETS else said
    return found


def concerned(case: Case, vocabulary: Vocabulary, bearers: Iterable[str]) -> list[str]:
    """Whose matter it is what `bearers` are found to have, each once: who takes a leave, the
    partners of a couple, the unit whose quarter is judged."""
    listed = [one for several in case.entities.values() for one in several]
    listed.sort(key=lambda one: vocabulary.kinds[one.kind].groups is None)  # a group has no facts
    records = {one.id: one for one in listed}
    found = (party for bearer in bearers for party in _parties(records, vocabulary, bearer))
    return list(dict.fromkeys(found))


def period_said(first: date, last: date) -> Bilingual:
    """A period in words, in whole years or months where it has such.

    >>> period_said(date(2010, 1, 1), date(2010, 12, 31)).zh
    '2010年'
    >>> period_said(date(2010, 4, 1), date(2010, 6, 30))
    Bilingual(zh='2010年4月至6月', en='April 2010 to June 2010')
    >>> period_said(date(2010, 4, 2), date(2010, 6, 30)).zh
    '2010年4月2日至2010年6月30日'
    """
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return _between(first.isoformat(), last.isoformat())
    if first.month == 1 and after.month == 1:
        years = [str(first.year)] if first.year == last.year else [str(first.year), str(last.year)]
        return Bilingual("至".join(f"{year}年" for year in years), " to ".join(years))
    begin, end = first.isoformat()[:7], last.isoformat()[:7]
    if begin == end:
        return Bilingual(in_letter(begin, "zh"), in_letter(begin, "en"))
    said = _between(begin, end)
    if first.year == last.year:
        return Bilingual(f"{in_letter(begin, 'zh')}至{last.month}月", said.en)
    return said


def _between(first: str, last: str) -> Bilingual:
    """From a day or a month to another."""
    zh, en = ([in_letter(one, lang) for one in (first, last)] for lang in LANGUAGES)
    return Bilingual("至".join(zh), " to ".join(en))


def _days(kind: Kind, record: EntityRecord) -> tuple[date, date] | None:
    """The first and last day of a period, where both are known to the day."""
    assert kind.apart is not None
    facts = [record.facts.get(f"{kind.name}.{n}") for n in (kind.apart.first, kind.apart.last)]
    days = [one.value for one in facts if isinstance(one, Found) and type(one.value) is date]
    return (days[0], days[1]) if len(days) == len(facts) else None


def _named(record: EntityRecord, kind: Kind, name: str | None) -> tuple[str, ...]:
    """The entities that a fact names."""
    found = None if name is None else record.facts.get(f"{kind.name}.{name}")
    if not isinstance(found, Found) or found.value is None:
        return ()
    return tuple(map(str, found.value if isinstance(found.value, tuple) else (found.value,)))


def _parties(
    records: Mapping[str, EntityRecord], vocabulary: Vocabulary, bearer: str
) -> Iterator[str]:
    record = records.get(bearer)
    kind = None if record is None else vocabulary.kinds[record.kind]
    leads = None if kind is None else kind.party if kind.pairs is None else (kind.pairs.first,)
    if record is None or kind is None or leads is None:
        yield bearer
        return
    for party in (party for name in leads for party in _named(record, kind, name)):
        yield from _parties(records, vocabulary, party)
