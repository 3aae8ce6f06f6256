"""Random walks through the verbs of fictitious-identity plans: at least as many steps as told, none of which reaches a forbidden state.

    .venv/bin/python benchmarks/run_undercover.py [--steps 100000] [--seed 1]

The rules of the walk and what is forbidden stand in tests/console/authority/walking.py. The database is one of its own, in memory. What other parts
ask before a verb (consent, conflicts, documents) is left out, as in the test: with it hardly a walk would get beyond approval. Prints how often
each verb went through and was refused, and the time; ends with an error at the first forbidden state, with the shortest walk that leads there, and
when the walks did not get far.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES, LENGTH = 10, 60  # walks of one round, steps of each at most


def main() -> None:
    """Walk round by round, each with a seed of its own, until there are enough steps."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "console" / "authority")]
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"ANDON_HOME": home, "DJANGO_SETTINGS_MODULE": "andon.console.settings"})
        walk(asked.steps, asked.seed)


def walk(wanted: int, seed: int) -> None:
    """Until `wanted` steps are done."""
    import django  # noqa: PLC0415 - the environment is set by now

    django.setup()
    from authority_help import alone  # noqa: PLC0415 - the same
    from django.test.utils import setup_databases, setup_test_environment  # noqa: PLC0415 - Django is set up by now
    from hypothesis import HealthCheck, settings  # noqa: PLC0415 - the same
    from hypothesis import seed as seeded  # noqa: PLC0415 - the same
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - the same
    from walking import TOLD, Walk, not_reached  # noqa: PLC0415 - the same

    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    chosen = settings(
        max_examples=EXAMPLES, stateful_step_count=LENGTH, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck)
    )
    begun, rounds = time.perf_counter(), 0
    while TOLD["steps"] < wanted:
        with alone():
            run_state_machine_as_test(seeded(seed + rounds)(type("Walk", (Walk,), {})), settings=chosen)
        rounds += 1
        if rounds % 10 == 0:
            print(f"{TOLD['steps']} steps, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - begun
    print(f"steps {TOLD['steps']}, rounds {rounds}, seeds {seed} to {seed + rounds - 1}, {seconds:.0f} s, no forbidden state")
    for name, count in sorted(TOLD.items()):
        print(f"{name:28} {count:>8}")
    if missed := not_reached():
        raise SystemExit(f"the walks did not get far: never {', '.join(missed)}")


if __name__ == "__main__":
    main()
