// Shows the SVG that the server drew, and sends the edge that the learner chooses.

// Elements of a diagram → what it shows, so that a call with nothing new leaves them alone.
const shown = new WeakMap();

function edgeOf(event) {
  return event.target.closest?.("[data-edge]");
}

function makeDiagram(root) {
  const diagram = {
    root, svg: {}, sum: "", canChoose: false, send: null, preview: null, colors: {}, ahead: null,
  };
  diagram.onSliders = (event) => follow(diagram, event.detail);
  root.addEventListener("click", (event) => choose(diagram, edgeOf(event)));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!edgeOf(event)) return;
    event.preventDefault();
    choose(diagram, edgeOf(event));
  });
  return diagram;
}

function choose(diagram, edge) {
  if (!diagram.canChoose || !edge) return;
  const isChosen = edge.getAttribute("aria-pressed") === "true";
  const name = isChosen ? "" : edge.dataset.edge;
  diagram.send("edge", { name, number: Date.now() }); // the number makes each choice a new one
}

function setPicture(diagram, name, svg) {
  if (diagram.svg[name] === svg) return;
  diagram.svg[name] = svg;
  const picture = diagram.root.querySelector(`.picture.${name}`);
  const root = picture.getRootNode();
  const focused = picture.contains(root.activeElement) ? root.activeElement.dataset.edge : null;
  picture.innerHTML = svg;
  makeEdgesButtons(diagram, picture);
  if (focused) picture.querySelector(`[data-edge="${focused}"]`)?.focus();
}

function makeEdgesButtons(diagram, picture) {
  for (const edge of picture.querySelectorAll("[data-edge]")) {
    if (diagram.canChoose) {
      edge.setAttribute("role", "button");
      edge.setAttribute("tabindex", "0");
    } else {
      edge.setAttribute("role", "img"); // so that it may have a name
      edge.removeAttribute("tabindex");
      edge.removeAttribute("aria-pressed");
    }
  }
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Sliders moved: show their values ahead of the server, whose drawing comes later and counts.
function follow(diagram, { values, isAhead }) {
  if (!diagram.root.isConnected) {
    document.removeEventListener("live-sliders", diagram.onSliders); // the page has gone
    return;
  }
  if (!diagram.preview) return;
  const names = diagram.preview.layers.flatMap((layer) =>
    layer.nodes.flatMap((node) => [...node.weights, ...(node.bias ? [node.bias] : [])]));
  if (![...diagram.preview.inputs, ...names].every((name) => name in values)) return;
  if (isAhead) {
    diagram.ahead = values;
    showAhead(diagram);
  } else if (diagram.ahead) {
    diagram.ahead = null;
    const server = diagram.svg;
    diagram.svg = {}; // what is shown is not what the server drew
    for (const name of ["wide", "narrow"]) setPicture(diagram, name, server[name]);
    setLines(diagram.root.querySelector(".sum"), diagram.sum);
  }
}

function showAhead(diagram) {
  const lines = diagram.root.querySelector(".sum").children;
  for (const svg of diagram.root.querySelectorAll("svg")) {
    if (svg.parentElement.offsetParent) {
      putNumbers(svg, lines, diagram.preview, diagram.ahead, diagram.colors);
    }
  }
}

// One element for each line, so that only a line that has changed is read out.
function setLines(element, text) {
  const lines = text === "" ? [] : text.split("\n");
  while (element.children.length > lines.length) element.lastElementChild.remove();
  while (element.children.length < lines.length) {
    element.append(document.createElement("span"));
  }
  lines.forEach((line, place) => setText(element.children[place], line));
}

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".diagram");
  if (!shown.has(root)) shown.set(root, makeDiagram(root));
  const diagram = shown.get(root);
  document.addEventListener("live-sliders", diagram.onSliders); // once, however often called
  diagram.preview = data.preview;
  diagram.colors = data.colors;
  if (!data.preview) diagram.ahead = null;
  diagram.send = setStateValue; // each call's own: it knows the fragment to rerun
  if (diagram.canChoose !== data.canChoose) {
    diagram.canChoose = data.canChoose;
    diagram.svg = {}; // draw again, with or without buttons
  }
  root.classList.toggle("can-choose", data.canChoose);
  for (const name of ["wide", "narrow"]) {
    // A picture is one image to a screen reader, unless there are buttons in it.
    const role = data.canChoose ? "group" : "img";
    root.querySelector(`.picture.${name}`).setAttribute("role", role);
    setPicture(diagram, name, data[name]);
  }
  setText(root.querySelector(".alt"), data.alt);
  diagram.sum = data.sum;
  setLines(root.querySelector(".sum"), data.sum);
  if (diagram.ahead) showAhead(diagram);
}
