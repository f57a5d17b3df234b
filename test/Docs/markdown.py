"""What a page of Markdown holds: fenced blocks with the comment in front of each, prose, links and headings."""
import re
from dataclasses import dataclass, field

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
FENCE = re.compile(r"^ *```(\w*) *$")


@dataclass
class Block:
    language: str
    line: int  # of the fence, from 1
    lines: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)  # "file": "mlp.mlir", from the comments just before


@dataclass
class Prose:
    line: int
    text: str


def read_notes(text):
    """`<!-- KEY: VALUE -->` becomes a note; several may stand before one block."""
    notes = {}
    for comment in COMMENT.findall(text):
        key, _, value = comment.strip().partition(":")
        notes[key.strip()] = value.strip()
    return notes


def parse(path):
    """The blocks and the lines of prose of a page. Notes hold for the block that follows with nothing else between."""
    blocks, prose, block, pending = [], [], None, []
    for number, line in enumerate(open(path, encoding="utf-8").read().splitlines(), 1):
        fence = FENCE.match(line)
        if block is not None and fence:
            blocks.append(block)
            block, pending = None, []
        elif block is not None:
            block.lines.append(line)
        elif fence:
            block = Block(fence[1], number, [], read_notes("\n".join(pending)))
        else:
            is_note = line.startswith("<!--") or (pending and "<!--" in pending[0] and "-->" not in pending[-1])
            pending = pending + [line] if is_note else []
            prose.append(Prose(number, line))
    if block is not None:
        raise SystemExit(f"{path}:{block.line}: this block has no end")
    return blocks, prose


def page_notes(path, key):
    """The values of all comments `<!-- KEY: VALUE -->` of a page, wherever they stand."""
    text = open(path, encoding="utf-8").read()
    found = [comment.strip().partition(":") for comment in COMMENT.findall(text)]
    return [value.strip() for name, _, value in found if name.strip() == key]


def anchors(prose):
    """The anchors of a page's headings, as GitHub makes them."""
    found = set()
    for line in prose:
        heading = re.match(r"^#+ +(.*?) *$", line.text)
        if heading:
            plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower())
            found.add(plain.replace(" ", "-"))
    return found
