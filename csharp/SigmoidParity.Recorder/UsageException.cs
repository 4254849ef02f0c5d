namespace SigmoidParity.Recorder;

/// <summary>What was asked for does not exist or cannot be done; the message says what may be.</summary>
internal sealed class UsageException(string message) : Exception(message);
