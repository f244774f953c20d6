// Values and positions of a slider. A position counts steps from the low end; it may be fractional.

function toPosition(setting, value) {
  if (setting.logarithmic) return Math.log10(value / setting.low) / setting.step;
  return (value - setting.low) / setting.step;
}

function toValue(setting, position) {
  const steps = Math.round(position);
  if (!setting.logarithmic) return clip(setting, tidy(setting.low + steps * setting.step, 10));
  return clip(setting, tidy(setting.low * 10 ** (steps * setting.step), 2));
}

function clip(setting, value) {
  return Math.min(setting.high, Math.max(setting.low, value));
}

function tidy(value, digits) {
  return Number(value.toPrecision(digits));
}

function write(value) {
  const text = String(tidy(value, 10));
  if (!text.includes("e-")) return text === "-0" ? "0" : text;
  return value.toFixed(16).replace(/\.?0+$/, ""); // as in the URL: 0.0000001, not 1e-7
}

function stepped(setting, value, steps) {
  const position = toPosition(setting, value);
  // From between two steps, one press goes to the next one.
  const from = steps > 0 ? Math.floor(position + 1e-6) : Math.ceil(position - 1e-6);
  return toValue(setting, from + steps);
}

// ---- What a value looks like

function color(group, setting, value) {
  if (!setting.signed) return "var(--st-primary-color)";
  if (value === 0) return "var(--st-gray-color)";
  return group.colors[value > 0 ? 1 : 0];
}

// The track is coloured from zero to the value, or from the low end where zero is not on it.
function track(group, setting, value) {
  const last = toPosition(setting, setting.high);
  const place = (position) => 100 * Math.min(1, Math.max(0, position / last));
  const hasZero = !setting.logarithmic && setting.low <= 0 && setting.high >= 0;
  const zero = hasZero ? place(toPosition(setting, 0)) : 0;
  const here = place(toPosition(setting, value));
  const [from, to] = [Math.min(zero, here), Math.max(zero, here)];
  const fill = color(group, setting, value);
  const bare = "color-mix(in srgb, var(--st-text-color) 22%, var(--st-background-color))";
  return `linear-gradient(to right, ${bare} ${from}%, ${fill} ${from}% ${to}%, ${bare} ${to}%)`;
}
