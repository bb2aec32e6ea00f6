"""A shelf of products out of a spreadsheet: what each gives a day, and what that costs."""
