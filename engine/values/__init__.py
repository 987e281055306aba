"""Exact values: truth, money, dates and bands.

The bottom of the engine. Everything here is immutable and exact, knows nothing of rules, and can be
used by itself.
"""

from engine.values.bands import Band, band_max, band_min
from engine.values.calendar import (
    add_working_days,
    known_years,
    next_working_day,
    state_council_calendar,
)
from engine.values.dates import (
    DateError,
    Period,
    Window,
    add_period,
    age_on,
    compare_dates,
    days,
    months,
    months_between,
    parse_date,
    period_end,
    years,
    years_between,
)
from engine.values.exact import Exact, divide, is_exact, normalised
from engine.values.intervals import Choice, Interval, Kind, Option, Value
from engine.values.ladder import Ladder, LadderError, Step, heaviest
from engine.values.money import (
    UNITS,
    ZERO,
    Money,
    MoneyError,
    Rounding,
    RoundingMode,
    format_yuan,
    parse_yuan,
    payable,
)
from engine.values.open_number import (
    Opaque,
    Open,
    compare,
    open_max,
    open_min,
    threshold,
)
from engine.values.truth import Comparison, Truth, all_of, any_of, decided

__all__ = [
    "UNITS",
    "ZERO",
    "Band",
    "Choice",
    "Comparison",
    "DateError",
    "Exact",
    "Interval",
    "Kind",
    "Ladder",
    "LadderError",
    "Money",
    "MoneyError",
    "Opaque",
    "Open",
    "Option",
    "Period",
    "Rounding",
    "RoundingMode",
    "Step",
    "Truth",
    "Value",
    "Window",
    "add_period",
    "add_working_days",
    "age_on",
    "all_of",
    "any_of",
    "band_max",
    "band_min",
    "compare",
    "compare_dates",
    "days",
    "decided",
    "divide",
    "format_yuan",
    "heaviest",
    "is_exact",
    "known_years",
    "months",
    "months_between",
    "next_working_day",
    "normalised",
    "open_max",
    "open_min",
    "parse_date",
    "parse_yuan",
    "payable",
    "period_end",
    "state_council_calendar",
    "threshold",
    "years",
    "years_between",
]
