"""Version 1 of the API, the same operations as the pages."""
