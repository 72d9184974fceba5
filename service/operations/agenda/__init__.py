"""The agenda of a table: what cases ask of it, who may read that, and what was decided."""
