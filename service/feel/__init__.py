"""The expression language FEEL; imports only domain errors."""
