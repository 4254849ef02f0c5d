namespace SigmoidParity.Recorder;

/// <summary>What is said in a record, each on one line.</summary>
internal static class Words
{
    /// <summary>Says what an exception is and says, its cause included.</summary>
    internal static string Of(Exception error)
    {
        string text = $"{error.GetType().FullName}: {error.Message}";
        return Line(error.InnerException == null ? text : $"{text} ({Of(error.InnerException)})");
    }

    /// <summary>Puts a text on one line.</summary>
    internal static string Line(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
