using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SigmoidParity.Tests.Reading;

/// <summary>
/// The keywords of JSON Schema that <c>fixtures/schema.json</c> uses; one that it does not know is an error, never passed over.
/// </summary>
public sealed class Schema
{
    private static readonly Dictionary<string, Regex> Patterns = [];
    private readonly JsonElement _top;
    private readonly Dictionary<string, Check> _checks;

    private delegate string? Check(object? value, JsonElement rule, JsonElement schema);

    private Schema(JsonElement top)
    {
        _top = top;
        _checks = new Dictionary<string, Check>
        {
            ["$schema"] = Nothing, ["title"] = Nothing, ["description"] = Nothing, ["definitions"] = Nothing,
            ["then"] = Nothing, ["else"] = Nothing,
            ["$ref"] = (value, rule, _) => Problem(value, Definition(rule.GetString()!)),
            ["if"] = (value, rule, schema) => Branch(value, schema, Problem(value, rule) is null ? "then" : "else"),
            ["allOf"] = (value, rule, _) => rule.EnumerateArray().Select(one => Problem(value, one)).FirstOrDefault(Said),
            ["oneOf"] = (value, rule, _) =>
                rule.EnumerateArray().Count(one => Problem(value, one) is null) == 1 ? null : ": must fit one of its forms, and one only",
            ["type"] = (value, rule, _) => IsA(value, rule.GetString()!) ? null : $": must be {rule.GetString()}",
            ["const"] = (value, rule, _) => Same(value, rule) ? null : $": must be {rule}",
            ["enum"] = (value, rule, _) => rule.EnumerateArray().Any(one => Same(value, one)) ? null : $": must be one of {rule}",
            ["minimum"] = (value, rule, _) => Number(value) is { } n && n < rule.GetDouble() ? $": must be at least {rule}" : null,
            ["maximum"] = (value, rule, _) => Number(value) is { } n && n > rule.GetDouble() ? $": must be at most {rule}" : null,
            ["minLength"] = (value, rule, _) => value is string s && s.Length < rule.GetInt32() ? $": needs {rule} characters" : null,
            ["pattern"] = (value, rule, _) => value is string s && !Pattern(rule).IsMatch(s) ? $": must match pattern {rule}" : null,
            ["minItems"] = (value, rule, _) => value is List<object?> l && l.Count < rule.GetInt32() ? $": needs {rule} items" : null,
            ["maxItems"] = (value, rule, _) => value is List<object?> l && l.Count > rule.GetInt32() ? $": takes {rule} items" : null,
            ["uniqueItems"] = (value, _, _) =>
                value is List<object?> l && l.Distinct().Count() < l.Count ? ": holds an item twice" : null,
            ["items"] = (value, rule, _) => value is List<object?> list
                ? list.Select((item, index) => At($"[{index}]", Item(item, rule, index))).FirstOrDefault(Said)
                : null,
            ["minProperties"] = (value, rule, _) => Count(value) < rule.GetInt32() ? $": needs {rule} fields" : null,
            ["propertyNames"] = (value, rule, _) => Fields(value).Select(field => Problem(field.Key, rule)).FirstOrDefault(Said),
            ["required"] = Required,
            ["properties"] = (value, rule, _) => Fields(value)
                .Select(field => rule.TryGetProperty(field.Key, out var own) ? At($".{field.Key}", Problem(field.Value, own)) : null)
                .FirstOrDefault(Said),
            ["additionalProperties"] = Additional,
        };
    }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="FixtureException">It cannot be read.</exception>
    public static Schema Load(string path)
    {
        try
        {
            return new Schema(JsonDocument.Parse(File.ReadAllText(path)).RootElement);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new FixtureException(Path.GetFileName(path), $"cannot be read: {error.Message}");
        }
    }

    /// <summary>Says where a value is not of the form, and what would be right; null where it is.</summary>
    public string? Problem(object? value) => Problem(value, _top)?.TrimStart('.', ':', ' ');

    private string? Problem(object? value, JsonElement schema) =>
        schema.EnumerateObject().Select(rule => Checked(rule.Name)(value, rule.Value, schema)).FirstOrDefault(Said);

    private Check Checked(string keyword) => _checks.TryGetValue(keyword, out var check)
        ? check
        : throw new NotSupportedException($"schema.json uses {keyword}, which Schema.cs does not know; add it there");

    private static string? Nothing(object? value, JsonElement rule, JsonElement schema) => null;

    private JsonElement Definition(string reference) =>
        reference.Split('/')[1..].Aggregate(_top, (element, name) => element.GetProperty(name));

    private string? Branch(object? value, JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var branch) ? Problem(value, branch) : null;

    // One schema for every item, or one for each.
    private string? Item(object? item, JsonElement rule, int index) =>
        rule.ValueKind != JsonValueKind.Array ? Problem(item, rule) : index < rule.GetArrayLength() ? Problem(item, rule[index]) : null;

    private static string? Required(object? value, JsonElement rule, JsonElement schema) =>
        value is not Dictionary<string, object?> mapping
            ? null
            : rule.EnumerateArray().Select(name => name.GetString()!).Where(name => !mapping.ContainsKey(name))
                .Select(name => $": must contain {name}").FirstOrDefault();

    private string? Additional(object? value, JsonElement rule, JsonElement schema)
    {
        var known = schema.TryGetProperty("properties", out var own) ? own.EnumerateObject().Select(one => one.Name).ToHashSet() : [];
        var others = Fields(value).Where(field => !known.Contains(field.Key));
        return rule.ValueKind == JsonValueKind.False
            ? others.Select(field => $": must not contain {field.Key}").FirstOrDefault()
            : others.Select(field => At($".{field.Key}", Problem(field.Value, rule))).FirstOrDefault(Said);
    }

    private static bool Said(string? problem) => problem is not null;

    private static string? At(string place, string? problem) => problem is null ? null : place + problem;

    private static IEnumerable<KeyValuePair<string, object?>> Fields(object? value) => value as Dictionary<string, object?> ?? [];

    private static int Count(object? value) => (value as Dictionary<string, object?>)?.Count ?? int.MaxValue;

    private static double? Number(object? value) => value is long or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    private static bool IsA(object? value, string type) => type switch
    {
        "object" => value is Dictionary<string, object?>,
        "array" => value is List<object?>,
        "string" => value is string,
        "integer" => value is long,
        "number" => value is long or double,
        "boolean" => value is bool,
        _ => throw new NotSupportedException($"schema.json uses the type {type}, which Schema.cs does not know; add it there"),
    };

    private static bool Same(object? value, JsonElement other) => other.ValueKind switch
    {
        JsonValueKind.String => value is string text && text == other.GetString(),
        JsonValueKind.Number => value is long whole && other.TryGetInt64(out var number) && whole == number,
        _ => throw new NotSupportedException($"schema.json compares with {other}, which Schema.cs does not know; add it there"),
    };

    private static Regex Pattern(JsonElement rule)
    {
        var text = rule.GetString()!;
        if (!Patterns.TryGetValue(text, out var pattern))
        {
            // ECMAScript's digits are ASCII's, but its $ stands before a last newline too in .NET.
            Patterns[text] = pattern = new Regex(text.Replace("$", @"(?!\n)$"), RegexOptions.ECMAScript);
        }

        return pattern;
    }
}
