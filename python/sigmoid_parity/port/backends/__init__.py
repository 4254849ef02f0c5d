"""The array loops, in three gears with the same bits: see `gears`. `arrays.apply` is the way in."""
