// What a presenter's clicker sends: Page down, Page up, and a full stop for a black screen.
// Space presses Step, as a click on it would.

const LINKS = {
  PageDown: ".st-key-lesson-next-head a",
  PageUp: ".st-key-lesson-previous-head a",
};
const STEP = ".st-key-stepping button";
const DARK = "room-dark-screen";

// Where text is typed, or the key means something already.
const TYPED = [
  "textarea", "select", "[contenteditable]:not([contenteditable='false'])",
  "input:not([type=radio]):not([type=checkbox]):not([type=range])",
  "[role=combobox]", "[role=listbox]", "[role=spinbutton]", "[role=dialog]", "[role=menu]",
].join(",");
const PAGED = `${TYPED},input[type=range],[role=slider],[role=grid]`;
const PRESSED = [
  TYPED, "button", "a", "input", "summary", "canvas", "audio", "video", "[tabindex='0']",
  "[role=button]", "[role=radio]", "[role=checkbox]", "[role=tab]", "[role=switch]",
  "[role=slider]", "[role=option]", "[role=grid]",
].join(",");

function isTaken(event, selector) {
  // The composed path also sees the fields inside our own components' shadow roots.
  return event.composedPath().some((node) => node instanceof Element && node.matches(selector));
}

function toggleDark() {
  const dark = document.getElementById(DARK);
  if (dark) {
    dark.remove();
    return;
  }
  const sheet = document.createElement("div");
  sheet.id = DARK;
  sheet.style.cssText = "position:fixed;inset:0;background:#000;z-index:1000000";
  sheet.addEventListener("click", toggleDark);
  document.body.append(sheet);
}

function press(event, element) {
  if (!element || element.disabled) return;
  event.preventDefault();
  element.click();
}

function onKeyDown(event) {
  if (event.defaultPrevented || event.repeat) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key in LINKS) {
    if (!isTaken(event, PAGED)) press(event, document.querySelector(LINKS[event.key]));
  } else if (event.key === " ") {
    if (!isTaken(event, PRESSED)) press(event, document.querySelector(STEP));
  } else if (event.key === "." && !isTaken(event, TYPED)) {
    toggleDark();
  }
}

export default function () {
  // The same function each time, so that a second call adds no second listener.
  document.addEventListener("keydown", onKeyDown);
  document.documentElement.dataset.clicker = "on";
  return () => {
    document.removeEventListener("keydown", onKeyDown);
    document.getElementById(DARK)?.remove();
    delete document.documentElement.dataset.clicker;
  };
}
