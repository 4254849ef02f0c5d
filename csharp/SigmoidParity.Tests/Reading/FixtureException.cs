namespace SigmoidParity.Tests.Reading;

/// <summary>A fixture file that does not say what it must: names the file, the case and the field, in one line.</summary>
public sealed class FixtureException(string file, string problem, string? id = null, string? field = null)
    : Exception(
        file + (id is null ? "" : $", case {id}") + (string.IsNullOrEmpty(field) ? "" : $", {field}") + $": {problem}");
