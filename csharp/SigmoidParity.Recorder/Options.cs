using System.Globalization;

namespace SigmoidParity.Recorder;

/// <summary>What was asked for on the command line.</summary>
internal sealed class Options
{
    internal const string Help = """
        Record what the methods of a .NET assembly compute, to the bit, for `sigmoid-parity check` on another machine.

        Usage: sigmoid-recorder Acme.dll [OPTION]...

          --class NAME      Only this class, by its full name, such as Acme.Neuro.Sigmoid.
          --method NAME     Only the methods of this name, whatever they are. Repeatable.
          --new NUMBER      An argument of the constructor. Repeatable.
          --samples COUNT   How many inputs x, and outputs y, besides the fixtures' cases.  [default: 100000]
          --seed NUMBER     What they are drawn with.  [default: 1]
          --output FILE     The record.  [default: the assembly's name with .record, in this folder]
          --help            Show this, and exit.
          --version         Show the version, and exit.

        Every public method of a public class that takes and gives doubles or floats, arrays or spans of them, is called, and
        every class that can be made is made: what they do besides, with files or a network, is at your risk. What at a few
        points is neither a sigmoid nor a derivative of one is recorded at these alone, unless it was named with --method.

        Exit codes: 0 it is recorded, 2 it could not be.
        """;

    private readonly List<string> methods = [];
    private readonly List<double> numbers = [];

    private Options(string assembly) { Assembly = assembly; }

    internal string Assembly { get; }

    internal string? ClassName { get; private set; }

    internal IReadOnlyCollection<string> Methods => methods;

    internal double[] Numbers => [.. numbers];

    internal int Samples { get; private set; } = 100_000;

    internal ulong Seed { get; private set; } = 1;

    internal string Output { get; private set; } = "";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is not understood.</exception>
    internal static Options Read(string[] arguments)
    {
        var rest = new Queue<string>(arguments);
        string? assembly = null;
        List<(string, string)> pairs = [];
        while (rest.TryDequeue(out string? word))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
                pairs.Add((word, rest.TryDequeue(out string? value) ? value : throw new UsageException($"{word} needs a value")));
            else
                assembly = assembly == null ? word : throw new UsageException($"one assembly at a time: {assembly}, {word}");
        }
        var options = new Options(assembly ?? throw new UsageException("name an assembly; --help has the options"));
        foreach ((string name, string value) in pairs)
            options.Set(name, value);
        if (options.Output.Length == 0)
            options.Output = Path.GetFileNameWithoutExtension(assembly) + ".record";
        return options;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--class": ClassName = value; break;
            case "--method": methods.Add(value); break;
            case "--new": numbers.Add(Number<double>(name, value)); break;
            case "--samples": Samples = Math.Max(0, Number<int>(name, value)); break;
            case "--seed": Seed = Number<ulong>(name, value); break;
            case "--output": Output = value; break;
            default: throw new UsageException($"there is no option {name}; --help has them");
        }
    }

    private static T Number<T>(string name, string text) where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out T? number)
            ? number : throw new UsageException($"{name}: {text} is not a number that it takes");
}
