using System.Reflection;
using System.Runtime.Loader;

namespace SigmoidParity.Recorder;

/// <summary>Loads the assembly apart from this program's own, with what stands beside it.</summary>
internal sealed class Loading : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver resolver;
    private readonly string folder;

    private Loading(string path) : base(path)
    {
        resolver = new AssemblyDependencyResolver(path);
        folder = Path.GetDirectoryName(path)!;
    }

    /// <summary>Loads an assembly.</summary>
    /// <exception cref="UsageException">There is none, or it cannot be loaded.</exception>
    internal static Assembly Load(string path)
    {
        string file = Path.GetFullPath(path);
        if (!File.Exists(file))
            throw new UsageException($"there is no assembly at {path}");
        try
        {
            return new Loading(file).LoadFromAssemblyPath(file);
        }
        catch (Exception error) when (error is BadImageFormatException or IOException)
        {
            throw new UsageException($"{path} is not a usable assembly: {error.Message}");
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name)
    {
        string? found = resolver.ResolveAssemblyToPath(name) ?? Beside(name.Name + ".dll");
        return found == null ? null : LoadFromAssemblyPath(found);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string name)
    {
        string? found = resolver.ResolveUnmanagedDllToPath(name);
        return found == null ? 0 : LoadUnmanagedDllFromPath(found);
    }

    private string? Beside(string name)
    {
        string file = Path.Combine(folder, name);
        return File.Exists(file) ? file : null;
    }
}
