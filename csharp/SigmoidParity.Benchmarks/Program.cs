using SigmoidParity.Benchmarks;
using SigmoidParity.Vectors;

const string Usage = """
    SigmoidParity.Benchmarks            time spans and a training, and compare bits
    SigmoidParity.Benchmarks verify N   compare every kernel with the scalar functions at N points of each kind
    SigmoidParity.Benchmarks map NAME   compute a function: little-endian doubles from standard input to standard output
    """;

switch (args)
{
    case []:
        Console.WriteLine($"backend {SigmoidVectors.Backend}, .NET {Environment.Version}; ns an element, the least of many turns");
        SpanRows.Print<double>();
        SpanRows.Print<float>();
        TrainingRows.Print();
        return 0;
    case ["verify", var text] when long.TryParse(text, out var points) && points > 0:
        return Verification.Run(points);
    case ["map", var name] when Map.Names.Contains(name):
        Map.Run(name);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
