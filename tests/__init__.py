"""The tests; they run against mgform as it is installed."""
