"""The engine compiled with mypyc, in a tree of its own: `python -m bench.compile` makes it.

`build/compiled` holds a copy of `engine/` in which the modules that a decision runs through are C
extensions, and links to what stands beside it. Nothing else changes: a module that is not compiled
is the same file, and the sources stay what one edits and tests.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from mypyc.build import mypycify
from setuptools import setup

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = ROOT / "build" / "compiled"
BESIDE: Final = ("api", "bench", "examples", "features", "pyproject.toml", "rulesets", "tests")
MODULES: Final = {
    "values": ("bands", "intervals"),
    "law": ("places",),
    "inference": ("answers", "closures", "connectives", "lists", "program", "values"),
    "decision": (
        *("case", "case_facts", "case_frame", "case_groups", "case_input", "case_model"),
        *("case_order", "case_values", "cited", "concluded", "confidence", "decide", "explore"),
        *("figures", "figures_told", "forks", "found", "framing", "governing", "names"),
        *("options", "outcome", "part", "placed", "prepared", "reasoned", "results", "setting"),
        *("shown", "standing", "telling", "texts", "trace", "warnings", "world"),
    ),
}
"""What a case runs through: reading, deciding, telling. `asked` is left out: a list is a tuple."""


def main() -> None:
    """Makes the tree anew. Raises what mypyc and the C compiler have against it."""
    shutil.rmtree(TARGET, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "*.so")
    shutil.copytree(ROOT / "engine", TARGET / "engine", ignore=ignored)
    os.chdir(TARGET)
    files = [f"engine/{room}/{name}.py" for room, names in MODULES.items() for name in names]
    extensions = mypycify(files, opt_level="2", multi_file=True, verbose=False)
    arguments = ["--quiet", "build_ext", "--inplace", f"--parallel={os.cpu_count() or 1}"]
    setup(name="tiaoli-compiled", packages=[], ext_modules=extensions, script_args=arguments)
    for name in BESIDE:
        (TARGET / name).symlink_to(ROOT / name)


if __name__ == "__main__":
    main()
