"""One value of a form as people type it → the value of the field, or `Unclear` with the reason where more than one is possible."""
