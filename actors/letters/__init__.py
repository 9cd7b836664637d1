"""Mails taken apart: what they say, and the files that they hold; pure."""
