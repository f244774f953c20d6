// A group of sliders. A value goes to the server as soon as the result of the last one is back,
// so what depends on it keeps up with the thumb and no queue builds up.

const PATIENCE = 3000; // milliseconds after which a message counts as lost
const POSITIONS_PAGE = 10; // steps for Page up and Page down

// ---- Sending

function change(group, name, value) {
  if (group.values[name] !== value) {
    group.values[name] = value;
    group.changed.add(name);
    group.isUnsent = true;
    tell(group, true);
  }
  show(group, name);
}

// Tell pictures on the page the values, so that they can run ahead of the server. `isAhead`:
// the server has not answered to these values yet.
function tell(group, isAhead) {
  const detail = { values: { ...group.values }, isAhead };
  document.dispatchEvent(new CustomEvent("live-sliders", { detail }));
}

// The learner let go: what was changed goes into the URL as well.
function settle(group) {
  if (group.changed.size) group.isUnsettled = true;
  pump(group);
}

function pump(group) {
  clearTimeout(group.timer);
  if (!group.root.isConnected) return; // the page has gone
  const isAnswered = group.answered === group.number;
  if (isAnswered && !group.isUnsent && !group.isUnsettled) return;
  const wait = isAnswered ? 0 : group.sentAt + PATIENCE - performance.now();
  if (wait > 0) {
    group.timer = setTimeout(() => pump(group), wait);
    return;
  }
  if (!isAnswered) {
    // The message or its answer was lost, with the connection for example: say everything again.
    for (const name of Object.keys(group.values)) group.changed.add(name);
    group.isUnsettled = group.dragged === null;
  }
  send(group);
}

function send(group) {
  group.number = Math.max(group.number + 1, Date.now()); // never one used before
  group.sentAt = performance.now();
  const values = {};
  for (const name of group.changed) values[name] = write(group.values[name]);
  const settled = group.isUnsettled;
  if (settled) {
    putIntoUrl(group, values);
    group.changed.clear();
  }
  group.isUnsent = group.isUnsettled = false;
  group.send("moved", { number: group.number, values, settled });
  group.timer = setTimeout(() => pump(group), PATIENCE);
}

// The server puts the same values into the URL. Done here first, that leaves no entry in the
// browser's history, as with Streamlit's own widgets.
function putIntoUrl(group, values) {
  const url = new URL(window.location.href);
  for (const [name, text] of Object.entries(values)) {
    const setting = group.settings.find((other) => other.name === name);
    if (Number(text) === setting?.default) url.searchParams.delete(name);
    else url.searchParams.set(name, text);
  }
  if (url.href !== window.location.href) window.history.replaceState({}, "", url);
}

// ---- What the sliders look like

function show(group, name) {
  const row = group.rows.get(name);
  if (!row) return;
  const { setting, range, number } = row;
  const value = group.values[name];
  if (group.dragged !== name) range.value = toPosition(setting, value);
  range.setAttribute("aria-valuetext", write(value));
  if (number.getRootNode().activeElement !== number) setNumber(number, value);
  range.style.setProperty("--track", track(group, setting, value));
  range.style.setProperty("--thumb", color(group, setting, value));
  group.reset.disabled = group.settings.every((s) => group.values[s.name] === s.default);
}

function setNumber(number, value) {
  number.value = write(value);
  number.dataset.taken = number.value; // leaving the field takes nothing a second time
}

function say(group, words) {
  group.said.textContent = words;
}

// The slider that the page has chosen, with an edge of the network for example.
function choose(group, name) {
  for (const [other, { range }] of group.rows) {
    range.parentElement.classList.toggle("chosen", other === name);
  }
  const isNew = group.chosen !== undefined && group.chosen !== name;
  group.chosen = name;
  if (isNew) group.rows.get(name)?.range.focus({ preventScroll: true });
}

// Those that somebody else has just moved: the instructor whom this visitor follows.
function mark(group, names) {
  for (const [name, { range }] of group.rows) {
    range.parentElement.classList.toggle("marked", names.includes(name));
  }
}

// ---- One slider

function makeRow(group, setting) {
  const row = document.createElement("div");
  row.className = "row";
  row.dataset.name = setting.name;
  const id = `slider-${setting.name}`;
  const label = document.createElement("label");
  label.textContent = setting.label;
  label.htmlFor = id;
  label.dataset.group = setting.group;
  const range = document.createElement("input");
  Object.assign(range, { type: "range", id, min: 0, step: "any" });
  range.max = toPosition(setting, setting.high);
  const number = document.createElement("input");
  Object.assign(number, { type: "text", inputMode: "decimal", className: "number" });
  number.autocomplete = "off";
  const spoken = setting.group ? `${setting.label}, ${setting.group}` : setting.label;
  range.setAttribute("aria-label", spoken);
  number.setAttribute("aria-label", `${spoken}, as a number`);
  row.append(label, range, number);
  listen(group, setting, range, number);
  group.rows.set(setting.name, { setting, range, number });
  return row;
}

function listen(group, setting, range, number) {
  const { name } = setting;
  range.addEventListener("pointerdown", () => (group.dragged = name));
  range.addEventListener("input", () => {
    group.dragged = name;
    change(group, name, toValue(setting, range.valueAsNumber));
    pump(group);
  });
  const release = () => {
    if (group.dragged !== name) return;
    group.dragged = null;
    show(group, name); // the thumb comes to rest on a step
    settle(group);
  };
  range.addEventListener("change", release);
  range.addEventListener("pointerup", release);
  range.addEventListener("pointercancel", release);
  range.addEventListener("keydown", (event) => onKey(group, setting, event));
  number.addEventListener("change", () => typed(group, setting, number));
  number.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page has shortcuts of its own
    if (event.key === "Enter") typed(group, setting, number);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const value = stepped(setting, group.values[name], event.key === "ArrowUp" ? 1 : -1);
      setNumber(number, value);
      change(group, name, value);
      pump(group);
    }
  });
  // A key that is held down repeats: its value comes to rest when it is let go.
  for (const element of [range, number]) {
    element.addEventListener("keyup", () => group.changed.size && settle(group));
    element.addEventListener("blur", () => group.changed.size && settle(group));
  }
}

function onKey(group, setting, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const steps = {
    ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1,
    PageDown: -POSITIONS_PAGE, PageUp: POSITIONS_PAGE,
  }[event.key];
  const current = group.values[setting.name];
  let value;
  if (steps) value = stepped(setting, current, steps);
  else if (event.key === "Home") value = setting.low;
  else if (event.key === "End") value = setting.high;
  else return;
  event.preventDefault();
  event.stopPropagation(); // the page has shortcuts of its own on the arrow keys
  group.dragged = null;
  change(group, setting.name, value);
  pump(group);
}

function typed(group, setting, number) {
  if (number.value === number.dataset.taken) return;
  number.dataset.taken = number.value;
  const text = number.value.trim().replace(",", ".").replace("−", "-");
  const value = text === "" ? NaN : Number(text);
  number.classList.toggle("wrong", !Number.isFinite(value));
  if (!Number.isFinite(value)) {
    say(group, `Type a number from ${write(setting.low)} to ${write(setting.high)}.`);
    return;
  }
  const kept = clip(setting, tidy(value, 10));
  say(group, kept === value ? "" : `The slider goes from ${write(setting.low)} to ${write(setting.high)}.`);
  setNumber(number, kept);
  change(group, setting.name, kept);
  settle(group);
}

// ---- The group

function makeGroup(root) {
  const find = (selector) => root.querySelector(selector);
  const group = {
    root, list: find(".rows"), reset: find(".reset"), said: find(".said"),
    settings: [], described: "", rows: new Map(), values: {}, colors: [],
    chosen: undefined, changed: new Set(), dragged: null, isUnsent: false, isUnsettled: false,
    number: 0, answered: 0, version: -1, sentAt: 0, timer: null, send: null,
  };
  group.reset.addEventListener("click", () => {
    for (const setting of group.settings) {
      change(group, setting.name, setting.default);
      setNumber(group.rows.get(setting.name).number, setting.default);
    }
    settle(group);
    say(group, "");
  });
  return group;
}

function setSettings(group, settings) {
  const described = JSON.stringify(settings);
  if (described === group.described) return;
  group.described = described;
  group.settings = settings;
  group.rows.clear();
  const parts = [];
  let heading = "";
  for (const setting of settings) {
    if (setting.group && setting.group !== heading) {
      heading = setting.group;
      const title = document.createElement("p");
      title.className = "group";
      title.textContent = heading;
      parts.push(title);
    }
    parts.push(makeRow(group, setting));
  }
  group.list.replaceChildren(...parts);
}

// Take over the server's values: those that the learner is not just changing.
function setValues(group, data) {
  const isSet = data.version !== group.version && group.version !== -1;
  group.version = data.version;
  if (isSet) {
    // The page itself moved the sliders; what was not sent yet is out of date.
    group.changed.clear();
    group.isUnsent = group.isUnsettled = false;
  }
  const isUpToDate = group.answered === group.number;
  for (const [name, text] of Object.entries(data.values)) {
    const isOurs = group.changed.has(name) || group.dragged === name || !isUpToDate;
    if (isSet || !isOurs || !(name in group.values)) group.values[name] = Number(text);
  }
}

// Elements of a group → the group, so that a call after a rerun or a change of theme finds it.
const groups = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".sliders");
  if (!groups.has(root)) groups.set(root, makeGroup(root));
  const group = groups.get(root);
  group.send = setStateValue; // each call's own: it knows the fragment to rerun
  group.answered = data.answered;
  if (group.number === 0) group.number = data.answered; // nothing sent from here yet
  group.colors = data.colors;
  group.reset.hidden = !data.reset;
  setSettings(group, data.settings);
  setValues(group, data);
  for (const name of group.rows.keys()) show(group, name);
  choose(group, data.chosen);
  mark(group, data.marked);
  tell(group, Object.entries(data.values).some(([name, text]) => group.values[name] !== Number(text)));
  pump(group);
}
