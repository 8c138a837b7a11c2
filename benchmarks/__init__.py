"""What is measured, against what, and the last figures: see results.md; `script/bench` runs it."""
