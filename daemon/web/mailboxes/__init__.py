"""Signing in to mailboxes at their providers, so that the archive may look into them."""
