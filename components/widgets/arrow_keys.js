// The keyboard on every page: left and right arrow key click the previous and next links in the
// head of the page, and Tab reaches what scrolls.

const LINKS = {
  ArrowLeft: ".st-key-lesson-previous-head a",
  ArrowRight: ".st-key-lesson-next-head a",
};

// Where the arrow keys already mean something else.
const OWN_ARROWS = [
  "input", "textarea", "select", "canvas", "[contenteditable]:not([contenteditable='false'])",
  "[role=slider]", "[role=spinbutton]", "[role=combobox]", "[role=listbox]", "[role=radiogroup]",
  "[role=tablist]", "[role=menu]", "[role=grid]", "[role=dialog]", "[data-own-arrow-keys]",
].join(",");

function onKeyDown(event) {
  const selector = LINKS[event.key];
  if (!selector || event.defaultPrevented || event.repeat) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // The composed path also sees the fields inside our own components' shadow roots.
  const isTaken = event.composedPath().some(
    (node) => node instanceof Element && node.matches(OWN_ARROWS),
  );
  if (isTaken) return;
  const link = document.querySelector(selector);
  if (!link) return;
  event.preventDefault();
  link.click();
}

// What scrolls can be reached with Tab, to scroll it by key; not every browser sees to that.
const SCROLLERS = ".stCode pre, .stMain .katex-display";
const SETTLED_MS = 200;
let isDue = false;

function makeScrollersReachable() {
  isDue = false;
  for (const box of document.querySelectorAll(SCROLLERS)) {
    const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    if (scrolls === (box.tabIndex === 0)) continue;
    if (scrolls) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", box.matches("pre") ? "Program" : "Formula");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
}

function onChange() {
  if (isDue) return;
  isDue = true;
  setTimeout(makeScrollersReachable, SETTLED_MS);
}

const pageChanges = new MutationObserver(onChange);

export default function () {
  // The same function each time, so that a second call adds no second listener.
  document.addEventListener("keydown", onKeyDown);
  pageChanges.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", onChange);
  onChange();
  document.documentElement.dataset.arrowKeys = "on";
  return () => {
    document.removeEventListener("keydown", onKeyDown);
    pageChanges.disconnect();
    window.removeEventListener("resize", onChange);
    delete document.documentElement.dataset.arrowKeys;
  };
}
