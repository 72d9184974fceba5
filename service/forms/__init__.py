"""Form JSON to definition, marshmallow schema and render model; imports feel and domain."""
