"""The registers of a municipality's network: partners, agreements, shelter and instruments."""
