"""The token engine, sole importer of SpiffWorkflow; imports dmn, feel and domain."""
