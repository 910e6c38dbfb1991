"""The pages of assessments and of the inventory."""
