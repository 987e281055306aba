"""From nothing to one answer: what a process of each engine takes in time and memory.

Imports no engine, so that the forked process does not inherit the memory of one (Linux counts the
peak of a process from before its exec).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIAOLI = str(Path(sys.executable).with_name("tiaoli"))


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from process start to exit, and the largest resident set in MB (10⁶ bytes)."""

    seconds: float
    rss_mb: float
    output: bytes


def command(engine: str, case: Path) -> list[str]:
    """What starts one decision of `case` in a process of its own."""
    if engine == "tiaoli":
        return [TIAOLI, "decide", str(case), "--json"]
    return [sys.executable, "-m", "bench.cold", engine]


def start(arguments: list[str], runs: int) -> Start:
    """The medians over `runs` starts, after one that fills the caches of the file system."""
    run_once(arguments)
    starts = [run_once(arguments) for _ in range(runs)]
    return Start(
        seconds=statistics.median(one.seconds for one in starts),
        rss_mb=statistics.median(one.rss_mb for one in starts),
        output=starts[-1].output,
    )


def run_once(arguments: list[str]) -> Start:
    """One start. Raises CalledProcessError unless the process ends with 0."""
    began = time.perf_counter()
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, arguments, output)
    return Start(seconds=seconds, rss_mb=usage.ru_maxrss * 1024 / 1e6, output=output)
