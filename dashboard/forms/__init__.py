"""What was typed in a form that is refused, or whose writing failed, comes back in it: nothing is lost."""
