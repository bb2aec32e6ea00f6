"""What each command answers: its page for people, its data for JSON, and its rows for CSV.

A page shows a digest, with the answer in its first sentence; ``--full`` adds every note, study and
source. There is one module for each command.
"""
