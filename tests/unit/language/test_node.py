"""Finding one's way in a tree of nodes."""

from engine.language.node import Position, Text, locate, to_plain, walk
from engine.language.source import load, load_mapping

TREE = load("a:\n- x/y: 1\n  m~n: [p, q]\n- ~\n", "f")


def test_each_node_has_its_json_pointer() -> None:
    assert [pointer for pointer, _ in walk(TREE)] == [
        *("", "/a", "/a/0", "/a/0/x~1y", "/a/0/m~0n", "/a/0/m~0n/0", "/a/0/m~0n/1", "/a/1")
    ]


def test_a_path_leads_to_its_node_or_to_the_last_one_on_the_way() -> None:
    assert to_plain(locate(TREE, ("a", 0, "m~n", 1))) == "q"
    assert to_plain(locate(TREE, ("a", 0, "none", "below"))) == {"x/y": "1", "m~n": ["p", "q"]}
    assert to_plain(locate(TREE, ("a", 2))) == [{"x/y": "1", "m~n": ["p", "q"]}, None]
    assert locate(TREE, ("a", "0")) is locate(TREE, ("a",))
    assert locate(TREE, ()) is TREE


def test_the_parts_of_a_line_of_text_have_their_own_places() -> None:
    node = load_mapping('a: birth.order >= 1\nb: "p q"\nc: "p\\tq"\nd: p\n  q\n', "f")
    a, b, c, d = (entry.value for entry in node.entries)

    assert isinstance(a, Text) and a.part(6, 11) == Position("f", 1, 10, 1, 14)
    assert isinstance(b, Text) and b.part(2, 3) == Position("f", 2, 7, 2, 7)
    assert isinstance(c, Text) and c.part(2, 3) == c.at
    assert isinstance(d, Text) and d.part(2, 3) == d.at


def test_an_empty_part_is_the_place_of_the_next_character() -> None:
    assert Text("ab", Position("f", 1, 1, 1, 2), False).part(1, 1) == Position("f", 1, 2, 1, 2)
