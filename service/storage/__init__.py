"""SQLAlchemy models, encryption and queries by noun; imports domain."""
