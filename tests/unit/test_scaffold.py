"""The repository's own promises: pinned dependencies, one Python version, imports one way."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(lock: str) -> list[str]:
    """The requirements of a lock file, one string each, continuation lines joined."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip()]


def distribution(requirement: str) -> str:
    """The normalised name (PEP 503) at the start of a requirement."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_there_are_locks_for_building_running_and_measuring() -> None:
    assert LOCKS == ["requirements-bench.lock", "requirements-build.lock", "requirements.lock"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_option_but_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"/|(^|\s)-[a-z]|--(?!hash=)", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_to_one_version_with_hashes(lock: str) -> None:
    for requirement in requirements(lock):
        pinned = r"[a-z0-9._-]+==[A-Za-z0-9.!+]+(\s+--hash=sha256:[0-9a-f]{64})+"
        assert re.fullmatch(pinned, requirement), requirement


@pytest.mark.parametrize(
    ("lock", "extra"), [("requirements.lock", "dev"), ("requirements-bench.lock", "bench")]
)
def test_everything_the_project_declares_is_locked(lock: str, extra: str) -> None:
    project = PROJECT["project"]
    declared = project["dependencies"] + project["optional-dependencies"][extra]
    locked = {distribution(requirement) for requirement in requirements(lock)}
    assert {distribution(requirement) for requirement in declared} <= locked


def test_what_is_in_two_locks_has_one_version_in_both() -> None:
    version_of = {}
    for lock in LOCKS:
        for requirement in requirements(lock):
            pin = requirement.split()[0]
            assert version_of.setdefault(distribution(requirement), pin) == pin


def test_every_file_names_the_python_that_runs_these_tests() -> None:
    named = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    assert PROJECT["project"]["requires-python"] == f"=={named}.*"
    assert PROJECT["tool"]["mypy"]["python_version"] == named
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{named.replace('.', '')}"
    assert f"{sys.version_info.major}.{sys.version_info.minor}" == named


def test_every_folder_of_the_engine_has_its_place_in_the_import_contract() -> None:
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    placed = {name for layer in contract["layers"] for name in re.findall(r"\w+", layer)}
    folders = {path.parent.name for path in (ROOT / "engine").glob("*/__init__.py")}
    assert contract["exhaustive"] is True
    assert folders
    assert folders <= placed


def test_imports_keep_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
