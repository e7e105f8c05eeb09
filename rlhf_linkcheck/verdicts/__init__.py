"""What answers mean for a link: the contract's table of verdicts, its proofs and its words; pure."""
