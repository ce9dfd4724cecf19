"""From Jinja2 in Markdown and a lead's values to text, HTML and blocks. Pure; values are only ever data."""

from channels.rendering.blocks import Block, BlockKind, Span
from channels.rendering.pieces import Rendered, render_blocks, render_html, render_markdown_plain, render_text
from channels.rendering.template import variables_of

__all__ = [
    "Block",
    "BlockKind",
    "Rendered",
    "Span",
    "render_blocks",
    "render_html",
    "render_markdown_plain",
    "render_text",
    "variables_of",
]
