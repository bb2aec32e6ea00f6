"""The pictures in the README are mgform's own screens."""

import html
import io
import re

import pytest
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, TerminalTheme
from rich.text import Text

from tests.conftest import ROOT, call

PICTURES = ROOT / "docs" / "pictures"
SHOWN = ("compare", "citrate", "malate")
# Rich's dark themes have too little contrast for faint and colored words.
DARK = TerminalTheme(
    background=(18, 20, 22),
    foreground=(236, 236, 236),
    normal=[
        (18, 20, 22),
        (255, 123, 114),
        (126, 231, 135),
        (255, 223, 93),
        (138, 180, 248),
        (240, 140, 240),
        (95, 208, 224),
        (236, 236, 236),
    ],
)
THEMES = {"light": DEFAULT_TERMINAL_THEME, "dark": DARK}
# Rich's own template loads a font from elsewhere; here the reader's own is taken.
TEMPLATE = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{
  font-family: system-ui, sans-serif;
  font-size: 16px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def screen(**environment: str) -> str:
    """The screen that is pictured, below the call that shows it."""
    printed = call(*SHOWN, COLUMNS="80", **environment).stdout
    return f"$ mgform {' '.join(SHOWN)}\n{printed}"


def picture(theme: TerminalTheme) -> str:
    """The screen as SVG, in the colors of a theme."""
    console = Console(
        record=True, width=80, file=io.StringIO(), color_system="standard"
    )
    console.print(Text.from_ansi(screen(FORCE_COLOR="1")))
    return console.export_svg(
        title="mgform", theme=theme, code_format=TEMPLATE, unique_id="mgform"
    )


def letters(text: str) -> str:
    """A text without its spaces, which a picture draws by places."""
    return re.sub(r"\s", "", text)


def drawn(svg: str) -> str:
    """The letters of a picture, without those of its title."""
    title, *lines = re.findall(r"<text [^>]*>(.*?)</text>", svg)
    assert title == "mgform"
    return letters(html.unescape("".join(lines)))


@pytest.mark.parametrize("name", THEMES)
def test_a_picture_shows_what_the_program_prints(
    name: str, *, renew: bool
) -> None:
    file = PICTURES / f"compare-{name}.svg"
    if renew:
        file.write_text(picture(THEMES[name]), encoding="utf-8")
    shown = drawn(file.read_text("utf-8"))
    assert shown == letters(screen()), "renew with: pytest --renew"


def test_the_readme_shows_the_pictures() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [
        name
        for name in THEMES
        if f"docs/pictures/compare-{name}.svg" not in readme
    ] == []
