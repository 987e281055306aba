"""What conclusions say, aspect by aspect: its type where rules may read it, and its labels.

>>> [name for name in ASPECTS["sanction"]]
['measure', 'period']
>>> LABELS["end"].zh, WORDS["running"].en
('终止日', 'running')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.language.articles import EFFECTS
from engine.language.diagnostics import Bilingual
from engine.language.types import DATE, MONEY, PERIOD, PLACE, TEXT, Type, number

ASPECTS: Final[Mapping[str, Mapping[str, Type]]] = {
    **{effect: {} for effect in EFFECTS},
    "charge": {"amount": MONEY},
    "sanction": {"measure": Type("step"), "period": PERIOD},
    "grant": {
        "amount": MONEY,
        "total": MONEY,
        "duration": PERIOD,
        "start": DATE,
        "end": DATE,
    },
    "time": {"end": DATE, "start": DATE, "length": PERIOD},
    "competence": {"place": PLACE},
    "status": {"value": number(), "start": DATE, "length": PERIOD, "end": DATE},
    "finding": {"finding": TEXT},
}
"""By effect, the aspects that rules may read of a result; the first is the one that is compared. A
step is one of the conclusion's own ladder."""

STANDS: Final = "stands"
"""The aspect of a conclusion that has no other, where several rules give it: that it is so."""
LABELS: Final[Mapping[str, Bilingual]] = {
    "amount": Bilingual("数额", "amount"),
    "per": Bilingual("发放周期", "paid"),
    "least": Bilingual("下限", "lower limit"),
    "total": Bilingual("合计", "total"),
    "value": Bilingual("数值", "value"),
    "measure": Bilingual("档次", "measure"),
    "period": Bilingual("期间", "period"),
    "duration": Bilingual("时长", "duration"),
    "start": Bilingual("起始日", "start"),
    "end": Bilingual("终止日", "last day"),
    "length": Bilingual("长度", "length"),
    "days": Bilingual("计日方法", "days counted"),
    "if_holiday": Bilingual("末日为节假日", "if it ends on a holiday"),
    "state": Bilingual("进行情况", "state"),
    "authority": Bilingual("机关", "authority"),
    "place": Bilingual("地方", "place"),
    "payer": Bilingual("支付人", "paid by"),
    "finding": Bilingual("认定", "finding"),
    "papers": Bilingual("所需材料", "papers to bring"),
    "apply_by": Bilingual("最迟申请日", "last day to apply"),
}
"""Every aspect."""

WORDS: Final[Mapping[str, Bilingual]] = {
    "once": Bilingual("一次性", "once"),
    "day": Bilingual("每日", "every day"),
    "month": Bilingual("每月", "every month"),
    "year": Bilingual("每年", "every year"),
    "calendar": Bilingual("日历日", "calendar days"),
    "working": Bilingual("工作日", "working days"),
    "except-holidays": Bilingual("法定节假日不计", "public holidays not counted"),
    "from-the-day": Bilingual("起始日计入", "its first day counted"),
    "at-least": Bilingual("不低于", "not less than"),
    "stands": Bilingual("不顺延", "not moved"),
    "next-working-day": Bilingual("顺延至其后第一个工作日", "moved to the next working day"),
    "running": Bilingual("尚在进行", "running"),
    "lawful": Bilingual("合法", "lawful"),
    "unlawful": Bilingual("不合法", "unlawful"),
    "ended": Bilingual("已经届满", "ended"),
}
"""The words that an aspect may hold, other than codes of the vocabulary."""


def told_first(bands: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of bands as they are told as JSON those of the first aspect, for each entity that has it."""
    named = [(side_by_side(band["aspect"])[0], band) for band in bands]
    return [band for aspect, band in named if aspect == named[0][0]]


def side_by_side(name: str) -> tuple[str, str]:
    """An aspect and the entity it is of, where each has its own; else the whole name and nothing.

    >>> side_by_side("duration[x1]"), side_by_side("period[12/bribe@ann]"), side_by_side("end")
    (('duration', 'x1'), ('period[12/bribe@ann]', ''), ('end', ''))
    """
    aspect, bracket, rest = name.partition("[")
    return (aspect, rest.removesuffix("]")) if bracket and "@" not in rest else (name, "")
