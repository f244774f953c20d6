"""The lab of "The problem with linear models": five blanks, two lines, and what is left over."""
