using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SigmoidParity.Tests.Reading;

/// <summary>
/// Strict YAML: one plain document whose top is a mapping. A mapping becomes a <see cref="Dictionary{TKey,TValue}"/>, a
/// list a <see cref="List{T}"/>, and a scalar a string, a long, a double, a bool or null.
/// </summary>
public static class Yaml
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FixtureException">It cannot be read, is not UTF-8, or is no such YAML.</exception>
    public static Dictionary<string, object?> Load(string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            return Parse(file, File.ReadAllText(path, Strict));
        }
        catch (DecoderFallbackException)
        {
            throw new FixtureException(file, "is not UTF-8; save it as UTF-8");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(file, $"cannot be read: {error.Message}");
        }
    }

    private static Dictionary<string, object?> Parse(string file, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count != 1
                ? throw new FixtureException(file, $"holds {stream.Documents.Count} documents; expected a single document")
                : Value(file, stream.Documents[0].RootNode) as Dictionary<string, object?>
                    ?? throw new FixtureException(file, "the top of the file must be a mapping");
        }
        catch (YamlException error)
        {
            throw new FixtureException(file, $"line {error.Start.Line}, column {error.Start.Column}: {error.Message}");
        }
    }

    private static object? Value(string file, YamlNode node)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            throw new FixtureException(file, $"line {node.Start.Line}: the tag {node.Tag}; only plain values are taken");
        }

        if (!node.Anchor.IsEmpty)
        {
            throw new FixtureException(file, $"line {node.Start.Line}: the anchor {node.Anchor}; anchors and aliases are not taken");
        }

        return node switch
        {
            YamlMappingNode mapping => mapping.Children.ToDictionary(pair => Key(file, pair.Key), pair => Value(file, pair.Value)),
            YamlSequenceNode list => list.Select(item => Value(file, item)).ToList(),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value!),
            _ => ((YamlScalarNode)node).Value,
        };
    }

    private static string Key(string file, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw new FixtureException(file, $"line {node.Start.Line}: a key must be text");

    private static object? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when (char.IsAsciiDigit(text[^1]) || text[^1] == '.') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
