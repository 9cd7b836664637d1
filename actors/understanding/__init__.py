"""What a document tells of itself, put together: proposals of all who can read something out of it, each with its reason."""
