"""The parts of lesson 1.5: the slopes that flow back, their ledger, and one step of learning."""
