"""A YAML text, to plain values that know their places. JSON is read as the YAML that it is.

Scalars are read as texts: what a text means is for the model to decide.
"""

import re
from typing import Any, NamedTuple

import yaml
from msgspec import json

from mgform.words import quoted

try:
    from yaml import CSafeLoader as _YamlLoader
except ImportError:  # PyYAML without its part in C
    from yaml import SafeLoader as _YamlLoader  # type: ignore[assignment]

_MOST_VALUES = 100_000
_MOST_TEXT = 4_000_000
_MOST_DEPTH = 64
_TOO_MUCH = (
    f"with aliases, a file may hold {_MOST_VALUES:,} values, {_MOST_DEPTH} deep, "
    f"and {_MOST_TEXT:,} characters"
)
_ADVICE = {
    "mapping values are not allowed": "quote a text with a colon in it, or mend the indentation",
    "cannot start any token": "indent with spaces, and quote a text that begins with a sign",
    "tab character": "indent with spaces",
}
"""What would be right, by what PyYAML says is wrong."""
_NULLS = {"", "~", "null", "Null", "NULL"}
_PAIR_OF_SURROGATES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}",
)


class LineAndColumn(NamedTuple):
    """Where a value begins in a text; both count from 1."""

    line: int
    column: int


class UnreadableError(Exception):
    """A text is no document: why, and where."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.place = _place(mark)


class Document:
    """A YAML text as plain values: mappings, lists, texts, and None for a plain null.

    Raises an UnreadableError where the text is no document, or holds what no table needs.
    """

    def __init__(self, text: str) -> None:
        self._root = _composed(text)
        self.value: Any = _Reader().value_of(self._root, depth=0)

    def place(
        self, path: tuple[str | int, ...], *, at_key: bool = False
    ) -> LineAndColumn:
        """Where the value at a path begins, or the key that it stands under."""
        key = node = self._root
        for step in path:
            if isinstance(step, int):
                key = node = node.value[step]
            else:
                key, node = _pair(node, step)
        if at_key:
            return _place(key.start_mark)
        return _place(node.start_mark)


def _pair(mapping: Any, key: str) -> tuple[Any, Any]:
    """The nodes of a key that a mapping has, and of its value."""
    for key_node, value_node in mapping.value:
        if key_node.value == key:
            return key_node, value_node
    raise KeyError(key)


def _place(mark: Any) -> LineAndColumn:
    """The place where PyYAML has put a mark, or the beginning."""
    if mark is None:
        return LineAndColumn(1, 1)
    return LineAndColumn(mark.line + 1, mark.column + 1)


def _composed(text: str) -> yaml.Node:
    """The root of a text's nodes."""
    if text.lstrip().startswith("{"):
        # JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
        text = _PAIR_OF_SURROGATES.sub(_character, text)
    loader = _Loader(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        reasons = ", ".join(filter(None, (error.context, error.problem)))
        sentence = f"this is no YAML: {reasons}{_what_to_do(reasons)}"
        raise UnreadableError(sentence, error.problem_mark) from None
    except yaml.YAMLError as error:
        first_line, _, _ = str(error).partition("\n")
        sentence = f"this is no YAML: {first_line}"
        raise UnreadableError(sentence, mark=None) from None
    if root is None:
        raise UnreadableError("the file is empty", mark=None)
    return root


def _what_to_do(reasons: str) -> str:
    """What would be right, for what people get wrong most."""
    for reason, advice in _ADVICE.items():
        if reason in reasons:
            return f"; {advice}"
    return ""


def _character(pair: re.Match[str]) -> str:
    """The one character that two escapes of JSON mean."""
    return json.decode(f'"{pair[0]}"', type=str)


class _Loader(_YamlLoader):
    """PyYAML's loader without tags that are guessed, for texts that are not too deep or too long.

    In PyYAML the three methods guess the tag of a node by where and how it is written. Here a node
    has the tag that is written, and nodes are counted before they are made.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._left = _MOST_VALUES
        self._depth = 0

    def descend_resolver(
        self,
        current_node: yaml.Node | None,
        current_index: object,  # noqa: ARG002  # PyYAML's own
    ) -> None:
        """Enter a node that stands in the current one."""
        self._depth += 1
        self._left -= 1
        if self._left < 0 or self._depth > _MOST_DEPTH:
            mark = current_node.start_mark if current_node else None
            raise UnreadableError(_TOO_MUCH, mark)

    def ascend_resolver(self) -> None:
        """Leave a node."""
        self._depth -= 1

    def resolve(self, *_: object) -> None:
        """Guess no tag."""


class _Reader:
    """From nodes to plain values; each alias counts as what it repeats."""

    def __init__(self) -> None:
        self._values_left = _MOST_VALUES
        self._characters_left = _MOST_TEXT

    def value_of(self, node: yaml.Node, depth: int) -> Any:
        """The value of a node that stands inside ``depth`` others."""
        self._count(node, depth)
        if node.tag:
            tag = quoted(node.tag)
            sentence = f"the tag {tag} is not understood; leave it out"
            raise UnreadableError(sentence, node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            is_plain = not node.style
            if is_plain and node.value in _NULLS:
                return None
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value_of(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _count(self, node: yaml.Node, depth: int) -> None:
        """Count a node; an UnreadableError where that makes it too much."""
        self._values_left -= 1
        if isinstance(node, yaml.ScalarNode):
            self._characters_left -= len(node.value)
        left = min(self._values_left, self._characters_left)
        if left < 0 or depth > _MOST_DEPTH:
            raise UnreadableError(_TOO_MUCH, node.start_mark)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.value_of(key_node, depth + 1)
            mark = key_node.start_mark
            if not isinstance(key, str):
                raise UnreadableError("a key is to be a text", mark)
            if key in values:
                sentence = f"the key {quoted(key)} stands here a second time"
                raise UnreadableError(sentence, mark)
            values[key] = self.value_of(value_node, depth + 1)
        return values
