"""Each revision once published stays as it is, whatever becomes of the tables later."""
