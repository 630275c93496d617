"""Write a record in the forms that other tools read."""
