"""The benchmark's couples are the same every time, and its yardstick agrees with the engine."""

from bench import by_hand, tiaoli_engine
from bench.couples import Couple, generate
from tests.real import real_law

SEED = 7


def test_a_seed_always_gives_the_same_couples() -> None:
    assert generate(50, SEED) == generate(50, SEED)
    assert generate(50, SEED)[:20] == generate(20, SEED)
    assert generate(20, SEED) != generate(20, SEED + 1)


def averages(couple: Couple) -> dict[str, int]:
    return {"urban": couple.urban_average, "rural": couple.rural_average}


def test_one_income_of_each_couple_is_verified() -> None:
    for couple in generate(200, SEED):
        assert sum(parent.verified for parent in couple.parents) == 1


def test_incomes_lie_a_fen_below_on_and_a_fen_above_the_average() -> None:
    verified = [
        parent.income - averages(couple)[parent.register]
        for couple in generate(200, SEED)
        for parent in couple.parents
        if parent.verified
    ]
    assert {-1, 0, 1} <= set(verified)


def test_the_engine_and_the_function_written_by_hand_agree_on_twenty_couples() -> None:
    law = real_law()
    hand = by_hand.contender()
    for inference in ("rete", "reference"):
        ours = tiaoli_engine.contender(law, inference=inference)
        for couple in generate(20, SEED):
            decision = ours.decide(ours.read(ours.plain(couple)))
            expected = hand.charges(hand.decide(hand.plain(couple)))
            assert ours.charges(decision) == expected, (inference, couple.reference)
