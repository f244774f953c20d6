// Left and right arrow key click the previous and next links in the head of the page.

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

export default function () {
  // The same function each time, so that a second call adds no second listener.
  document.addEventListener("keydown", onKeyDown);
  document.documentElement.dataset.arrowKeys = "on";
  return () => {
    document.removeEventListener("keydown", onKeyDown);
    delete document.documentElement.dataset.arrowKeys;
  };
}
