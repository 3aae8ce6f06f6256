"""The inspector's desk, the errors register and the yearly figures."""
