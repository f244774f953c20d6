"""The lab "Teach it yourself": classes, pictures, the run, the classifier it leaves."""
