"""Seals secrets with a key that lies beside the database, never in it."""
