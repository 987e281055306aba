"""Collects every scenario of the folders beside this file, wherever a copy of it stands."""

from pathlib import Path

from pytest_bdd import scenarios

scenarios(str(Path(__file__).parent / "cn"))
