"""One verb per module, with explicit collaborators; imports engine, forms, storage and below."""
