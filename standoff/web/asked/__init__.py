"""Make sense of what a page is asked for, and remember what is asked again and again."""
