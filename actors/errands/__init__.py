"""Asks workflows about the documents of the archive, and carries out what they want."""
