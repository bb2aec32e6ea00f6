"""SVG: a picture of the table as a terminal shows it, for pages where no terminal is."""

import io

from mgform.render.screen import Screen
from mgform.render.table import console_on, draw
from mgform.reports.report import Report

_WIDTH = 80

# Rich's own template fetches a font from the network when the picture is looked at; this one does not.
_TEMPLATE = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
  <style>
    .{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px; }}
    .{unique_id}-title {{ font-family: sans-serif; font-size: 18px; }}
    {styles}
  </style>
  <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
    </clipPath>
    {lines}
  </defs>
  {chrome}
  <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">{matrix}</g>
  </g>
</svg>
"""


def render(report: Report, screen: Screen) -> str:
    """The report's page as SVG, as wide as the screen if that has a width, else 80 columns."""
    wide = Screen(width=screen.width or _WIDTH, color=True, unicode=True)
    console = console_on(io.StringIO(), wide, record=True)
    draw(report, wide, console)
    return console.export_svg(title="mgform", code_format=_TEMPLATE, unique_id="mgform")
