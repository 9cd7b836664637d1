"""Templates of people: paths and titles made of what is known of a document. Pure: values in, text out, within bounds of work and size."""
