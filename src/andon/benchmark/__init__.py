"""Posts per second beside baselines and the floor: `run` measures, `report` writes it down."""

from andon.benchmark.measuring import Row, machine, run

__all__ = ["Row", "machine", "run"]
