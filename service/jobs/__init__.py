"""The Procrastinate app; each job is one call of an operation."""
