"""A line of a label: what is read in it, and what is told of it."""
