"""What tokens do in each kind of element; one module per family."""
