"""Score what Standoff finds against gold, and hold the scores against floors."""
