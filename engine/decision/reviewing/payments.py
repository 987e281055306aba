"""What was paid on a past decision, held against what it demanded of each.

    [finding["finding"] for finding in payments_found(asked)]      # lawful, unlawful or open

Who paid more than was demanded of them paid too much, whether or not the demand was lawful. While
all together paid no more than was demanded of all, one may have paid for another: that is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.decision.case.model import EntityRecord
from engine.decision.reviewing.stated import Asked, Told, known, path_of_fact, payer_of
from engine.decision.words.shown import plain
from engine.law.vocabulary_questions import Payments
from engine.values.money import Money, format_yuan

_TEXTS: Final = {
    "within": ("缴纳的没有超过决定的金额", "no more was paid than was demanded"),
    "above": ("缴纳的超过决定的金额", "more was paid than was demanded"),
    "nothing": ("决定没有要此人缴纳", "nothing was demanded of this payer"),
    "for-another": (
        "缴纳的超过决定要其缴纳的金额，合计没有超过：是否替他人缴纳，没有写明",
        "more was paid than was demanded of this payer, no more than of all: for whom is not said",
    ),
    "unknown": ("缴纳了多少、由谁缴纳不详", "how much was paid, or by whom, is not known"),
}
"""By what is found."""


def payments_found(asked: Asked, demanded: Mapping[str, Money]) -> Iterator[Told]:
    """A finding for each payer; none where nothing was paid. `demanded`: of each bearer."""
    payments = asked.reviewed.payments
    if payments is None:
        return
    made = [
        one
        for one in asked.case.entities.get(payments.kind, ())
        if known(one, payments.of) == asked.decision.id
    ]
    missing = [[path] for one in made for path in _unknown(one, payments)]
    if missing:
        yield _finding(asked, payments, asked.decision.id, "open", "unknown") | {"missing": missing}
        return
    paid = {payer: _of(made, payments, payer) for payer in _payers(made, payments)}
    in_all = sum(paid.values(), Money(0)) <= sum(demanded.values(), Money(0))
    for payer, amount in sorted(paid.items()):
        limit = demanded.get(payer, Money(0))
        told: Told = {"recorded": plain(amount), "lawful": [f"0.00–{format_yuan(limit)}"]}
        if amount <= limit:
            yield _finding(asked, payments, payer, "lawful", "within") | told
        elif in_all:
            facts = [
                path_of_fact(one, _key_of(one, payments)) for one in _by(made, payments, payer)
            ]
            told |= {"missing": [sorted(facts)]}
            yield _finding(asked, payments, payer, "open", "for-another") | told
        else:
            text = "above" if payer in demanded else "nothing"
            over = {"payer": payer, "amount": format_yuan(amount - limit)}
            found = _finding(asked, payments, payer, "unlawful", text)
            yield found | told | {"overpaid": over}


def _unknown(one: EntityRecord, payments: Payments) -> Iterator[str]:
    if payer_of(one, payments) is None:
        yield path_of_fact(one, payments.payer[0])
    if known(one, payments.amount) is None:
        yield path_of_fact(one, payments.amount)


def _key_of(one: EntityRecord, payments: Payments) -> str:
    """The fact that names who made a payment."""
    return next(key for key in payments.payer if known(one, key) is not None)


def _payers(made: list[EntityRecord], payments: Payments) -> set[str]:
    return {str(payer_of(one, payments)) for one in made}


def _by(made: list[EntityRecord], payments: Payments, payer: str) -> list[EntityRecord]:
    return [one for one in made if payer_of(one, payments) == payer]


def _of(made: list[EntityRecord], payments: Payments, payer: str) -> Money:
    return sum((known(one, payments.amount) for one in _by(made, payments, payer)), Money(0))


def _finding(asked: Asked, payments: Payments, subject: str, verdict: str, text: str) -> Told:
    info = asked.evaluation.law.vocabulary.names[payments.amount]
    zh, en = _TEXTS[text]
    return {
        "point": payments.amount,
        "label": {"zh": info.zh, "en": info.en},
        "subject": subject,
        "finding": verdict,
        "text": {"zh": zh, "en": en},
        "on": asked.case.as_of.isoformat(),
        "recorded": None,
        "lawful": [],
        "provisions": [],
    }
