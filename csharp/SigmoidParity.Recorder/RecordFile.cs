using System.Security.Cryptography;
using System.Text;
using SigmoidParity.Harness;

namespace SigmoidParity.Recorder;

/// <summary>Writes the text file of a record; fixtures/README.md has its format.</summary>
internal sealed class RecordFile : IDisposable
{
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder text = new();

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file; what was there is lost.</param>
    /// <param name="head">The fields of the head; those without a value are left out.</param>
    internal RecordFile(string path, IEnumerable<(string Name, string? Value)> head)
    {
        file = File.Create(path);
        text.Append("sigmoid-parity record 1\n");
        Fields(head);
    }

    /// <summary>Writes what a callable gave.</summary>
    internal void Write(Callable callable, Recording recording)
    {
        Section([
            ("callable", callable.Name), ("owner", callable.Owner), ("member", callable.Member),
            ("arguments", callable.Arity.ToString()), ("format", callable.Format == "double" ? "binary64" : "binary32"),
            ("threw", recording.Problem), ("results", recording.Count.ToString()),
        ]);
        for (int place = 0; place < recording.Count; place++)
            text.Append(recording.Line(place)).Append('\n');
        Flush();
    }

    /// <summary>Writes what could not be called.</summary>
    internal void Write(string name, string owner, string reason) => Section([("refused", name), ("owner", owner), ("reason", reason)]);

    /// <summary>Ends the file with its digest.</summary>
    internal void End()
    {
        text.Append('\n');
        Flush();
        file.Write(Encoding.ASCII.GetBytes($"digest: {Convert.ToHexStringLower(hash.GetHashAndReset())}\n"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private void Section(IEnumerable<(string, string?)> fields)
    {
        text.Append('\n');
        Fields(fields);
    }

    private void Fields(IEnumerable<(string Name, string? Value)> fields)
    {
        foreach ((string name, string? value) in fields.Where(field => !string.IsNullOrWhiteSpace(field.Value)))
            text.Append($"{name}: {Words.Line(value!)}\n");
    }

    private void Flush()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        hash.AppendData(bytes);
        file.Write(bytes);
        text.Clear();
    }
}
