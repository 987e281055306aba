"""The engine compiled with mypyc, in a tree of its own: `python -m bench.compile` makes it.

`build/compiled` holds a copy of `engine/` in which the modules that a decision runs through are C
extensions, and links to what stands beside it. Nothing else changes: a module that is not compiled
is the same file, and the sources stay what one edits and tests. The constructor that `dataclass`
would write when a module is loaded is written into the copy, so that it is compiled as well; and
operators that may return `NotImplemented` are annotated so that a native method can.
"""

from __future__ import annotations

import ast
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
    "values": ("bands", "dates", "exact", "intervals", "money"),
    "law": ("places",),
    "inference": (
        *("answers", "asked", "closures", "connectives", "effects", "lists", "program", "values"),
    ),
    "decision/case": (
        *("apart", "facts", "frame", "groups", "input", "model", "order", "problems"),
        *("reading", "settings", "values"),
    ),
    "decision/worlds": (
        *("concluded", "explore", "figures", "forks", "found", "goal_directed"),
        *("names", "options", "results", "rounded", "setting", "standing", "survey"),
        *("untold", "work", "world"),
    ),
    "decision/governing": ("candidates", "choice_of_law", "law", "taking", "texts"),
    "decision/words": ("aspect_words", "shown", "suppositions", "written"),
    "decision/trace": (*("behind", "calculation", "part_trace", "prepared", "telling", "trace"),),
    "decision/deciding": (
        *("bands_told", "cited", "confidence", "decide", "figures_told", "followed"),
        *("outcome", "part", "seal", "sought", "unproved", "warnings"),
    ),
    "decision/changing": (
        *("contents", "differing", "framing", "placed", "reasoned", "reasoning"),
        *("reasons", "turning"),
    ),
}
"""What a case runs through; `partial` is left out, for its list is a tuple."""


def main() -> None:
    """Makes the tree anew. Raises what mypyc and the C compiler have against it."""
    shutil.rmtree(TARGET, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "*.so")
    shutil.copytree(ROOT / "engine", TARGET / "engine", ignore=ignored)
    os.chdir(TARGET)
    files = [f"engine/{room}/{name}.py" for room, names in MODULES.items() for name in names]
    for file in files:
        source = Path(file).read_text()
        Path(file).write_text(with_open_operators(with_constructors(source)))
    extensions = mypycify(
        ["--no-warn-return-any", "--no-warn-unused-ignores", *files],
        opt_level="2",
        multi_file=True,
        verbose=False,
    )
    for one in extensions:
        one.extra_compile_args.append("-fvisibility=hidden")  # calls inside go straight
    arguments = ["--quiet", "build_ext", "--inplace", f"--parallel={os.cpu_count() or 1}"]
    setup(name="tiaoli-compiled", packages=[], ext_modules=extensions, script_args=arguments)
    for name in BESIDE:
        (TARGET / name).symlink_to(ROOT / name)


def with_constructors(source: str) -> str:
    """A module in which each dataclass has the constructor that `dataclass` would give it.

    Those that inherit stay as they are.
    """
    lines = source.splitlines()
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    for node in sorted(classes, key=lambda one: one.lineno, reverse=True):
        if _is_dataclass(node) and not node.bases:
            lines[node.end_lineno : node.end_lineno] = ["", *_constructor(node)]
    return "\n".join(lines) + "\n"


def with_open_operators(source: str) -> str:
    """A module in which an operator that may leave the other side to answer says that it returns
    anything: a native method gives what its annotation says, and `NotImplemented` is no amount."""
    lines = source.splitlines()
    found = False
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.returns is not None and _declines(node):
            at, returns = node.returns.lineno - 1, node.returns
            lines[at] = f"{lines[at][: returns.col_offset]}Any{lines[at][returns.end_col_offset :]}"
            found = True
    if found:
        lines.insert(
            lines.index("from __future__ import annotations") + 1, "from typing import Any"
        )
    return "\n".join(lines) + "\n"


def _declines(function: ast.FunctionDef) -> bool:
    """Whether a function returns `NotImplemented` in some case."""
    returned = (one.value for one in ast.walk(function) if isinstance(one, ast.Return))
    return any(isinstance(one, ast.Name) and one.id == "NotImplemented" for one in returned)


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(ast.unparse(one).startswith("dataclass") for one in node.decorator_list)


def _constructor(node: ast.ClassDef) -> list[str]:
    """The lines of `__init__`: a parameter for each field, and a factory's call if it is left out.

    In a frozen class only a constructor may set a field; mypy cannot know that this one is it.
    `__post_init__` is called last.
    """
    parameters, body = ["self"], []
    for field in node.body:
        if not isinstance(field, ast.AnnAssign):
            continue
        name, type, default = ast.unparse(field.target), ast.unparse(field.annotation), field.value
        value = name
        if isinstance(default, ast.Call) and ast.unparse(default.func) == "field":
            made = {one.arg: ast.unparse(one.value) for one in default.keywords}
            if "default_factory" not in made:
                continue  # `__post_init__` sets it
            value = f"({made['default_factory']})()"
            if made.get("init") != "False":
                parameters.append(f"{name}: {type} | None = None")
                value = f"{value} if {name} is None else {name}"
        else:
            parameters.append(f"{name}: {type}" + (f" = {ast.unparse(default)}" if default else ""))
        body.append(f"        self.{name} = {value}  # type: ignore[misc, unused-ignore]")
    methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    if "__post_init__" in methods:
        body.append("        self.__post_init__()")
    return [f"    def __init__({', '.join(parameters)}) -> None:", *body]


if __name__ == "__main__":
    main()
