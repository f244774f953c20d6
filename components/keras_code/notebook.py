"""A Keras program as a Jupyter notebook."""

import re

_CELL = re.compile(r"^# %% ?(.*)$", re.MULTILINE)


def notebook(script: str, title: str) -> bytes:
    """The program as an .ipynb file: a title, and a heading and a cell for each `# %%` mark."""
    # Imported here: nbformat takes longer to load than a page, and few visitors download one.
    import nbformat
    from nbformat import v4

    parts = _CELL.split(script)[1:]
    cells = [v4.new_markdown_cell(f"# {title}")]
    for heading, code in zip(parts[::2], parts[1::2], strict=True):
        cells += [v4.new_markdown_cell(f"## {heading}"), v4.new_code_cell(code.strip())]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # instead of a random one: same settings, same file
    book = v4.new_notebook(cells=cells)
    return nbformat.writes(book).encode()
