"""Collects every scenario of the folders beside this file."""

from pytest_bdd import scenarios

scenarios("cn")
