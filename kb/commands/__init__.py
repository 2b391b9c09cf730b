"""One module a command; ``kb.cli`` lists them."""
