"""What follows from days that are known only to lie within a window.

A `Dated` value is a function of such days, for each of which it rises or falls as the day moves on
(`engine.values.dates` says which of its functions do). So the ends of the windows bound it, and a
comparison that the bounds leave open turns at one day, which `turning_day` finds.

>>> from engine.values.dates import age_on
>>> born = Dated.day("persons.a.born", Window(date(1979, 5, 1), date(1979, 5, 31)))
>>> age = applied(age_on, (born, date(2009, 5, 20)), (-1, 1))
>>> compare_dated(">=", age, 30), turning_day(age, 30)
(<Truth.UNKNOWN: 0>, ('persons.a.born', datetime.date(1979, 5, 21)))

Where the window makes no difference the value is plain:

>>> applied(age_on, (born, date(2010, 1, 1)), (-1, 1))
30
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add, mul, sub
from typing import Any, NoReturn

from engine.values.dates import Window
from engine.values.exact import divide, is_exact
from engine.values.truth import TRUE, UNKNOWN, Comparison, Truth, decided


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """A value of days not known exactly: `of` takes one day for each window, in order.

    `slopes` says for each window whether the value rises (1) or falls (-1) with that day, or
    neither (0). `bounds` says what bounds it in other windows, None where nothing is known to: of a
    value that does not go one way, what bounds that of which it is made.
    """

    windows: tuple[tuple[str, Window], ...]
    slopes: tuple[int, ...]
    of: Callable[[tuple[date, ...]], Any]
    bounds: Callable[[Sequence[Window]], tuple[Any, Any]]
    form: tuple[Any, ...]
    """How it is computed, to tell it from others: of the same days two with the same form are one
    value. It can be hashed."""

    @staticmethod
    def day(path: str, window: Window) -> Dated:
        """The day itself."""
        return Dated(((path, window),), (1,), _itself, _first_and_last, (path,))

    @property
    def paths(self) -> frozenset[str]:
        """The facts that would settle the value."""
        return frozenset(path for path, _ in self.windows)

    @property
    def low(self) -> Any:
        """The least value that the windows allow."""
        return self._end(1)

    @property
    def high(self) -> Any:
        """The greatest value that the windows allow."""
        return self._end(-1)

    @property
    def ends(self) -> tuple[Any, Any]:
        """The least and the greatest value, or what lies beyond them; None where nothing is known
        to."""
        if 0 in self.slopes:
            return self.bounds([window for _, window in self.windows])
        return self.low, self.high

    def _end(self, side: int) -> Any:
        if len(self.windows) == 1:  # most are of one day, and asked very often
            window = self.windows[0][1]
            return self.of((window.first if self.slopes[0] == side else window.last,))
        days = tuple(
            window.first if slope == side else window.last
            for (_, window), slope in zip(self.windows, self.slopes, strict=True)
        )
        return self.of(days)

    def __add__(self, other: Any) -> Any:
        return applied(add, (self, other), (1, 1))

    def __radd__(self, other: Any) -> Any:
        return applied(add, (other, self), (1, 1))

    def __sub__(self, other: Any) -> Any:
        return applied(sub, (self, other), (1, -1))

    def __rsub__(self, other: Any) -> Any:
        return applied(sub, (other, self), (1, -1))

    def __mul__(self, other: Any) -> Any:
        return applied(mul, (self, other), (_sign(other), 1))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return applied(_quotient, (self, other), (_sign(other), 0))

    def __rtruediv__(self, other: Any) -> Any:
        return applied(_quotient, (other, self), (0, 0))

    def __bool__(self) -> NoReturn:
        raise TypeError("a value that is not known has no truth: use compare_dated")


def _itself(days: tuple[date, ...]) -> date:
    return days[0]


def _first_and_last(windows: Sequence[Window]) -> tuple[date, date]:
    return windows[0].first, windows[0].last


def _quotient(dividend: Any, divisor: Any) -> Any:
    """The exact quotient; ZeroDivisionError for a divisor of 0."""
    exact = is_exact(dividend) and is_exact(divisor)
    return divide(dividend, divisor) if exact else dividend / divisor


def _sign(factor: Any) -> int:
    """Which way a product goes with its other factor: a number, or an amount."""
    return 0 if isinstance(factor, Dated) else (1 if factor > type(factor)(0) else -1)


def applied(function: Callable[..., Any], arguments: Sequence[Any], slopes: Sequence[int]) -> Any:
    """A function of values that may be `Dated`; plain where the windows make no difference.

    `slopes`: whether the function rises (1), falls (-1) or neither (0) in each argument.
    """
    open_arguments = [a for a in arguments if isinstance(a, Dated)]
    if not open_arguments:
        return function(*arguments)
    windows: dict[str, Window] = {}
    directions: dict[str, int] = {}
    for argument, slope in zip(arguments, slopes, strict=True):
        if isinstance(argument, Dated):
            for (path, window), inner in zip(argument.windows, argument.slopes, strict=True):
                windows[path] = window
                turned = slope * inner
                before = directions.setdefault(path, turned)
                directions[path] = turned if before == turned else 0
    names = tuple(sorted(windows))
    places = [
        tuple(names.index(path) for path, _ in a.windows) if isinstance(a, Dated) else None
        for a in arguments
    ]

    def of_several(days: tuple[date, ...]) -> Any:
        return function(
            *(
                a if where is None else a.of(tuple(days[i] for i in where))
                for a, where in zip(arguments, places, strict=True)
            )
        )

    of = of_several if len(open_arguments) > 1 else _of_one(function, arguments)

    def bounds(windows: Sequence[Window]) -> tuple[Any, Any]:
        if any(
            slope == 0 and where is not None for slope, where in zip(slopes, places, strict=True)
        ):
            return None, None
        ends = [
            _ends(a if where is None else _moved(a, [windows[i] for i in where]))
            for a, where in zip(arguments, places, strict=True)
        ]
        if any(low is None for low, _ in ends):
            return None, None
        sides = [
            (low, high) if slope > 0 else (high, low)
            for (low, high), slope in zip(ends, slopes, strict=True)
        ]
        return function(*(low for low, _ in sides)), function(*(high for _, high in sides))

    value = Dated(
        tuple((name, windows[name]) for name in names),
        tuple(directions[name] for name in names),
        of,
        bounds,
        (function, *(a.form if isinstance(a, Dated) else a for a in arguments)),
    )
    if all(w.first == w.last for w in windows.values()):
        return of(tuple(windows[name].first for name in names))
    low, high = value.ends
    return low if low is not None and low == high else value


def _of_one(
    function: Callable[..., Any], arguments: Sequence[Any]
) -> Callable[[tuple[date, ...]], Any]:
    """A function of values of which one is `Dated`, as a function of its days: most are such, and
    are asked very often."""
    place = next(n for n, one in enumerate(arguments) if isinstance(one, Dated))
    before, of, after = arguments[:place], arguments[place].of, arguments[place + 1 :]
    return lambda days: function(*before, of(days), *after)


def _moved(value: Dated, windows: Sequence[Window]) -> Dated:
    """The value in other windows."""
    names = (name for name, _ in value.windows)
    moved = tuple(zip(names, windows, strict=True))
    return Dated(moved, value.slopes, value.of, value.bounds, value.form)


def _ends(value: Any) -> tuple[Any, Any]:
    return value.ends if isinstance(value, Dated) else (value, value)


def _same(left: Any, right: Any) -> bool:
    """Whether both sides are one value, whichever of its days it is."""
    return (
        isinstance(left, Dated)
        and isinstance(right, Dated)
        and left.of is right.of
        and left.windows == right.windows
    )


def compare_dated(op: Comparison, left: Any, right: Any) -> Truth:
    """What the windows say of a comparison, one side of which at least is `Dated`.

    >>> born = Dated.day("persons.a.born", Window(date(1979, 5, 1), date(1979, 5, 31)))
    >>> compare_dated("<", born, born), compare_dated("<=", born, born)
    (<Truth.FALSE: -1>, <Truth.TRUE: 1>)
    """
    if _same(left, right):
        return Truth.of(op in ("<=", ">=", "=="))
    (a_low, a_high), (b_low, b_high) = _ends(left), _ends(right)
    if a_low is None or b_low is None:
        return UNKNOWN
    match op:
        case "<":
            return decided(a_high < b_low, a_low >= b_high)
        case "<=":
            return decided(a_high <= b_low, a_low > b_high)
        case ">":
            return decided(a_low > b_high, a_high <= b_low)
        case ">=":
            return decided(a_low >= b_high, a_high < b_low)
        case "==":
            return decided(a_low == a_high == b_low == b_high, a_high < b_low or b_high < a_low)
        case "!=":
            return ~compare_dated("==", left, right)


def turning_day(left: Any, right: Any) -> tuple[str, date]:
    """Where to split a comparison that is open: a path, and the first day of the later part.

    With one window and a plain other side it is the day on which the order of the two sides first
    changes; else the middle of the widest window, which ends too.
    """
    values = [value for value in (left, right) if isinstance(value, Dated)]
    windows = {path: window for value in values for path, window in value.windows}
    path, window = max(windows.items(), key=lambda item: (item[1].last - item[1].first, item[0]))
    one = values[0]
    if len(values) == 1 and len(windows) == 1 and one.slopes[0] != 0:
        other = right if one is left else left
        if one.of is _itself:
            return path, other if window.first < other else other + timedelta(days=1)

        def order(day: date) -> int:
            value = one.of((day,))
            return -1 if value < other else int(value != other)

        first, last, at_first = window.first, window.last, order(window.first)
        while first < last:
            middle = first + (last - first) // 2
            if order(middle) == at_first:
                first = middle + timedelta(days=1)
            else:
                last = middle
        return path, first
    return path, window.first + (window.last - window.first) // 2 + timedelta(days=1)


def steady(value: Dated, day: date) -> Window:
    """The days around one, in the window of a value of one day, on which the value is the same, as
    far as that is known of one that does not go one way.

    >>> from engine.values.dates import age_on
    >>> end = Dated.day("as_of", Window(date(2014, 1, 1), date(2014, 12, 31)))
    >>> age = applied(age_on, (date(1979, 5, 20), end), (-1, 1))
    >>> steady(age, date(2014, 3, 1)).last
    datetime.date(2014, 5, 19)
    """
    ((_, window),) = value.windows

    def same(within: Window) -> bool:
        if value.slopes[0] != 0:
            return bool(value.of((within.first,)) == value.of((within.last,)))
        low, high = value.bounds([within])
        return low is not None and bool(low == high)

    return _as_far_as(same, window, day)


def settled(op: Comparison, left: Any, right: Any, day: date) -> tuple[bool, Window]:
    """Whether a comparison of values of one and the same day holds on a day, and the days around it
    on which the bounds of both sides give the same answer.

    >>> from engine.values.dates import add_period, months, months_between
    >>> day = Dated.day("as_of", Window(date(2014, 1, 1), date(2014, 12, 31)))
    >>> begun = date(2013, 5, 20)
    >>> full = applied(months_between, (begun, day), (-1, 1))
    >>> last = applied(lambda n: add_period(begun, months(n)), (full,), (1,))
    >>> settled("<", last, day, date(2014, 3, 1))
    (True, Window(first=datetime.date(2014, 2, 21), last=datetime.date(2014, 3, 19)))
    """
    ((_, window),) = next(one.windows for one in (left, right) if isinstance(one, Dated))

    def answer(put: Callable[[Dated], Any]) -> Truth:
        one, other = (put(side) if isinstance(side, Dated) else side for side in (left, right))
        return compare_dated(op, one, other)

    here = answer(lambda side: side.of((day,)))
    around = _as_far_as(lambda w: answer(lambda side: _moved(side, [w])) is here, window, day)
    return here is TRUE, around


def _as_far_as(holds: Callable[[Window], bool], whole: Window, day: date) -> Window:
    """The days around one for which something holds: if of a window, of every part of it."""

    def furthest(end: date, step: int) -> date:
        reached, beyond = 0, abs((end - day).days) + 1
        while beyond - reached > 1:
            middle = (reached + beyond) // 2
            there = day + timedelta(days=step * middle)
            if holds(Window(min(day, there), max(day, there))):
                reached = middle
            else:
                beyond = middle
        return day + timedelta(days=step * reached)

    return Window(furthest(whole.first, -1), furthest(whole.last, 1))


def changing_day(value: Dated) -> tuple[str, date]:
    """Where to split a value that must become plain: the first day on which it is another."""
    if len(value.windows) == 1 and value.slopes[0] != 0:
        return turning_day(value, value.of((value.windows[0][1].first,)))
    return turning_day(value, value)
