"""A program with "# %%" marks as a Jupyter notebook."""

import hashlib
from collections.abc import Iterator

import nbformat
from nbformat import v4

CODE_MARK = "# %%"
TEXT_MARK = "# %% [markdown]"


def notebook(script: str, title: str) -> bytes:
    """The bytes of an .ipynb file with a cell for each "# %%" mark of `script`.

    What stands under "# %% [markdown]" becomes text, without its "# ". The same script gives
    the same bytes.
    """
    cells = [v4.new_markdown_cell(f"# {title}")]
    for is_code, source in split_cells(script):
        cells.append(v4.new_code_cell(source) if is_code else v4.new_markdown_cell(source))
    for number, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{number} {cell['source']}".encode()).hexdigest()[:8]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "title": title})
    nbformat.validate(book)
    return nbformat.writes(book).encode()


def split_cells(script: str) -> Iterator[tuple[bool, str]]:
    """The cells of a program in order: whether each is code, and its text. No empty ones."""
    is_code, lines = True, list[str]()
    for line in [*script.splitlines(), CODE_MARK]:
        if line not in (CODE_MARK, TEXT_MARK):
            lines.append(line if is_code else line.removeprefix("#").removeprefix(" "))
            continue
        source = "\n".join(lines).strip()
        if source:
            yield is_code, source
        is_code, lines = line == CODE_MARK, []
