"""Two implementations beside each other at billions of points: every float32, or as many doubles as one likes."""
