"""The port of the C# pair: functions, arguments, arrays, and the backends that compute arrays."""
