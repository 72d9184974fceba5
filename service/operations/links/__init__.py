"""Links between cases, and handing a case over to another municipality."""
