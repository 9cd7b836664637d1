"""Folders that people browse: where each document stands by its storage path's template, and its file where that is wished."""
