"""Figures against DESIGN's budgets, each as a ratio measured in one run, or with its machine."""
