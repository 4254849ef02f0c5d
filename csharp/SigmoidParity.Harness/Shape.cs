using System;
using System.Linq;
using System.Reflection;

namespace SigmoidParity.Harness
{
    /// <summary>How numbers go into a method and results come out.</summary>
    internal enum Form
    {
        /// <summary>T f(T).</summary>
        One,
        /// <summary>T f(T, T).</summary>
        Two,
        /// <summary>T[] f(T[]).</summary>
        Array,
        /// <summary>void f(T[]), and spans likewise.</summary>
        InPlace,
        /// <summary>void f(T[], int start, int count).</summary>
        Window,
        /// <summary>void f(T[], T[]) that fills the second, and spans likewise.</summary>
        Fill,
    }

    /// <summary>A method of a form that can be tried: with double or float, and what comes after it by default.</summary>
    internal sealed class Shape
    {
        private const string Span = "System.Span`1";
        private const string ReadOnlySpan = "System.ReadOnlySpan`1";

        private Shape(MethodInfo method, Form form, bool isDouble)
        {
            Method = method;
            Form = form;
            Element = isDouble ? typeof(double) : typeof(float);
        }

        internal MethodInfo Method { get; }

        internal Form Form { get; }

        /// <summary>double or float; a method that mixes the two is given doubles and its result widened.</summary>
        internal Type Element { get; }

        /// <summary>Finds the shape of a method, or null.</summary>
        internal static Shape Of(MethodInfo method)
        {
            ParameterInfo[] parameters = method.GetParameters();
            int given = Math.Max(1, parameters.Count(parameter => !parameter.HasDefaultValue));
            if (parameters.Length < given || parameters.Take(given).Skip(1).Any(parameter => parameter.HasDefaultValue))
                return null;
            Type[] takes = parameters.Take(given).Select(parameter => parameter.ParameterType).ToArray();
            return takes.Any(IsNumber) ? Scalar(method, takes) : Whole(method, takes);
        }

        /// <summary>Says why a method has none.</summary>
        internal static string Refusal(MethodInfo method)
        {
            ParameterInfo[] takes = method.GetParameters();
            ParameterInfo other = takes.FirstOrDefault(one => !IsReadable(one.ParameterType));
            if (other != null)
                return "takes " + Words.Of(other);
            if (takes.Length == 0)
                return "takes nothing";
            return takes.Length > 2
                ? $"takes {takes.Length} arguments"
                : $"takes {string.Join(", ", takes.Select(Words.Of))} and gives {Words.Of(method.ReturnType)}";
        }

        /// <summary>Tells whether a method has to do with real numbers at all.</summary>
        internal static bool Concerns(MethodInfo method) =>
            method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).Any(IsReal);

        private static Shape Scalar(MethodInfo method, Type[] takes)
        {
            if (takes.Length > 2 || !takes.All(IsNumber) || !IsNumber(method.ReturnType))
                return null;
            bool isDouble = takes.Append(method.ReturnType).Contains(typeof(double));
            return new Shape(method, takes.Length == 1 ? Form.One : Form.Two, isDouble);
        }

        private static Shape Whole(MethodInfo method, Type[] takes)
        {
            Type element = takes.Length > 0 ? ElementOf(takes[0]) : null;
            Form? form = element == null ? null : FormOf(takes, method.ReturnType, element.MakeArrayType());
            return form == null ? null : new Shape(method, form.Value, element == typeof(double));
        }

        private static Form? FormOf(Type[] takes, Type gives, Type array)
        {
            if (gives == array)
                return takes.Length == 1 && takes[0] == array ? Form.Array : (Form?)null;
            if (gives != typeof(void))
                return null;
            bool second = takes.Length == 2 && ElementOf(takes[1]) == array.GetElementType() && Writable(takes[1]);
            if (second)
                return Form.Fill;
            if (takes.Length == 1 && Writable(takes[0]))
                return Form.InPlace;
            bool window = takes.Length == 3 && takes[1] == typeof(int) && takes[2] == typeof(int);
            return window && takes[0] == array ? Form.Window : (Form?)null;
        }

        private static bool Writable(Type type) => type.IsArray || NameOf(type) == Span;

        private static bool IsReadable(Type type) => IsNumber(type) || ElementOf(type) != null;

        private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(float);

        /// <summary>Returns double or float where the type is an array of it, or a span; null otherwise.</summary>
        private static Type ElementOf(Type type)
        {
            bool array = type.IsArray && type.GetArrayRank() == 1;
            bool span = NameOf(type) == Span || NameOf(type) == ReadOnlySpan;
            Type element = array ? type.GetElementType() : span ? type.GetGenericArguments()[0] : null;
            return element != null && IsNumber(element) ? element : null;
        }

        private static string NameOf(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition().FullName : null;

        private static bool IsReal(Type type)
        {
            if (type.HasElementType)
                return IsReal(type.GetElementType());
            bool real = IsNumber(type) || type == typeof(decimal) || type.FullName == "System.Half";
            return real || (type.IsGenericType && type.GetGenericArguments().Any(IsReal));
        }
    }
}
