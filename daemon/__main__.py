"""`python -m daemon` is `scribad`."""

from daemon.main import main

main()
