using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace SigmoidParity.Harness
{
    /// <summary>A class with the constructor and the values that an object of it is made with, once.</summary>
    public sealed class Owner
    {
        private const string OnStack = "System.Runtime.CompilerServices.IsByRefLikeAttribute";

        private static readonly Type[] Numbers =
        {
            typeof(double), typeof(float), typeof(decimal), typeof(long), typeof(int), typeof(short), typeof(byte),
            typeof(ulong), typeof(uint), typeof(ushort), typeof(sbyte),
        };

        private readonly Type type;
        private readonly ConstructorInfo constructor;
        private readonly object[] values = { };

        /// <summary>Chooses the constructor; nothing is called yet.</summary>
        /// <param name="type">The class.</param>
        /// <param name="numbers">What the constructor is given; what it takes beyond them must have defaults.</param>
        internal Owner(Type type, double[] numbers)
        {
            this.type = type;
            Reason = WhyNone(type);
            if (Reason == null)
            {
                constructor = Choose(type, numbers, out object[] chosen);
                values = chosen ?? values;
                if (constructor == null && !(type.IsValueType && numbers.Length == 0))
                    Reason = Missing(type, numbers);
            }
            Name = Words.Full(type) + (values.Length == 0 ? "" : Words.Of(values));
        }

        /// <summary>The object as it is written in C#, such as <c>Acme.Neuro.Sigmoid(2.0)</c>.</summary>
        public string Name { get; }

        /// <summary>Why no object can be made; null where one can be tried.</summary>
        public string Reason { get; }

        /// <summary>The object, once it is made.</summary>
        internal object Instance { get; private set; }

        /// <summary>Makes the object, unless it was made.</summary>
        /// <exception cref="Exception">What the constructor throws.</exception>
        public void Make()
        {
            try
            {
                if (Instance == null)
                    Instance = constructor == null ? Activator.CreateInstance(type) : constructor.Invoke(values);
            }
            catch (TargetInvocationException error) when (error.InnerException != null)
            {
                ExceptionDispatchInfo.Capture(error.InnerException).Throw();
                throw;
            }
        }

        private static string WhyNone(Type type)
        {
            if (type.ContainsGenericParameters)
                return "generic class";
            if (type.IsInterface)
                return "interface";
            if (type.GetCustomAttributesData().Any(one => one.AttributeType.FullName == OnStack))
                return "ref struct";
            return type.IsAbstract ? "abstract class" : null;
        }

        private static ConstructorInfo Choose(Type type, double[] numbers, out object[] values)
        {
            values = null;
            foreach (ConstructorInfo constructor in type.GetConstructors().OrderBy(Rank))
            {
                values = Values(constructor.GetParameters(), numbers);
                if (values != null)
                    return constructor;
            }
            return null;
        }

        /// <summary>Few parameters before many, then double before float before whole numbers.</summary>
        private static int Rank(ConstructorInfo constructor)
        {
            IEnumerable<int> ranks = constructor.GetParameters().Select(to => 1 + Array.IndexOf(Numbers, to.ParameterType));
            return ranks.Aggregate(0, (rank, next) => rank + 100 + next);
        }

        private static object[] Values(ParameterInfo[] parameters, double[] numbers)
        {
            if (parameters.Length < numbers.Length || parameters.Skip(numbers.Length).Any(to => !to.HasDefaultValue))
                return null;
            object[] values = parameters.Select(to => to.HasDefaultValue ? to.DefaultValue : null).ToArray();
            for (int i = 0; i < numbers.Length; i++)
                if (!Convertible(numbers[i], parameters[i].ParameterType, out values[i]))
                    return null;
            return values;
        }

        private static bool Convertible(double number, Type type, out object value)
        {
            value = null;
            if (!Numbers.Contains(type))
                return false;
            try
            {
                value = Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
            }
            catch (OverflowException)
            {
                return false;
            }
            bool real = type == typeof(double) || type == typeof(float) || type == typeof(decimal);
            return real || Convert.ToDouble(value, CultureInfo.InvariantCulture) == number;
        }

        private static bool TakesNumbers(Type type) =>
            type.GetConstructors().Any(one => one.GetParameters().All(IsNumberOrDefault));

        private static bool IsNumberOrDefault(ParameterInfo to) =>
            to.HasDefaultValue || Numbers.Contains(to.ParameterType);

        private static string Missing(Type type, double[] numbers)
        {
            string[] there = type.GetConstructors().Select(Words.Takes).ToArray();
            if (there.Length == 0)
                return "no public constructor";
            string given = numbers.Length == 0 ? "arguments" : "others than " + Words.Of(numbers.Cast<object>());
            string remedy = TakesNumbers(type) ? "; give numbers with --new" : "";
            return $"its constructor needs {given}: {string.Join(" or ", there)}{remedy}";
        }
    }
}
