"""The smallest decoder: shuts itself in and tells by its exit code that it is. `python -m actors.sandbox.proof CONFINEMENT`."""

import sys

from actors.sandbox.confinement import confine, confinement_from

if __name__ == "__main__":
    confine(confinement_from(sys.argv[1]))
    print("confined", flush=True)  # noqa: T201  # read by the probe
