"""What a clause list must be before any settler takes it."""

import pytest

from engine.inference.clauses import Clause, ClauseError, check_clauses


def clause(
    index: int = 0,
    stratum: int = 0,
    when: tuple[int, ...] = (),
    unless: tuple[int, ...] = (),
    overridden_by: tuple[int, ...] = (),
) -> Clause:
    return Clause(index, stratum, when, unless, overridden_by)


def test_an_empty_list_and_clauses_without_conditions_are_good() -> None:
    check_clauses([])
    check_clauses([clause(), clause(1, 3, overridden_by=(0,))])


@pytest.mark.parametrize(
    "clauses, at",
    [
        ([clause(1)], 0),
        ([clause(True)], 0),
        ([clause(0), clause(0)], 1),
        ([clause(stratum=-1)], 0),
        ([clause(stratum=True)], 0),
        ([clause(stratum=1.0)], 0),  # type: ignore[arg-type]
        ([clause(when=(-1,))], 0),
        ([clause(when=(True,))], 0),
        ([clause(unless=("7",))], 0),  # type: ignore[arg-type]
        ([clause(unless=(2.0,))], 0),  # type: ignore[arg-type]
        ([clause(stratum=1, overridden_by=(1,))], 0),
        ([clause(stratum=1, overridden_by=(-1,))], 0),
        ([clause(), clause(1, 1, overridden_by=(False,))], 1),
        ([clause(stratum=1, overridden_by=(0,))], 0),
        ([clause(), clause(1, 0, overridden_by=(0,))], 1),
        ([clause(0, 1), clause(1, 0, overridden_by=(0,))], 1),
    ],
)
def test_a_clause_without_a_meaning_is_named(clauses: list[Clause], at: int) -> None:
    with pytest.raises(ClauseError) as error:
        check_clauses(clauses)
    assert error.value.clause == at
    assert f"clause {at}:" in error.value.en
    assert f"第 {at} 号" in error.value.zh
