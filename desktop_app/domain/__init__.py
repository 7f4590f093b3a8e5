"""Plain rules of the trade: words, stages and gates, scores, trip checks, money; no I/O."""
