"""mgform compares the forms of a supplement by what attributed sources say of them."""

__version__ = "0.1.0"
