// A panel of cells: the pixels of a patch, or one matrix of its numbers. Each panel is a grid for
// the keyboard with one cell that Tab stops at, the one under the cursor.

function rgb(values) {
  return `rgb(${values.join(",")})`;
}

// Black or white text, whichever stands out more on a colour (relative luminance of WCAG 2).
function inkOn(values) {
  const [red, green, blue] = values.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}

function makePanel(name, isPicture) {
  const panel = document.createElement("section");
  panel.className = isPicture ? "panel picture" : "panel matrix";
  const title = document.createElement("h3");
  title.textContent = name;
  const grid = document.createElement("div");
  grid.className = "grid";
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-label", name);
  panel.append(title, grid);
  return panel;
}

// As many cells as the patch has; those that are there stay, and keep the focus.
function fitCells(grid, rows, columns) {
  if (grid.dataset.size === `${rows} ${columns}`) return;
  grid.dataset.size = `${rows} ${columns}`;
  grid.replaceChildren();
  for (let row = 0; row < rows; row += 1) {
    const line = document.createElement("div");
    line.className = "row";
    line.setAttribute("role", "row");
    for (let column = 0; column < columns; column += 1) {
      const cell = document.createElement("div");
      cell.className = "cell";
      cell.setAttribute("role", "gridcell");
      cell.dataset.row = row;
      cell.dataset.column = column;
      cell.tabIndex = -1;
      line.append(cell);
    }
    grid.append(line);
  }
}

function cellAt(grid, { row, column }) {
  return grid.children[row]?.children[column];
}

// Fill a panel: `colours` and `texts` of the cells, row by row, and what a screen reader says.
function fillCells(grid, colours, texts, labels) {
  let place = 0;
  for (const line of grid.children) {
    for (const cell of line.children) {
      cell.style.background = rgb(colours[place]);
      cell.style.color = inkOn(colours[place]);
      if (cell.textContent !== texts[place]) cell.textContent = texts[place];
      cell.setAttribute("aria-label", labels[place]);
      place += 1;
    }
  }
}
