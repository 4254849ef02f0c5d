"""The loops over arrays, compiled or not, all with the same bits: `choice` says which one runs."""
