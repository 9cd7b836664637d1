"""Learning takes memory by the examples, which are bounded, and a row of numbers for each document."""

import subprocess
import sys

from actors.classifier.training import MOST_EXAMPLES

DOCUMENTS = 3_000
MIB = 2**20


def test_learning_takes_no_more_memory_than_its_matrices() -> None:
    told = subprocess.check_output([sys.executable, "-m", "tests.classifier.training_memory", str(DOCUMENTS)], text=True, timeout=110)
    rows, square = 4 * DOCUMENTS * MOST_EXAMPLES / MIB, 4 * MOST_EXAMPLES**2 / MIB
    # The documents' rows and what they become in parts, some matrices between examples, half of them of double precision.
    assert float(told) < 3 * rows + 12 * square
