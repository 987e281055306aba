"""What the network promises beyond the reference: limits, cleanliness, failures, threads."""

import gc
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import durable_rules_engine as extension
import pytest

from engine.inference import rete
from engine.inference.clauses import Clause, ClauseError, SettlingError
from engine.inference.rete import KEPT, ReteSettler, admit
from engine.values.truth import Truth

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
CLAUSES = [
    Clause(0, 0, (0, 1), (2,), ()),
    Clause(1, 1, (0,), (3,), (0,)),
    Clause(2, 2, (0,), (), (0, 1)),
]
KNOWN = {0: T, 1: F, 2: F, 3: T}
KNOWN_RESULT = {0: F, 1: F, 2: T}
DOUBT = {0: T, 1: U, 2: F, 3: F}
DOUBT_RESULT = {0: U, 1: U, 2: U}


@pytest.fixture
def settler() -> Iterator[ReteSettler]:
    settler = ReteSettler(CLAUSES)
    yield settler
    settler.end()
    settler.close()


def settle_all(
    settler: ReteSettler, truths: Mapping[int, Truth], strata: int = 3
) -> dict[int, Truth]:
    settler.begin()
    try:
        result: dict[int, Truth] = {}
        for stratum in range(strata):
            result |= settler.settle(stratum, truths)
        return result
    finally:
        settler.end()


def once(clauses: list[Clause], truths: Mapping[int, Truth], strata: int = 1) -> dict[int, Truth]:
    settler = ReteSettler(clauses)
    try:
        return settle_all(settler, truths, strata)
    finally:
        settler.close()


@pytest.mark.parametrize("uses", [199, 200, 201, 255, 256, 257, 401])
def test_a_leaf_may_be_read_by_any_number_of_clauses(uses: int) -> None:
    clauses = [Clause(i, 0, (0, 1 + i % 3), (), ()) for i in range(uses)]
    truths = {0: T, 1: T, 2: F, 3: U}
    assert once(clauses, truths) == {i: (T, F, U)[i % 3] for i in range(uses)}
    assert set(once(clauses, truths | {0: F}).values()) == {F}


@pytest.mark.parametrize("conditions", [15, 16, 17, 31, 32, 120])
def test_a_clause_may_have_any_number_of_conditions(conditions: int) -> None:
    half = conditions // 2
    clauses = [
        Clause(0, 0, (0,), (), ()),
        Clause(1, 1, tuple(range(1, half)), tuple(range(half, conditions)), (0,)),
    ]
    good = {0: F} | {i: T if i < half else F for i in range(1, conditions)}
    assert once(clauses, good, 2)[1] is T
    settler = ReteSettler(clauses)
    for leaf, truth in good.items():
        assert settle_all(settler, good | {leaf: ~truth}, 2)[1] is F
        assert settle_all(settler, good | {leaf: U}, 2)[1] is U
    assert settler.leftovers() == "[][]"
    settler.close()


@pytest.mark.parametrize("conditions", range(2, 17))
def test_what_a_fired_rule_matched_can_be_taken_away(conditions: int) -> None:
    """The extension reads behind its own table here unless the rule matches anew first."""
    leaves = tuple(range(conditions))
    settler = ReteSettler([Clause(0, 0, leaves, (), ()), Clause(1, 0, leaves[::-2], (), ())])
    for _ in range(50):
        assert settle_all(settler, dict.fromkeys(leaves, T), 1) == {0: T, 1: T}
        assert settle_all(settler, dict.fromkeys(leaves, U), 1) == {0: U, 1: U}
    assert settler.leftovers() == "[][]"
    settler.close()


def test_a_network_may_be_full_and_its_strata_many() -> None:
    chain = [Clause(0, 0, (0,), (), ())]
    chain += [Clause(i, i, (1 + i % 5,), (), (i - 1,)) for i in range(1, 1300)]
    chain += [Clause(i, 1299, (i,), (), ()) for i in range(1300, 3999)]
    truths = {0: T} | {i: T for i in range(1, 6)} | {i: (T, F)[i % 2] for i in range(1300, 3999)}
    expected = {i: (T, F)[i % 2] for i in range(3999)}
    assert once(chain, truths, 1300) == expected


def test_no_fact_is_left_behind_after_many_bindings(settler: ReteSettler) -> None:
    for turn in range(10_000):
        truths, expected = (DOUBT, DOUBT_RESULT) if turn % 10 == 0 else (KNOWN, KNOWN_RESULT)
        assert settle_all(settler, truths) == expected
        if turn % 1000 == 0:
            assert settler.leftovers() == "[][]"
    assert settler.leftovers() == "[][]"


def test_without_doubt_the_twin_sleeps(settler: ReteSettler) -> None:
    assert settle_all(settler, KNOWN) == KNOWN_RESULT
    assert settler.leftovers() == "[]"
    settler.prepare()
    assert settler.leftovers() == "[][]"
    assert settle_all(settler, KNOWN) == KNOWN_RESULT


@pytest.mark.parametrize("truths", [KNOWN, DOUBT])
@pytest.mark.parametrize(
    "call, after",
    [
        ("assert_fact", 0),
        ("assert_fact", 2),
        ("start_action_for_state", 0),
        ("start_action_for_state", 1),
        ("complete_and_start_action", 0),
        ("retract_fact", 0),
        ("retract_fact", 1),
    ],
)
def test_after_a_failure_the_next_binding_is_right(
    settler: ReteSettler,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    truths: dict[int, Truth],
    after: int,
) -> None:
    settler.prepare()
    real = getattr(extension, call)
    calls = 0

    def failing(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > after:
            raise RuntimeError("invented failure")
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(extension, call, failing)
        settler.begin()
        with pytest.raises(RuntimeError, match="invented failure"):
            try:
                for stratum in range(3):
                    settler.settle(stratum, truths)
            finally:
                settler.end()
    assert settle_all(settler, DOUBT) == DOUBT_RESULT
    assert settle_all(settler, KNOWN) == KNOWN_RESULT
    assert settler.leftovers() == "[][]"


def test_an_answer_the_extension_must_not_give_is_a_failure(
    settler: ReteSettler, monkeypatch: pytest.MonkeyPatch
) -> None:
    for call in ("assert_fact", "retract_fact"):
        with monkeypatch.context() as patch, pytest.raises(SettlingError):
            patch.setattr(extension, call, lambda *_: (2, 1))
            settle_all(settler, KNOWN)
        assert settle_all(settler, KNOWN) == KNOWN_RESULT


def test_a_network_that_has_no_session_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at an offset that was never given is anything: to start it crashed, sometimes."""
    started: list[object] = []
    settler = ReteSettler(CLAUSES)
    with monkeypatch.context() as patch, pytest.raises(SettlingError, match="first fact"):
        patch.setattr(extension, "assert_fact", lambda *_: (2, 1))
        patch.setattr(extension, "start_action_for_state", lambda *of: started.append(of))
        settler.begin()
    assert not started
    assert settle_all(settler, KNOWN) == KNOWN_RESULT


def test_firing_without_end_is_stopped(
    settler: ReteSettler, monkeypatch: pytest.MonkeyPatch
) -> None:
    settler.prepare()
    with monkeypatch.context() as patch, pytest.raises(SettlingError, match="fired twice"):
        patch.setattr(extension, "complete_and_start_action", lambda *_: '{"r1":{}}')
        settle_all(settler, {0: T, 1: T, 2: F, 3: F})
    assert settle_all(settler, KNOWN) == KNOWN_RESULT


def test_a_failed_binding_gives_nothing_more(
    settler: ReteSettler, monkeypatch: pytest.MonkeyPatch
) -> None:
    settler.begin()
    with monkeypatch.context() as patch, pytest.raises(SettlingError):
        patch.setattr(extension, "assert_fact", lambda *_: (1, 1))
        settler.settle(0, KNOWN)
    with pytest.raises(SettlingError):
        settler.settle(0, KNOWN)


def test_threads_take_turns_and_get_their_own_results(settler: ReteSettler) -> None:
    wrong: list[object] = []

    def work(truths: dict[int, Truth], expected: dict[int, Truth]) -> None:
        for _ in range(300):
            result = settle_all(settler, truths)
            if result != expected:
                wrong.append(result)

    cases = [(KNOWN, KNOWN_RESULT), (DOUBT, DOUBT_RESULT)] * 2
    threads = [threading.Thread(target=work, args=case) for case in cases]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert (wrong, settler.leftovers()) == ([], "[][]")


def in_another_thread(work: Any) -> Any:
    outcome: list[Any] = []
    thread = threading.Thread(target=lambda: outcome.append(work()))
    thread.start()
    thread.join()
    return outcome[0]


def test_another_thread_cannot_touch_an_open_binding(
    settler: ReteSettler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def intrude() -> str:
        settler.end()
        with pytest.raises(SettlingError):
            settler.settle(1, KNOWN)
        with pytest.raises(SettlingError, match="another thread"):
            settler.begin()
        return "kept out"

    monkeypatch.setattr(rete, "LOCK_SECONDS", 0.01)
    settler.begin()
    result = dict(settler.settle(0, KNOWN))
    assert in_another_thread(intrude) == "kept out"
    result |= settler.settle(1, KNOWN)
    result |= settler.settle(2, KNOWN)
    assert result == KNOWN_RESULT


def in_a_fork(work: Any) -> bytes:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, repr(work()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


def test_a_forked_process_goes_on_with_its_own_copy(settler: ReteSettler) -> None:
    settle_all(settler, DOUBT)
    assert in_a_fork(lambda: settle_all(settler, DOUBT)) == repr(DOUBT_RESULT).encode()
    assert settle_all(settler, DOUBT) == DOUBT_RESULT


def test_a_fork_in_the_middle_of_a_binding_harms_neither_process(settler: ReteSettler) -> None:
    settler.begin()
    result = dict(settler.settle(0, DOUBT))
    own = in_a_fork(lambda: settle_all(settler, KNOWN))
    foreign = in_another_thread(lambda: in_a_fork(lambda: settle_all(settler, KNOWN)))
    assert own == foreign == repr(KNOWN_RESULT).encode()
    result |= settler.settle(1, DOUBT)
    result |= settler.settle(2, DOUBT)
    assert result == DOUBT_RESULT


def test_a_closed_settler_builds_anew() -> None:
    settler = ReteSettler(CLAUSES)
    settle_all(settler, DOUBT)
    settler.close()
    assert settler.leftovers() == ""
    assert settle_all(settler, KNOWN) == KNOWN_RESULT
    settler.close()


def test_only_the_settlers_used_last_keep_their_networks() -> None:
    clauses = [Clause(0, 0, (1,), (), ())]
    settlers = [ReteSettler(clauses) for _ in range(KEPT + 2)]
    for settler in settlers:
        settler.begin()
        settler.end()

    assert [bool(one.leftovers()) for one in settlers] == [False] * 2 + [True] * KEPT
    settlers[0].begin()
    assert settlers[0].settle(0, {1: Truth.TRUE}) == {0: Truth.TRUE}
    settlers[0].end()
    assert settlers[2].leftovers() == ""


def test_networks_that_nobody_holds_are_deleted_before_the_next_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The garbage collector may run within a call of the extension: it deletes nothing."""
    deleted: list[int] = []
    real = extension.delete_ruleset

    def delete(handle: int) -> None:
        deleted.append(handle)
        real(handle)

    gc.collect()  # what other tests left goes before, with the first network that is built here
    settler = ReteSettler(CLAUSES)
    settle_all(settler, DOUBT)
    monkeypatch.setattr(extension, "delete_ruleset", delete)
    settler.begin()
    settler.settle(0, DOUBT)
    del settler
    gc.collect()
    assert not deleted
    ReteSettler(CLAUSES).prepare()
    assert len(deleted) == 2


def test_an_empty_program_is_good() -> None:
    assert once([], {}) == {}
    admit([])


def test_sound_clauses_are_admitted() -> None:
    long = Clause(3, 3, tuple(range(40)), (50, 51), (0, 1, 2))
    admit([*CLAUSES, long, *(Clause(i, 3, (0,), (), ()) for i in range(4, 260))])


def test_clauses_without_a_meaning_are_not_admitted() -> None:
    with pytest.raises(ClauseError, match="does not exist"):
        admit([Clause(0, 0, (), (), (4,))])


def test_a_trial_that_hangs_is_ended() -> None:
    with pytest.raises(ClauseError, match="took more than") as error:
        admit(CLAUSES, seconds=0.001)
    assert "试运行" in error.value.zh


def test_a_trial_that_dies_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ClauseError, match="exit 1"):
        admit(CLAUSES)
