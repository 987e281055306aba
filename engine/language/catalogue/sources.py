"""Codes of reading a file. Their messages repeat nothing of the content: it may be a case."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.catalogue.entry import CodeInfo, error

SOURCES: Mapping[str, CodeInfo] = {
    "too-large": error(
        ("文件过大", "file too large"),
        ("文件超过 {limit} 字节的上限。", "The file is larger than the limit of {limit} bytes."),
        ("拆成几个文件，或只留需要的部分。", "Split it, or keep only what is needed."),
    ),
    "too-deep": error(
        ("嵌套过深", "nested too deeply"),
        ("嵌套超过 {limit} 层。", "The nesting is deeper than {limit} levels."),
        ("减少嵌套的层数。", "Nest less deeply."),
    ),
    "too-many-nodes": error(
        ("内容过多", "too many values"),
        ("键和值超过 {limit} 个。", "There are more than {limit} keys and values."),
        ("拆成几个文件，或只留需要的部分。", "Split it, or keep only what is needed."),
    ),
    "scalar-too-long": error(
        ("文字过长", "text too long"),
        (
            "一个值的文字超过 {limit} 个字符。",
            "The text of one value is longer than {limit} characters.",
        ),
        ("缩短这段文字。", "Shorten it."),
    ),
    "alias": error(
        ("锚点或别名", "anchor or alias"),
        (
            "这里用了 YAML 的锚点或别名（& 或 *），本语言不用。",
            "An anchor or an alias of YAML (& or *) stands here; the language has none.",
        ),
        (
            "把内容写全；文字本身以 & 或 * 开头的，加引号。",
            "Write the content out; put quotes around a text that begins with & or *.",
        ),
    ),
    "tag": error(
        ("类型标记", "tag"),
        (
            "这里用了 YAML 的类型标记（!），本语言不用。",
            "A tag of YAML (!) stands here; the language has none.",
        ),
        (
            "删去标记；文字本身以 ! 开头的，加引号。",
            "Remove it; put quotes around a text that begins with an exclamation mark.",
        ),
    ),
    "duplicate-key": error(
        ("重复的键", "duplicate key"),
        ("同一个键在第 {line} 行已经写过。", "The same key stands already in line {line}."),
        ("合并两处，或删去一处。", "Join the two, or remove one."),
    ),
    "key-not-text": error(
        ("键不是文字", "key is not text"),
        (
            "键须是一行文字，这里是空的、列表或者映射。",
            "A key is a line of text; here it is empty, a list or a mapping.",
        ),
        ("在冒号前写一个名称。", "Write a name before the colon."),
    ),
    "not-utf8": error(
        ("不是 UTF-8", "not UTF-8"),
        ("从这里起，文件不是 UTF-8 编码。", "From here on the file is not encoded in UTF-8."),
        ("另存为 UTF-8 编码。", "Save it as UTF-8."),
    ),
    "forbidden-character": error(
        ("不可见的控制字符", "invisible control character"),
        (
            "这里有字符 {character}，它不可见，或者会改变文字的显示顺序。",
            "The character {character} stands here: it is invisible or changes the order in which "
            "text is shown.",
        ),
        ("删去这个字符。", "Remove it."),
    ),
    "not-yaml": error(
        ("不是合格的 YAML", "not YAML"),
        ("YAML 读不下去：{cause}。", "This cannot be read as YAML: {cause}."),
        (
            "检查这一行和上一行的缩进、冒号、引号、括号；缩进用空格。",
            "Check indentation, colons, quotes and brackets in this line and the one before it; "
            "indent with spaces.",
        ),
    ),
    "not-json": error(
        ("不是合格的 JSON", "not JSON"),
        ("JSON 读不下去：{cause}。", "This cannot be read as JSON: {cause}."),
        (
            "检查逗号、引号、括号；JSON 没有注释。",
            "Check commas, quotes and brackets; JSON has no comments.",
        ),
    ),
    "multiple-documents": error(
        ("多份文档", "several documents"),
        ("文件里不止一份文档（---）。", "The file holds more than one document (---)."),
        ("一份文档一个文件。", "Put each into a file of its own."),
    ),
    "not-a-mapping": error(
        ("不是映射", "not a mapping"),
        (
            "这里应当是“键: 值”的映射。",
            "A mapping of keys to values belongs here.",
        ),
        ("每行写一个键、一个冒号和它的值。", "Write a key, a colon and its value on each line."),
    ),
    "flow-collection": error(
        ("括号里不是单纯的名称或数字", "more than names and numbers in brackets"),
        (
            "花括号和方括号里只写名称和数字，“{text}”不是：逗号会把它截断。",
            'Braces and brackets hold only names and numbers, and "{text}" is neither: '
            "a comma would end it.",
        ),
        ("改写成分行的形式：\n{block}", "Write it on lines of its own:\n{block}"),
    ),
}
