"""Reading YAML and JSON: what is text, what is refused, and where it stands."""

import time

import pytest

from engine.language.node import Mapping, Null, Position, Sequence, Text
from engine.language.source import CASE, Limits, SourceError, load, load_mapping, to_plain


def codes(text: str | bytes, limits: Limits = CASE, json: bool = False) -> list[str]:
    """What loading this complains of, with the places."""
    with pytest.raises(SourceError) as caught:
        load(text, "f", limits, format="json" if json else "yaml")
    return [f"{found.at.line}:{found.at.column} {found.code}" for found in caught.value.diagnostics]


def place(position: Position) -> tuple[int, int, int, int]:
    return (position.line, position.column, position.end_line, position.end_column)


@pytest.mark.parametrize(
    "guess", ["010", "12:30", "no", "on", "1e3", "2003-04-02", ".5", "0x1f", "<<", "=", "true"]
)
def test_a_scalar_is_read_as_the_text_it_is(guess: str) -> None:
    assert to_plain(load(f"a: {guess}", "f")) == {"a": guess}


@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_a_value_left_out_is_null(nothing: str) -> None:
    node = load_mapping(f"a: {nothing}", "f")
    assert isinstance(node.get("a"), Null)


def test_the_word_null_in_quotes_is_text() -> None:
    assert to_plain(load("a: 'null'\nb: \"\"", "f")) == {"a": "null", "b": ""}


def test_every_node_knows_its_place() -> None:
    node = load_mapping('条文:\n- id: "甲"\n  when: [a, b]\n\n# end\n', "f")

    articles = node.get("条文")
    assert isinstance(articles, Sequence) and place(articles.at) == (2, 1, 3, 14)
    first = articles.items[0]
    assert isinstance(first, Mapping) and place(first.at) == (2, 3, 3, 14)
    name, when = first.get("id"), first.get("when")
    assert isinstance(name, Text) and name.quoted and place(name.at) == (2, 7, 2, 9)
    assert isinstance(when, Sequence) and when.flow and place(when.at) == (3, 9, 3, 14)
    entry = node.entry("条文")
    assert entry is not None and place(entry.key.at) == (1, 1, 1, 2)


def test_a_block_of_text_ends_where_its_last_line_ends() -> None:
    node = load_mapping("a: |\n  one\n  two\n\nb: 1\n", "f")
    text = node.get("a")
    assert isinstance(text, Text) and text.quoted and text.value == "one\ntwo\n"
    assert place(text.at) == (1, 4, 3, 5)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_for_every_line_break(break_: str) -> None:
    node = load_mapping(break_.join(["a: 1", "b: 2", "c: 3"]), "f")
    last = node.get("c")
    assert last is not None and place(last.at) == (3, 4, 3, 4)


def test_a_byte_order_mark_moves_nothing() -> None:
    node = load_mapping("\ufeffa: 1".encode(), "f")
    assert node.keys() == ("a",)
    assert place(node.at) == (1, 1, 1, 4)


def test_an_empty_file_is_null() -> None:
    assert load("# nothing\n", "f") == Null(Position("f", 1, 1, 1, 1))


@pytest.mark.parametrize("text", ["", "- a", "word", "~"])
def test_a_file_that_must_be_a_mapping_is_nothing_else(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_mapping(text, "f")
    assert [found.code for found in caught.value.diagnostics] == ["not-a-mapping"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\nb: *x", ["1:4 alias"]),
        ("a: *x", ["1:4 alias"]),
        ("a: &x [1]", ["1:4 alias"]),
        ("a: !!python/object/apply:os.system [ls]", ["1:4 tag"]),
        ("a: ! b", ["1:4 tag"]),
        ("a: 1\nb: !t 2\na: 3", ["2:4 tag", "3:1 duplicate-key"]),
        ("{a: 1, a: 2}", ["1:8 duplicate-key"]),
        ("? [a]\n: b", ["1:3 key-not-text"]),
        ("'': b", ["1:1 key-not-text"]),
        ("--- 1\n--- 2", ["2:1 multiple-documents"]),
        ("a: b: c", ["1:5 not-yaml"]),
        ("a:\n\tb: 1", ["2:1 not-yaml"]),
        ("a: [1", ["1:6 not-yaml"]),
        ("{", ["1:2 not-yaml"]),
        (b"a: 1\nb: \xe6\xb9\x96\xff", ["2:5 not-utf8"]),
        ("a: 1".encode("utf-16"), ["1:1 not-utf8"]),
        ("a: x\u202ey", ["1:5 forbidden-character"]),
        ("a: \x00", ["1:4 forbidden-character"]),
        ("a: \ud800", ["1:4 forbidden-character"]),
        ('a: "\\u2028"', ["1:4 forbidden-character"]),
        ('a: "\\ud800"', ["1:7 not-yaml"]),
    ],
)
def test_what_is_refused_has_a_code_and_a_place(text: str | bytes, found: list[str]) -> None:
    assert codes(text) == found


def test_a_yaml_bomb_is_refused_at_its_first_anchor() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    bomb = "\n".join(["l0: &l0 [x, x, x]", *levels])
    assert codes(bomb) == ["1:5 alias"]


@pytest.mark.parametrize("bracket", ["[", '{"a":', "- "])
def test_nesting_that_never_ends_is_refused(bracket: str) -> None:
    assert codes(bracket * 100_000)[0].endswith("too-deep")


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_json_that_nests_without_end_is_refused(bracket: str) -> None:
    assert codes(bracket * 100_000, json=True)[0].endswith("too-deep")


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    text = b"a: [" + b"x," * 5_000_000 + b"]"
    begin = time.process_time()
    assert codes(text) == ["1:1 too-large"]
    assert time.process_time() - begin < 0.5


def test_size_is_counted_in_bytes() -> None:
    limits = Limits(size=10)
    assert to_plain(load("a: 湖北", "f", limits)) == {"a": "湖北"}
    assert codes("a: 湖北省", limits) == ["1:1 too-large"]


def test_each_limit_holds_exactly() -> None:
    limits = Limits(depth=2, nodes=6, scalar=3)
    assert to_plain(load("[[aaa, b, c]]", "f", limits)) == [["aaa", "b", "c"]]
    assert codes("[[[a]]]", limits) == ["1:3 too-deep"]
    assert codes("[a, b, c, d, e, f]", limits) == ["1:17 too-many-nodes"]
    assert codes("[aaaa]", limits) == ["1:2 scalar-too-long"]


def test_reading_stops_at_a_hundred_problems() -> None:
    assert len(codes("a: 1\n" * 1000)) == 100


def test_json_is_read_with_its_escapes_and_tabs() -> None:
    text = '{\n\t"a":\t"\\u00e9 \\ud83d\\ude00 \\t",\r\n\t"b": [1.50, -2, true, null, {}, []]\n}'
    node = load_mapping(text, "f", CASE, format="json")
    assert to_plain(node) == {"a": "é 😀 \t", "b": ["1.50", "-2", "true", None, {}, []]}
    b = node.get("b")
    assert isinstance(b, Sequence) and place(b.at) == (3, 7, 3, 36)
    number = b.items[0]
    assert isinstance(number, Text) and not number.quoted and place(number.at) == (3, 8, 3, 11)


def test_amounts_of_json_keep_their_digits() -> None:
    digits = "9" * 5000
    assert to_plain(load(f'{{"a": {digits}.10}}', "f", format="json")) == {"a": f"{digits}.10"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["1:1 not-json"]),
        ("{", ["1:2 not-json"]),
        ('{"a"}', ["1:5 not-json"]),
        ('{"a": 1,}', ["1:9 not-json"]),
        ("[1,]", ["1:4 not-json"]),
        ("[1 2]", ["1:4 not-json"]),
        ("[1}", ["1:3 not-json"]),
        ("[1] 2", ["1:5 not-json"]),
        ("{a: 1}", ["1:2 not-json"]),
        ("[NaN]", ["1:2 not-json"]),
        ("[-Infinity]", ["1:2 not-json"]),
        ("[01]", ["1:3 not-json"]),
        ('["a\tb"]', ["1:2 not-json"]),
        ('["\\x"]', ["1:2 not-json"]),
        ('["\\ud800"]', ["1:2 forbidden-character"]),
        ('["\\u0000"]', ["1:2 forbidden-character"]),
        ('{"a": 1,\n "a": 2}', ["2:2 duplicate-key"]),
        ('{"": 1}', ["1:2 key-not-text"]),
    ],
)
def test_what_json_refuses_has_a_code_and_a_place(text: str, found: list[str]) -> None:
    assert codes(text, json=True) == found


@pytest.mark.parametrize("json", [False, True])
def test_an_error_never_repeats_the_content(json: bool) -> None:
    secret = "zhang-san"
    texts = [
        f'{{"{secret}": 1, "{secret}": "{secret}\\u0000"}}',
        f'{{"a": "{secret}',
        f"[{secret}: : {secret}]",
        f'["{secret}" "{secret}"]',
    ]
    for text in texts:
        with pytest.raises(SourceError) as caught:
            load(text, "f", CASE, format="json" if json else "yaml")
        told = str(caught.value) + repr(caught.value.diagnostics)
        assert secret not in told
