"""A stack of libraries as a drawing: levels one above the other, a box for each library."""

from collections.abc import Collection
from html import escape

from components.concepts.stacks import Part, Stack
from components.figures import theme

FAINT = "color-mix(in srgb,currentColor 35%,transparent)"
# Each status has its own line and word, and its colour.
LOOKS = {
    "alive": ("solid", theme.BLUE, "alive"),
    "ended": ("dashed", theme.VERMILLION, "ended"),
    "inference": ("dotted", theme.GREEN, "alive, prediction only"),
}


def stack_drawing(stack: Stack, here: Collection[str] = ()) -> str:
    """The stack in HTML for `st.html`; libraries named in `here` are marked as this server's."""
    levels = "".join(
        f'<div role="listitem" style="padding:0.45rem 0;border-top:1px solid {FAINT}">'
        f'<div style="font-size:0.85rem;opacity:0.8;margin-bottom:0.3rem">{escape(level.title)}'
        '</div><div style="display:flex;flex-wrap:wrap;gap:0.4rem">'
        f"{''.join(_box(part, part.name in here) for part in level.parts)}</div></div>"
        for level in stack.levels
    )
    return (
        f'<div class="library-stack"><div style="font-weight:600;padding-bottom:0.4rem">'
        f"{escape(stack.title)}</div>"
        f'<div role="list" aria-label="{escape(stack.title)}, from high level to low">'
        f"{levels}</div></div>"
    )


def _box(part: Part, is_here: bool) -> str:
    line, color, word = LOOKS[part.status]
    fill = f"color-mix(in srgb,{color} 12%,transparent)"
    mark = '<div style="font-size:0.8rem">runs on this server</div>' if is_here else ""
    return (
        f'<div style="border:2px {line} {color};border-radius:0.4rem;padding:0.3rem 0.7rem;'
        f'background:{fill};min-width:5.5rem;text-align:center;line-height:1.3">'
        f'<div style="font-weight:600">{escape(part.name)}</div>'
        f'<div style="font-size:0.8rem">{word}</div>{mark}</div>'
    )
