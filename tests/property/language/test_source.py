"""What holds for every file: no crash, no loss, no wrong place."""

import json
import re

import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.language.flow import flow_collections
from engine.language.keywords import canonicalise
from engine.language.node import Plain, Text, locate, walk
from engine.language.source import CASE, FORBIDDEN, SourceError, load, to_plain

texts = st.text(max_size=12).filter(lambda text: not FORBIDDEN.search(text))
keys = texts.filter(bool)
leaves = st.one_of(st.none(), texts, st.sampled_from(["null", "~", "no", "010", "a: b", "- x"]))
trees: st.SearchStrategy[Plain] = st.recursive(
    leaves,
    lambda inside: st.one_of(
        st.lists(inside, max_size=4), st.dictionaries(keys, inside, max_size=4)
    ),
    max_leaves=12,
)
# Sources that come near to something: pieces of YAML and JSON in any order.
PIECES = (
    *("{", "}", "[", "]", ":", ",", "-", "?", "|", ">", "&", "*", "!", "%", "@", "#", "'", '"'),
    *("\\", "\n", "\t", "\r", "a", "1", ".", "---", "...", "&a", "*a", "!!str", "<<", "湖", "，"),
    *("\\ud800", "\\u0000", "\\x", "~", "null", " ", "  ", ": ", "- ", "\n  ", "\n- "),
    *("\ufeff", "\ud800", "\x00", "\x85", "\u2028"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.binary(max_size=200), st.sampled_from(["yaml", "json"]))
def test_no_bytes_crash_the_reader(data: bytes, form: str) -> None:
    try:
        load(data, "f", CASE, format="json" if form == "json" else "yaml")
    except SourceError as error:
        assert error.diagnostics


@given(pieces, st.sampled_from(["yaml", "json"]))
def test_no_text_crashes_the_reader_or_what_reads_its_tree(text: str, form: str) -> None:
    try:
        node = load(text, "f", CASE, format="json" if form == "json" else "yaml")
        flow_collections(node, {"a", "1"})
        canonicalise(node)
    except SourceError as error:
        lines = re.split("\r\n|\n|\r", text.removeprefix("\ufeff"))
        for found in error.diagnostics:
            assert 1 <= found.at.line <= len(lines)
            assert 1 <= found.at.column <= len(lines[found.at.line - 1]) + 1


@given(trees, st.booleans(), st.booleans())
def test_yaml_that_was_written_reads_back_the_same(tree: Plain, flow: bool, wide: bool) -> None:
    written = yaml.safe_dump(
        tree, default_flow_style=flow, allow_unicode=wide, width=10**6, sort_keys=False
    )
    assert to_plain(load(written, "f")) == tree


@given(trees, st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_json_that_was_written_reads_back_the_same(
    tree: Plain, ascii_only: bool, indent: int | str | None
) -> None:
    written = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    assert to_plain(load(written, "f", format="json")) == tree


@given(st.one_of(pieces, pieces.map('"{}"'.format), pieces.map('{{"a": "{}"}}'.format)))
def test_json_is_accepted_exactly_where_the_library_accepts_it(text: str) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) < len(pairs) or "" in dict(pairs):
            raise ValueError("twice, or empty")
        if any(FORBIDDEN.search(key) for key, _ in pairs):
            raise ValueError("forbidden")
        return dict(pairs)

    def word(value: object) -> object:
        match value:
            case bool():
                return str(value).lower()
            case str() if FORBIDDEN.search(value):
                raise ValueError("forbidden")
            case list():
                return [word(item) for item in value]
            case dict():
                return {key: word(item) for key, item in value.items()}
        return value

    bare = text.removeprefix("\ufeff")
    try:
        expected = word(
            json.loads(
                bare,
                parse_int=str,
                parse_float=str,
                parse_constant=refuse,
                object_pairs_hook=once,
            )
        )
        if FORBIDDEN.search(bare):
            raise ValueError("forbidden")
    except ValueError:
        expected = SourceError
    try:
        found: object = to_plain(load(text, "f", format="json"))
    except SourceError:
        found = SourceError
    assert found == expected


@given(trees, st.booleans(), st.booleans())
def test_places_point_at_the_text_that_they_name(tree: Plain, flow: bool, as_json: bool) -> None:
    written = (
        json.dumps(tree, ensure_ascii=False, indent=None if flow else 1)
        if as_json
        else yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, width=10**6)
    )
    lines = re.split("\r\n|\n|\r", written)
    root = load(written, "f", format="json" if as_json else "yaml")
    for _, node in walk(root):
        at = node.at
        assert (at.line, at.column) <= (at.end_line, at.end_column)
        if isinstance(node, Text) and at.line == at.end_line:
            shown = lines[at.line - 1][at.column - 1 : at.end_column]
            assert (yaml.safe_load(shown) if node.quoted else shown) == node.value


@given(trees)
def test_the_pointer_of_a_node_leads_to_it(tree: Plain) -> None:
    root = load(yaml.safe_dump(tree, allow_unicode=True), "f")
    for pointer, node in walk(root):
        steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
        path: tuple[str | int, ...] = ()
        for step in steps:
            above = to_plain(locate(root, path))
            path = (*path, int(step) if isinstance(above, list) else step)
        assert locate(root, path) is node
