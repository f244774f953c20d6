"""Print the figures: `python -m benchmarks` all of them, `python -m benchmarks training` some."""

import argparse
import importlib
import pkgutil
import platform
import sys

import benchmarks
from benchmarks.figure import Figure

NOT_MEASURING = {"__main__", "figure", "own_engine", "visits"}


def main() -> int:
    """Run the chosen benchmarks and print a table; 1 where a name is unknown."""
    known = sorted(
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if module.name not in NOT_MEASURING and not module.name.startswith("_")
    )
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(known)}; or all")
    names = parser.parse_args().names or known
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}; there are {', '.join(known)}.")
        return 1
    print(f"{platform.platform()}, Python {platform.python_version()}")
    for name in names:
        print(f"\n{name}", flush=True)
        for figure in importlib.import_module(f"benchmarks.{name}").run():
            print(line(figure), flush=True)
    return 0


def line(figure: Figure) -> str:
    """A figure as a line of the table."""
    value = f"{figure.value:,.4g} {figure.unit}".strip()
    return f"  {figure.name:<58} {value:>14}   budget: {figure.budget:<24} {figure.note}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
