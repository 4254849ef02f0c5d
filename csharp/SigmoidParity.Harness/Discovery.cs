using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SigmoidParity.Harness
{
    /// <summary>What there is in an assembly: methods that can be tried, those that cannot, and how many others.</summary>
    /// <remarks>Nothing of the assembly is called: no constructor runs before <see cref="Owner.Make"/>.</remarks>
    public sealed class Discovery
    {
        private readonly List<Callable> callables = new List<Callable>();
        private readonly List<Refused> refusals = new List<Refused>();
        private readonly List<string> classes = new List<string>();
        private readonly List<string> hidden = new List<string>();
        private readonly HashSet<string> named = new HashSet<string>();

        /// <summary>Looks at the public classes of an assembly, nested ones too.</summary>
        /// <param name="assembly">The assembly.</param>
        /// <param name="className">The full name of one class; null for all.</param>
        /// <param name="numbers">What constructors are given.</param>
        public Discovery(Assembly assembly, string className, double[] numbers)
        {
            foreach (Type type in Types(assembly).Where(type => type.IsVisible && !HasNoMethods(type)))
            {
                classes.Add(Words.Full(type));
                if (className == null || className == classes[classes.Count - 1] || className == type.FullName)
                    Look(type, numbers);
            }
        }

        /// <summary>The methods that can be tried.</summary>
        public IReadOnlyList<Callable> Callables => callables;

        /// <summary>The methods with real numbers that cannot be tried.</summary>
        public IReadOnlyList<Refused> Refusals => refusals;

        /// <summary>The public classes, by their full names.</summary>
        public IReadOnlyList<string> Classes => classes;

        /// <summary>How many methods neither take nor give real numbers.</summary>
        public int Others { get; private set; }

        /// <summary>The classes that are not public, by their full names.</summary>
        public IReadOnlyList<string> Hidden => hidden;

        private static bool HasNoMethods(Type type) => type.IsEnum || typeof(Delegate).IsAssignableFrom(type);

        private IEnumerable<Type> Types(Assembly assembly)
        {
            Type[] types;
            try
            {
                types = assembly.GetTypes();
            }
            catch (ReflectionTypeLoadException error)
            {
                types = error.Types.Where(type => type != null).ToArray();
                string reasons = string.Join("; ", error.LoaderExceptions.Select(Lack).Distinct().Take(3));
                int lost = error.Types.Length - types.Length;
                refusals.Add(new Refused("", "", lost == 1 ? "1 class" : $"{lost} classes", reasons));
            }
            hidden.AddRange(types.Where(type => !type.IsVisible && type.Name.IndexOf('<') < 0).Select(Words.Full));
            return types;
        }

        private void Look(Type type, double[] numbers)
        {
            try
            {
                Owner owner = new Owner(type, numbers);
                foreach (MethodInfo method in Methods(type))
                    Look(owner, method);
            }
            catch (Exception error) when (IsLack(error))
            {
                refusals.Add(new Refused(Words.Full(type), "", "", Lack(error)));
            }
        }

        /// <summary>Lists a class's own methods, then those that it inherits, each in the order of the source.</summary>
        private static IEnumerable<MethodInfo> Methods(Type type) =>
            type.GetMethods()
                .Where(method => !method.IsSpecialName && IsTheirs(method.DeclaringType))
                .Where(method => IsTheirs(method.GetBaseDefinition().DeclaringType))
                .OrderBy(method => method.DeclaringType == type ? 0 : 1).ThenBy(method => method.MetadataToken);

        private static bool IsTheirs(Type type) => type.Assembly != typeof(object).Assembly;

        private void Look(Owner owner, MethodInfo method)
        {
            try
            {
                foreach (MethodInfo closed in Closed(method))
                    Sort(owner, closed);
            }
            catch (Exception error) when (IsLack(error))
            {
                refusals.Add(new Refused(Words.Full(method.ReflectedType), method.Name, method.Name, Lack(error)));
            }
        }

        /// <summary>Closes a generic method of one type with double and with float, where it allows them.</summary>
        private static IEnumerable<MethodInfo> Closed(MethodInfo method)
        {
            if (!method.IsGenericMethodDefinition || method.GetGenericArguments().Length != 1)
                return new[] { method };
            MethodInfo[] closed = new[] { typeof(double), typeof(float) }.Select(type => Close(method, type)).ToArray();
            return closed.Any(one => one != null) ? closed.Where(one => one != null) : new[] { method };
        }

        private static MethodInfo Close(MethodInfo method, Type type)
        {
            try
            {
                return method.MakeGenericMethod(type);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        private void Sort(Owner owner, MethodInfo method)
        {
            Shape shape = method.ContainsGenericParameters ? null : Shape.Of(method);
            string reason = shape == null ? Unfit(method) : NeedsNone(method) ? null : owner.Reason;
            if (shape == null && reason == null)
                Others++;
            else if (reason == null)
                Add(new Callable(owner, shape));
            else
                refusals.Add(new Refused(owner.Name, method.Name, Words.Of(method), reason));
        }

        /// <summary>Adds a method, unless a class that inherits it has one of its own in its place.</summary>
        private void Add(Callable callable)
        {
            if (named.Add(callable.Owner + "." + callable.Name))
                callables.Add(callable);
        }

        private static bool NeedsNone(MethodInfo method) => method.IsStatic && !method.ReflectedType.IsInterface;

        /// <summary>Says why a method without a shape is refused; null where it does not concern us.</summary>
        private static string Unfit(MethodInfo method)
        {
            if (method.ContainsGenericParameters)
                return method.DeclaringType.ContainsGenericParameters ? "generic class" : "open generic method";
            return Shape.Concerns(method) ? Shape.Refusal(method) : null;
        }

        private static bool IsLack(Exception error) =>
            error is TypeLoadException || error is IOException || error is BadImageFormatException
            || error is MissingMemberException;

        private static string Lack(Exception error)
        {
            Match named = Regex.Match(error.Message, "file or assembly '([^',]+),");
            return named.Success
                ? $"it needs {named.Groups[1].Value}, which is not beside it; dotnet publish puts it there"
                : error.Message;
        }
    }
}
