"""Work dealt out to processes: results in order, errors, and what each process keeps."""

import os
from collections.abc import Callable

import pytest

from engine.assurance.mutation import BrokenScenarios
from engine.assurance.scenarios import Scenario
from engine.assurance.spread import spread

BROKEN = Scenario("bees/tax.feature", 3, "大箱", (), ())


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_their_numbers(jobs: int) -> None:
    assert list(spread(lambda: lambda n: n * n, 30, jobs=jobs)) == [n * n for n in range(30)]


def test_each_process_begins_once_and_keeps_what_it_found() -> None:
    def begin() -> Callable[[int], tuple[int, int]]:
        kept: list[int] = []

        def work(number: int) -> tuple[int, int]:
            kept.append(number)
            return os.getpid(), len(kept)

        return work

    results = list(spread(begin, 12, jobs=2))
    assert os.getpid() not in {process for process, _ in results}
    for process in {process for process, _ in results}:
        own = [kept for of, kept in results if of == process]
        assert own == list(range(1, len(own) + 1))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_comes_up_as_it_was(jobs: int) -> None:
    def work(number: int) -> int:
        raise BrokenScenarios([BROKEN])

    with pytest.raises(BrokenScenarios, match=r"bees/tax\.feature:3") as raised:
        list(spread(lambda: work, 5, jobs=jobs))
    assert raised.value.failed == (BROKEN,)
