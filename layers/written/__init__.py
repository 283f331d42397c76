"""What people write: findings and the journal of every change, in a database beside the releases."""
