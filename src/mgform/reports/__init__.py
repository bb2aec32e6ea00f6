"""The answer of each command, as data for machines and as a page for people.

Both are made from the same domain objects, so that no format knows more than another.
"""
