using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace SigmoidParity.Harness
{
    /// <summary>Types, methods and values as they are written in C#.</summary>
    internal static class Words
    {
        private static readonly Dictionary<Type, string> Keywords = new Dictionary<Type, string>
        {
            { typeof(bool), "bool" }, { typeof(byte), "byte" }, { typeof(sbyte), "sbyte" }, { typeof(char), "char" },
            { typeof(short), "short" }, { typeof(ushort), "ushort" }, { typeof(int), "int" }, { typeof(uint), "uint" },
            { typeof(long), "long" }, { typeof(ulong), "ulong" }, { typeof(float), "float" }, { typeof(double), "double" },
            { typeof(decimal), "decimal" }, { typeof(string), "string" }, { typeof(object), "object" }, { typeof(void), "void" },
        };

        /// <summary>Writes a type briefly, without its namespace.</summary>
        internal static string Of(Type type)
        {
            if (Keywords.TryGetValue(type, out string keyword))
                return keyword;
            if (type.IsByRef)
                return "ref " + Of(type.GetElementType());
            if (type.IsPointer)
                return Of(type.GetElementType()) + "*";
            if (type.IsArray)
                return Of(type.GetElementType()) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
            Type inner = Nullable.GetUnderlyingType(type);
            if (inner != null)
                return Of(inner) + "?";
            return type.IsGenericType ? Bare(type.Name) + Of(type.GetGenericArguments()) : type.Name;
        }

        /// <summary>Writes a class with its namespace and the classes around it.</summary>
        internal static string Full(Type type)
        {
            IEnumerable<string> parts = (type.FullName ?? type.Name).Split('[')[0].Split('+').Select(Bare);
            return string.Join(".", parts) + (type.IsGenericType ? Of(type.GetGenericArguments()) : "");
        }

        /// <summary>Writes a method with what it takes, and with what it gives where that is another number.</summary>
        internal static string Of(MethodInfo method, Type gives = null)
        {
            string name = method.Name + (method.IsGenericMethod ? Of(method.GetGenericArguments()) : "");
            return (gives == null ? "" : Of(gives) + " ") + name + Takes(method);
        }

        /// <summary>Writes what a method or a constructor takes, in parentheses.</summary>
        internal static string Takes(MethodBase method) =>
            "(" + string.Join(", ", method.GetParameters().Select(one => Of(one) + Default(one))) + ")";

        /// <summary>Writes values in parentheses.</summary>
        internal static string Of(IEnumerable<object> values) => "(" + string.Join(", ", values.Select(Of)) + ")";

        /// <summary>Writes a value as a literal.</summary>
        internal static string Of(object value)
        {
            if (value is double || value is float)
                return Literal(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture));
            if (value is bool)
                return (bool)value ? "true" : "false";
            if (value is string)
                return "\"" + value + "\"";
            return value == null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        /// <summary>Writes what a parameter takes.</summary>
        internal static string Of(ParameterInfo parameter)
        {
            Type type = parameter.ParameterType;
            if (!type.IsByRef || !(parameter.IsIn || parameter.IsOut))
                return Of(type);
            return (parameter.IsIn ? "in " : "out ") + Of(type.GetElementType());
        }

        private static string Default(ParameterInfo parameter)
        {
            if (!parameter.HasDefaultValue)
                return "";
            object value = parameter.DefaultValue;
            return " = " + (value == null && parameter.ParameterType.IsValueType ? "default" : Of(value));
        }

        private static string Of(Type[] arguments) => "<" + string.Join(", ", arguments.Select(Of)) + ">";

        private static string Bare(string name) => name.Split('`')[0];

        private static string Literal(string digits) => digits.All(c => char.IsDigit(c) || c == '-') ? digits + ".0" : digits;
    }
}
