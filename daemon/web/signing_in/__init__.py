"""How browsers sign in and out: their sessions stay in cookies that no script can read."""
