"""Statistical secrecy (domain, section 2): what may not be shown, and what hides it from subtraction."""
