"""What each answer holds, field by field."""
