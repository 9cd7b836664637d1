"""Notifications: what happened to documents, told once to those who asked for it."""
