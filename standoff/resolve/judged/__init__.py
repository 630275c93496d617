"""Let what a person decided stand in the record: before it is resolved, while it is, and after.

A judgement is kept apart from what the machine finds and is applied each time the record is made (docs/judgements.md).
"""
