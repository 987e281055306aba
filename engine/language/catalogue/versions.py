"""Codes of versions of an instrument and of the changes that lead from one to the next."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.catalogue.entry import CodeInfo, error, warning

VERSIONS: Mapping[str, CodeInfo] = {
    "unknown-instrument": error(
        ("没有这个文件", "unknown instrument"),
        ("没有标识为“{instrument}”的文件。", 'No instrument has the id "{instrument}".'),
        (
            "改写标识{nearest}；标识就是文件夹的路径。",
            "Correct the id{nearest}; it is the path of the folder.",
        ),
    ),
    "no-instrument": error(
        ("不知属于哪个文件", "no instrument"),
        (
            "这里没有写明属于哪个文件，旁边也没有写明的文本，所以没有检查。",
            "Neither this file nor one beside it says to which instrument it belongs; it was not "
            "checked.",
        ),
        (
            "写上 instrument 和它的 id；只有修改内容的，连同它所修改的文本一起检查。",
            "Add instrument and its id; check a text that amends together with what it amends.",
        ),
    ),
    "unknown-version": error(
        ("没有这个文本", "unknown version"),
        ("“{instrument}”没有文本“{version}”。", '"{instrument}" has no version "{version}".'),
        ("改写文本名{nearest}，或者补上该文本。", "Correct it{nearest}, or add that version."),
    ),
    "wrong-file-name": error(
        ("文件名不符", "file name does not fit"),
        (
            "内容是“{content}”，文件名却是“{name}”。",
            'The file is named "{name}" and holds "{content}".',
        ),
        ("让路径与标识、施行日期一致。", "Make the path agree with the id and the day in force."),
    ),
    "version-overlap": error(
        ("文本重叠", "versions overlap"),
        (
            "从 {day} 起，“{first}”和“{second}”都施行。",
            'From {day} on both "{first}" and "{second}" are in force.',
        ),
        (
            "改正施行日期，或者写明前一文本何时终止。",
            "Correct a day, or state when the first ends.",
        ),
    ),
    "version-hole": warning(
        ("文本有空档", "hole between versions"),
        ("{start} 至 {end} 没有文本施行。", "No version is in force from {start} to {end}."),
        (
            "补上这段时间的文本，或者说明为何没有。",
            "Add the version of that time, or say why there is none.",
        ),
    ),
    "published-edited": error(
        ("改动了已发布的文本", "a published version was edited"),
        ("“{version}”已经发布，内容与记录不符。", '"{version}" is published, and it was changed.'),
        (
            "恢复原样；更正写成新的修订（.r2.yaml）。",
            "Restore it; write a correction as a new revision (.r2.yaml).",
        ),
    ),
    "unknown-change": error(
        ("未知的修改", "unknown change"),
        ("语言里没有修改“{change}”。", 'The language has no change "{change}".'),
        ("改写{nearest}；可以写：{changes}", "Correct it{nearest}; there are: {changes}"),
    ),
    "dangling-change": error(
        ("修改落空", "changes nothing"),
        (
            "“{version}”里没有“{target}”，改不了。",
            '"{version}" has no "{target}" that could be changed.',
        ),
        (
            "改写条号或规则名{nearest}；修改针对的是当时施行的文本。",
            "Correct the number or the name{nearest}; a change amends the text then in force.",
        ),
    ),
}
