"""Editors see what was not answered, teach words and answers, and see what that changes before it is published."""
