"""Which clauses apply, found by forward chaining: the one module that knows durable_rules.

>>> from engine.inference.clauses import Clause
>>> settler = ReteSettler([
...     Clause(index=0, stratum=0, when=(1,), unless=(2,), overridden_by=()),
...     Clause(index=1, stratum=1, when=(1,), unless=(), overridden_by=(0,)),
... ])
>>> settler.begin()
>>> settler.settle(0, {1: TRUE, 2: UNKNOWN})
{0: <Truth.UNKNOWN: 0>}
>>> settler.settle(1, {1: TRUE})
{1: <Truth.UNKNOWN: 0>}
>>> settler.end()
>>> settler.close()

How it runs
    What must hold for a clause is laid out as facts (see `layout`). Clause r firing means that
    r applies. A stratum is closed when the agenda is at rest: then "r does not apply" is
    asserted for the clauses that did not fire, which is what later strata read of it.

Certain and possible
    The ruleset stands in two networks that differ only in what is asserted: in the first a
    literal means "certainly", in its twin "possibly". An unknown leaf asserts nothing in the
    first, and both itself and its negation in the twin; "r does not apply" is certain if r did
    not fire in the twin, and possible if r did not fire in the first. While nothing is unknown
    the two agree, so the twin sleeps until a binding shows it a first unknown leaf.

The extension neither locks nor recovers: every text it is given was made in advance, nothing is
left behind after a binding, and a network in which anything went wrong is never touched again.

Networks are memory that Python does not see, about 14 KB a pattern. A process keeps those of the
settlers that were used last (`KEPT`); another is built anew when its settler is next asked. A
network that nobody holds any more is deleted before the next is built, never by the garbage
collector: that may run within a call of the extension.
"""

import json
import os
import subprocess
import sys
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from itertools import count
from typing import Final

import durable_rules_engine as _engine

from engine.inference.clauses import Clause, ClauseError, SettlingError
from engine.inference.layout import Fact, Layout, Stratum, lay_out
from engine.values.truth import FALSE, TRUE, UNKNOWN, Truth

LOCK_SECONDS: Final = 60.0  # a binding takes far less: somebody did not call `end`
KEPT: Final = 24
"""Settlers of a process that keep their networks: some 10 MB each with a hundred rules."""

_SESSION: Final = "0"
_BOOT: Final = Fact('{"id":"-1","g":-1,"a":0}', '{"id":"-1"}')
_names = count()
_used: OrderedDict[int, weakref.ref["ReteSettler"]] = OrderedDict()
"""The settlers with networks, the one that was used last at the end. Threads share it: one step of
an ordered dictionary is whole, and a settler too many that is given back is only built anew."""


_abandoned: Final[deque[int]] = deque()
"""Handles of networks that nobody holds any more."""


def _delete_abandoned() -> None:
    while _abandoned:
        handle = _abandoned.popleft()
        _engine.delete_state(handle, _SESSION)  # first, or its memory is lost
        _engine.delete_ruleset(handle)


class _Network:
    """One ruleset in the extension, with the facts of the present binding."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        _delete_abandoned()
        self._handle = handle = _engine.create_ruleset(f"n{next(_names)}", layout.ruleset)
        # One action must have run before `delete_state`; the offset stays valid from then on.
        self._stored = _engine.assert_fact(handle, _BOOT.put)
        if self._stored[0] != 0:  # there is no session at the offset: to start it would crash
            raise SettlingError("the extension did not store its first fact")
        self._offset = self._stored[1]
        started = _engine.start_action_for_state(handle, self._offset)
        if started is None or '"boot"' not in started[1]:
            raise SettlingError("the extension did not start")
        _engine.complete_and_start_action(handle, self._offset)
        _engine.retract_fact(handle, _BOOT.retract)
        self._live: list[Fact] = []
        self.fired: set[int] = set()
        self.delete = weakref.finalize(self, _abandoned.append, handle)
        self.delete.atexit = False

    def begin(self) -> None:
        self.fired = set(self._layout.always)

    def run(self, facts: Sequence[Fact]) -> None:
        """Assert the facts and fire until the agenda is at rest; what fired is in `fired`."""
        if not facts:
            return
        handle, offset, fired, heads = self._handle, self._offset, self.fired, self._layout.heads
        proceed = _engine.complete_and_start_action
        self._put(facts)
        started = _engine.start_action_for_state(handle, offset)
        match: str | None = started[1] if started else None
        while match is not None:
            rule = int(match[3 : match.index('"', 3)])  # {"r17":{…
            if rule in fired:  # one fact per literal: a rule fires once, so firings are limited
                raise SettlingError(f"rule {rule} fired twice")
            fired.add(rule)
            if rule in heads:
                self._put(heads[rule])
            match = proceed(handle, offset)

    def _put(self, facts: Sequence[Fact]) -> None:
        handle, stored, put = self._handle, self._stored, _engine.assert_fact
        self._live += facts
        for fact in facts:
            if put(handle, fact[0]) != stored:
                raise SettlingError(f"the extension did not store {fact[0]}")

    def clear(self) -> None:
        """Retract every fact.

        The extension keeps what a fired rule matched marked as being dispatched. When a second
        fact of such a match is retracted it looks for the first in the match, does not find it,
        and reads on behind its table: with three or more patterns possibly behind the memory
        block (seen: SIGSEGV at 15). A match made anew is not marked. So one fact of each such
        rule (`anchors`) is taken away, which is safe for the first, and given back: the rule
        matches anew, and from then on its facts can go.
        """
        anchors = self._layout.anchors
        for anchor in {anchors[rule] for rule in anchors.keys() & self.fired}:
            self._retract([anchor])
            self._put([anchor])
            self._retract([anchor])
        self._retract(self._live)
        self._live.clear()

    def _retract(self, facts: Sequence[Fact]) -> None:
        handle, stored, retract = self._handle, self._stored, _engine.retract_fact
        for fact in facts:
            if retract(handle, fact[1]) != stored:
                raise SettlingError(f"the extension did not retract {fact[1]}")

    def facts(self) -> str:
        return str(_engine.get_facts(self._handle, _SESSION))


class ReteSettler:
    """A `Settler` on a Rete network.

    One lock stands for the networks and is held from `begin` to `end`. Whatever fails in
    between, the networks are thrown away and built anew for the next binding. A process that
    was forked goes on with its own copy.
    """

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Compile. Raises ClauseError if the clauses have no meaning or do not fit."""
        self._layout = lay_out(clauses)
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._process = os.getpid()
        self._certain: _Network | None = None  # built when it is first asked
        self._twin: _Network | None = None
        self._reset()

    def _reset(self) -> None:
        self._settled: int | None = None
        self._in_doubt = False  # an unknown leaf has woken the twin
        self._given: list[Fact] = []
        self._closing: list[Fact] = []
        self._closing_twin: list[Fact] = []
        self._known: dict[int, Truth] = {}

    def prepare(self) -> None:
        """Build the twin, too: for a server, before it forks or takes requests."""
        self.begin()
        try:
            if self._twin is None:
                self._twin = _Network(self._layout)
        finally:
            self.end()

    def begin(self) -> None:
        if self._process != os.getpid():
            self._adopt_after_fork()
        me = threading.get_ident()
        if self._owner == me:
            self.end()
        if not self._lock.acquire(timeout=LOCK_SECONDS):
            raise SettlingError("another thread has not ended its binding")
        self._owner = me
        self._reset()
        try:
            self._keep()
            if self._certain is None:
                self._certain = _Network(self._layout)
            self._certain.begin()
        except BaseException:
            self.end()
            raise

    def _keep(self) -> None:
        """Count as used last; the networks of those not used for longest are given back."""
        _used.pop(id(self), None)
        _used[id(self)] = weakref.ref(self)
        for _ in range(len(_used) - KEPT):
            settler = _used.popitem(last=False)[1]()
            if settler is not None and settler._lock.acquire(blocking=False):
                settler._delete()
                settler._lock.release()

    def settle(self, stratum: int, truths: Mapping[int, Truth]) -> Mapping[int, Truth]:
        certain = self._certain
        if self._owner != threading.get_ident() or certain is None:
            raise SettlingError("no binding is open")
        plan = self._layout.strata.get(stratum)
        if plan is None:
            return {}
        if plan.before != self._settled:
            raise SettlingError(f"stratum {stratum} is out of turn")

        # First all truths are read: an error in them must find the networks still clean.
        true, false, unknown = TRUE, FALSE, UNKNOWN
        sure: list[Fact] = []
        doubtful: list[Fact] = []
        in_doubt = self._in_doubt
        for leaf, if_true, if_not in plan.fresh:
            truth = truths[leaf]
            if truth is true:
                sure += if_true
            elif truth is false:
                sure += if_not
            elif truth is unknown:
                in_doubt = True
                doubtful += if_true
                doubtful += if_not
            else:
                raise TypeError(f"leaf {leaf} has {truth!r} for a truth")
        for leaf in plan.again:
            if truths[leaf] is not self._known[leaf]:
                raise ValueError(f"leaf {leaf} changed its truth within a binding")
        for leaf in plan.lasting:
            self._known[leaf] = truths[leaf]

        facts = self._closing + sure
        try:
            certain.run(facts)
            fired = certain.fired
            if in_doubt:
                settled = self._settle_in_doubt(plan, fired, sure + doubtful)
            else:
                self._given += facts
                self._closing = [
                    f for index, idle in plan.closing if index not in fired for f in idle
                ]
                settled = {index: true if index in fired else false for index in plan.indexes}
        except BaseException:
            self._abandon()
            raise
        self._settled = stratum
        return settled

    def _settle_in_doubt(
        self, plan: Stratum, fired: set[int], facts: list[Fact]
    ) -> dict[int, Truth]:
        """Run the twin as well; when it wakes it is told what was certain before."""
        if self._twin is None:
            self._twin = _Network(self._layout)
        if not self._in_doubt:
            self._in_doubt = True
            self._twin.begin()
            self._closing_twin = self._given + self._closing
        self._twin.run(self._closing_twin + facts)
        maybe = self._twin.fired
        self._closing = [f for index, idle in plan.closing if index not in maybe for f in idle]
        self._closing_twin = [f for index, idle in plan.closing if index not in fired for f in idle]
        return {
            index: TRUE if index in fired else UNKNOWN if index in maybe else FALSE
            for index in plan.indexes
        }

    def end(self) -> None:
        if self._owner != threading.get_ident():
            return
        try:
            if self._certain is not None:
                self._certain.clear()
            if self._in_doubt and self._twin is not None:
                self._twin.clear()
        except BaseException:
            self._abandon()
            raise
        finally:
            self._owner = None
            self._lock.release()

    def close(self) -> None:
        """Give the memory back. The next binding would build anew."""
        self.begin()
        try:
            self._delete()
            _delete_abandoned()
        finally:
            self.end()

    def _delete(self) -> None:
        for network in (self._certain, self._twin):
            if network is not None:
                network.delete()
        self._certain = self._twin = None

    def leftovers(self) -> str:
        """The facts the networks hold, as JSON lists: `[]` for each after every binding."""
        return "".join(n.facts() for n in (self._certain, self._twin) if n is not None)

    def _abandon(self) -> None:
        """Forget the networks without touching them: deleting a damaged one may crash."""
        for network in (self._certain, self._twin):
            if network is not None:
                network.delete.detach()
        self._certain = self._twin = None

    def _adopt_after_fork(self) -> None:
        """The lock may belong to a thread that this process does not have."""
        if self._lock.locked():
            self._abandon()
        self._lock = threading.Lock()
        self._owner = None
        self._process = os.getpid()


def admit(clauses: Sequence[Clause], seconds: float = 30.0) -> None:
    """Try the clauses in a process of their own, for some bad layouts hang or crash it.

    The child compiles them and asserts every literal once; every clause must then fire.
    Raises ClauseError if they have no meaning, do not fit, or the child fails or takes longer
    than `seconds`.
    """
    lay_out(clauses)
    path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
    try:
        trial = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=json.dumps([astuple(clause) for clause in clauses]),
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise ClauseError(
            f"the trial in a process of its own took more than {seconds:g} s",
            f"在独立进程中试运行超过 {seconds:g} 秒",
        ) from None
    if trial.returncode != 0:
        reason = (trial.stderr.strip().splitlines() or [f"exit {trial.returncode}"])[-1]
        raise ClauseError(
            f"the trial in a process of its own failed: {reason}",
            f"在独立进程中试运行失败：{reason}",
        )


def _try_out(clauses: Sequence[Clause]) -> None:
    layout = lay_out(clauses)
    network = _Network(layout)
    network.run(layout.literals)
    if len(network.fired) != layout.rules:
        raise SettlingError(f"{len(network.fired)} of {layout.rules} rules fired")
    network.clear()
    if network.facts() != "[]":
        raise SettlingError("facts are left behind")
    network.delete()


if __name__ == "__main__":
    _try_out(
        [
            Clause(index, stratum, tuple(when), tuple(unless), tuple(overridden_by))
            for index, stratum, when, unless, overridden_by in json.load(sys.stdin)
        ]
    )
