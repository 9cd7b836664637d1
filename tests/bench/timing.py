"""Times of calls, and what is told of them."""

from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter


def times_of(act: Callable[[], object], rounds: int) -> list[float]:
    """Do something so many times; give the milliseconds of each."""
    return [time_of(act) for _ in range(rounds)]


def time_of(act: Callable[[], object]) -> float:
    """Do something; give the milliseconds."""
    begun = perf_counter()
    act()
    return (perf_counter() - begun) * 1000


def p50(times: Sequence[float]) -> float:
    """Give the time that half of the calls keep."""
    return median(times)


def p99(times: Sequence[float]) -> float:
    """Give the time that 99 of 100 calls keep."""
    return quantiles(times, n=100)[98]
