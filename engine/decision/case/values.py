"""One value of a case, read by the type that the vocabulary gives it.

What is wrong goes to the report, and the value is None: no value of a case is None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, TypeGuard
from unicodedata import normalize

from engine.decision.case.model import EARLIEST, LATEST, Day, Scalar, Value
from engine.decision.case.problems import Report, child
from engine.language.diagnostics import Bilingual, nearest
from engine.language.types import Range, Type
from engine.law.places import COUNTRY, PlaceError, find_place_within
from engine.law.vocabulary import Vocabulary
from engine.values.dates import DateError, Period, Window, parse_date
from engine.values.exact import Exact, normalised
from engine.values.money import Money, MoneyError, parse_yuan

FEW: Final = 16
"""So many names are listed in a message; of more, only the nearest."""
LONGEST_TEXT: Final = 2000

Years = tuple[int, int]
"""The first and last year of the time at which a place must be valid."""

NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
"""An id of an entity or of evidence."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?")
_LARGEST = 10**15
_YEAR = re.compile(r"[0-9]{4}")
_PERIOD = re.compile(r"P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,6})D)?", re.ASCII)
_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a case needs everywhere.

    `kinds` gives the kind of each entity by its id, `evidence` the ids of the evidence. `amounts`
    gathers the pointers of what was read as an amount.
    """

    vocabulary: Vocabulary
    report: Report
    typed: bool
    as_of: date
    kinds: Mapping[str, str]
    evidence: frozenset[str]
    amounts: set[str] = field(default_factory=set)

    def open(
        self,
        raw: object,
        pointer: str,
        required: Iterable[str],
        optional: Iterable[str] = (),
    ) -> dict[str, object] | None:
        """The known fields of a mapping; None if it is no mapping. Reports what is too much and
        what is missing."""
        if not isinstance(raw, dict):
            self.wrong_type(pointer, raw, Bilingual("字段的映射", "a mapping of fields"))
            return None
        known = (*required, *optional)
        for key in raw:
            if key not in known:
                self.unknown_key(pointer, key, known)
        for key in required:
            if key not in raw:
                self.report.add("missing-field", pointer, field=key)
        return {key: value for key, value in raw.items() if key in known}

    def unknown_key(self, pointer: str, key: str, known: Iterable[str]) -> None:
        """Reports a field that is excluded, or that nobody knows."""
        place = child(pointer, key)
        if not self.excluded(place, key, on_key=True):
            names = sorted(known)
            self.report.add(
                "unknown-field",
                place,
                on_key=True,
                nearest=_near(key, names),
                known=_listing(names),
            )

    def excluded(self, pointer: str, name: str, on_key: bool = False) -> bool:
        """Whether a name is one that no case may hold; then it is reported with the reason."""
        barred = self.vocabulary.excluded.get(name) or self.vocabulary.excluded.get(
            name.replace("-", "_")
        )
        if barred is None:
            return False
        exceptions = Bilingual(
            "".join(f"；例外：{one.zh}" for one in barred.exceptions),
            "".join(f"; exception: {one.en}" for one in barred.exceptions),
        )
        self.report.add(
            "excluded-fact", pointer, on_key=on_key, reason=barred.reason, exceptions=exceptions
        )
        return True

    def wrong_type(self, pointer: str, raw: object, expected: Bilingual) -> None:
        """Reports a value of another type than is expected."""
        self.report.add("wrong-type", pointer, raw, expected=expected)

    def one_of(self, raw: object, pointer: str, known: Collection[str], code: str) -> str | None:
        """A text that is one of a list of names; `code` is the problem of another."""
        if isinstance(raw, str) and raw in known:
            return raw
        names = list(known)
        if not isinstance(raw, str):
            self.wrong_type(pointer, raw, _listing(names))
        elif not self.excluded(pointer, raw):
            nearby, listing = _near(raw, names), _listing(names)
            self.report.add(code, pointer, raw, nearest=nearby, known=listing)
        return None

    def text(self, raw: object, pointer: str) -> str | None:
        """A text of bounded length, in Unicode's composed form (NFC)."""
        if not isinstance(raw, str):
            self.wrong_type(pointer, raw, Bilingual("文字", "a text"))
            return None
        if len(raw) > LONGEST_TEXT:
            self.report.add("bad-text", pointer, raw, limit=LONGEST_TEXT)
            return None
        return normalize("NFC", raw)

    def name(self, raw: object, pointer: str) -> str | None:
        """An id, or a role that somebody has in the case."""
        if isinstance(raw, str) and NAME.fullmatch(raw):
            return raw
        more = Bilingual("写角色，不写姓名", "a role, not the name of a person")
        self.report.add("bad-name", pointer, raw, more=more)
        return None

    def boolean(self, raw: object, pointer: str) -> bool | None:
        """True or false; in YAML the words `true` and `false`, and no other."""
        if isinstance(raw, bool):
            return raw
        if not self.typed and raw in ("true", "false"):
            return raw == "true"
        self.wrong_type(pointer, raw, Bilingual("true 或 false", "true or false"))
        return None

    def number(self, raw: object, pointer: str, range: Range | None = None) -> Exact | None:
        """An exact number: a whole one, or a decimal as text; a float is refused, and so is one
        that the fact can not be."""
        number: Exact
        if type(raw) is int and abs(raw) < _LARGEST:
            number = raw
        elif isinstance(raw, str) and _NUMBER.fullmatch(raw):
            number = normalised(Fraction(raw))
        else:
            self.report.add("not-a-number", pointer, raw)
            return None
        if range is not None and not range.has(number):
            self.report.add("out-of-range", pointer, raw, range=_range_told(range))
            return None
        return number

    def money(self, raw: object, pointer: str) -> Money | None:
        """An amount in yuan, always as text."""
        if not isinstance(raw, str):
            code = "amount-not-text" if _is_number(raw) else "not-an-amount"
            self.report.add(code, pointer, raw)
            return None
        try:
            amount = parse_yuan(raw)
        except MoneyError as error:
            self.report.add(error.code, pointer, raw)
            return None
        self.amounts.add(pointer)
        return amount

    def day(self, raw: object, pointer: str) -> Day | None:
        """A date, or the window of a month or year, that is not later than `as_of`."""
        if not isinstance(raw, str):
            self.report.add("date-not-text" if _is_number(raw) else "not-a-date", pointer, raw)
            return None
        try:
            day = parse_date(raw)
        except DateError as error:
            self.report.add(error.code, pointer, raw)
            return None
        first = day.first if isinstance(day, Window) else day
        if first < EARLIEST:
            self.report.add("out-of-time", pointer, raw, first=str(EARLIEST), last=str(LATEST))
            return None
        if first > self.as_of:
            self.report.add("later-than-as-of", pointer, raw, day=self.as_of.isoformat())
            return None
        return day

    def year(self, raw: object, pointer: str) -> int | None:
        """A calendar year that is not later than that of `as_of`."""
        if isinstance(raw, str) and _YEAR.fullmatch(raw):
            raw = int(raw)
        if type(raw) is not int or not 1 <= raw <= 9999:
            self.report.add("not-a-year", pointer, raw)
            return None
        if raw < EARLIEST.year:
            self.report.add(
                "out-of-time", pointer, raw, first=str(EARLIEST.year), last=str(self.as_of.year)
            )
            return None
        if raw > self.as_of.year:
            self.report.add("later-than-as-of", pointer, raw, day=str(self.as_of.year))
            return None
        return raw

    def period(self, raw: object, pointer: str) -> Period | None:
        """A period of years, months and days in the form of ISO 8601."""
        match = _PERIOD.fullmatch(raw) if isinstance(raw, str) else None
        if match is None:
            self.report.add("not-a-period", pointer, raw)
            return None
        years, months, days = (int(part or 0) for part in match.groups())
        return Period(months=12 * years + months, days=days)

    def place(self, raw: object, pointer: str, years: Years, country: bool = False) -> str | None:
        """A code that is valid in a year of the period; `country`: that of the country, too."""
        place = str(raw) if type(raw) is int and 0 < raw < _LARGEST else raw
        if not isinstance(place, str):
            self.report.add("not-a-place-code", pointer, raw)
            return None
        if place == COUNTRY and not country:
            self.report.add("country-not-place", pointer, raw)
            return None
        try:
            return find_place_within(place, *years).code
        except PlaceError as error:
            if error.code == "not-valid-in-year":
                listed = [str(year) for year in error.nearest]
                self.report.add(error.code, pointer, raw, years=listed)
            else:
                self.report.add(error.code, pointer, raw)
            return None

    def entity(
        self, raw: object, pointer: str, of: tuple[str, ...], holder: str | None
    ) -> str | None:
        """The id of an entity of some kinds (none: of any), other than the one whose fact it is."""
        if not isinstance(raw, str):
            kinds = self._kinds_label(of)
            self.wrong_type(pointer, raw, Bilingual(f"{kinds.zh}的编号", f"the id: {kinds.en}"))
        elif raw not in self.kinds:
            self.report.add("unknown-entity", pointer, raw, kinds=self._kinds_label(of))
        elif of and not any(self._is_of(raw, kind) for kind in of):
            self.report.add("wrong-entity", pointer, raw, kinds=self._kinds_label(of))
        elif raw == holder:
            self.report.add("self-reference", pointer, raw)
        else:
            return raw
        return None

    def evidence_ids(self, raw: object, pointer: str) -> tuple[str, ...]:
        """Ids of evidence, in order, each of which the case has."""
        if not isinstance(raw, list):
            self.wrong_type(pointer, raw, Bilingual("证据编号的列表", "a list of ids of evidence"))
            return ()
        known = []
        for index, item in enumerate(raw):
            if not isinstance(item, str) or item not in self.evidence:
                self.report.add("unknown-evidence", f"{pointer}/{index}", item)
            else:
                known.append(item)
        self._once(known, pointer, raw)
        return tuple(sorted(set(known)))

    def value(
        self, type: Type, raw: object, pointer: str, years: Years, holder: str | None
    ) -> Value | None:
        """A value of a type; `holder` is the entity whose fact it is."""
        if type.base != "list" or type.item is None:
            return self._scalar(type, raw, pointer, years, holder)
        if not isinstance(raw, list):
            self.wrong_type(pointer, raw, Bilingual("列表", "a list"))
            return None
        read = [
            self._scalar(type.item, item, f"{pointer}/{index}", years, holder)
            for index, item in enumerate(raw)
        ]
        values = [one for one in read if one is not None]
        if len(values) < len(read):
            return None
        self._once(values, pointer, raw)
        if type.range is not None and not type.range.has(len(values)):
            self.report.add("wrong-count", pointer, raw, range=_range_told(type.range))
            return None
        return tuple(sorted(values, key=sort_key))

    def _scalar(
        self, type: Type, raw: object, pointer: str, years: Years, holder: str | None
    ) -> Scalar | None:
        match type.base:
            case "boolean":
                return self.boolean(raw, pointer)
            case "number":
                return self.number(raw, pointer, type.range)
            case "money":
                return self.money(raw, pointer)
            case "date":
                return self.day(raw, pointer)
            case "period":
                return self.period(raw, pointer)
            case "place":
                return self.place(raw, pointer, years)
            case "entity":
                return self.entity(raw, pointer, (type.about,) if type.about else (), holder)
            case "code":
                codes = self.vocabulary.enumerations[str(type.about)]
                return self.one_of(raw, pointer, codes, "unknown-code")
            case "step":
                steps = self.vocabulary.ladders[str(type.about)]
                return self.one_of(raw, pointer, steps, "unknown-code")
            case _:
                return self.text(raw, pointer)

    def _once(self, values: list[str] | list[Scalar], pointer: str, raw: object) -> None:
        if len({(type(value), value) for value in values}) < len(values):
            self.report.add("duplicate-item", pointer, raw)

    def _is_of(self, id: str, kind: str) -> bool:
        """Whether an entity is of a kind; for a derived kind, whether it belongs to what it groups:
        a child stands for its birth."""
        grouping = self.vocabulary.kinds[kind].groups
        return self.kinds[id] == (kind if grouping is None else grouping.of)

    def _kinds_label(self, of: tuple[str, ...]) -> Bilingual:
        if not of:
            return Bilingual("对象", "any")
        labels = [self.vocabulary.kinds[kind].label for kind in of]
        return Bilingual("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


def sort_key(value: Scalar) -> tuple[str, str]:
    """An order of values of any type that does not depend on how they were written."""
    return type(value).__name__, value if isinstance(value, str) else repr(value)


def _range_told(range: Range) -> Bilingual:
    """Which numbers are expected."""
    kind = Bilingual("整数", "a whole number") if range.whole else Bilingual("数", "a number")
    ends = (("不小于", "not below", range.least), ("不大于", "not above", range.most))
    said = [(zh, en, end) for zh, en, end in ends if end is not None]
    zh = "、".join(f"{zh} {end}" for zh, _, end in said)
    en = " and ".join(f"{en} {end}" for _, en, end in said)
    return Bilingual(f"{zh} 的{kind.zh}" if zh else kind.zh, f"{kind.en} {en}".rstrip())


def _is_number(raw: object) -> TypeGuard[int | float]:
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def _near(name: str, known: Iterable[str]) -> Bilingual:
    """Which of the known names are like this one; nothing if none is."""
    found = nearest(name[:64], known)
    if not found.en:
        return _NOTHING
    return Bilingual(f"，最接近的{found.zh}", f"; the nearest is{found.en.removeprefix(' to')}")


def _listing(known: list[str]) -> Bilingual:
    if not known:
        return Bilingual("（没有，写 {}）", "(there is none: write {})")
    if len(known) <= FEW:
        return Bilingual("、".join(known), ", ".join(known))
    rest = len(known) - FEW
    shown = known[:FEW]
    return Bilingual(
        f"{'、'.join(shown)}等（另有 {rest} 个）", f"{', '.join(shown)} and {rest} more"
    )
