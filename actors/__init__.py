"""All that works on documents: one folder per actor, plain logic beside the actor that carries it out."""
