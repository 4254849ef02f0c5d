"""How far apart sigmoids are, at every float32 there is: libraries and languages against C#."""
