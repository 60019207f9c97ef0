"""Kills every use case that writes at any moment, and looks what is left: `python -m tests.e2e.faults --kills 1000`."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.e2e.faults import harness
from tests.e2e.faults.scenarios import SCENARIOS


def main() -> int:
    """Prints the use cases that are killed, then a line a kill (JSON); ends with 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many, spread over all")
    parser.add_argument("--seed", type=int, default=1, help="which moments")
    parser.add_argument("--only", metavar="SCENARIO", help="all of them in this one")
    parser.add_argument("--one", nargs=2, metavar=("SCENARIO", "MOMENT"), help="one kill again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = harness.Harness(Path(folder).resolve() / "faults")
        if options.one is not None:
            (scenario,) = [one for one in SCENARIOS if one.name == options.one[0]]
            found = iter([made.kill(scenario, int(options.one[1]))])
        elif options.only is not None:
            (scenario,) = [one for one in SCENARIOS if one.name == options.only]
            found = harness.kills_of(made, scenario, options.kills, random.Random(options.seed))
        else:
            _say({"seen": sorted(harness.seen(made))})
            found = harness.kills(made, options.kills, options.seed)
        wrong = 0
        for kill in found:
            wrong += bool(kill.faults)
            _say(asdict(kill))
    sys.stderr.write(f"{wrong} kills left something wrong\n")
    return int(wrong > 0)


def _say(row: object) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
