"""The pages: the only code that sees a request."""
