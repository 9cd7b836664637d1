"""What workflows do to a document, and why: pure logic. Who asks it and carries it out is in actors/errands."""
