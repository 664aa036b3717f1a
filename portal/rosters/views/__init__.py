"""The contact's pages: the roster, one person, a file."""
