using System;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;

namespace SigmoidParity.Harness
{
    /// <summary>Takes arguments from memory and writes results there.</summary>
    /// <param name="first">Address of the first arguments.</param>
    /// <param name="second">Address of the second ones, where there are two.</param>
    /// <param name="output">Address of the results.</param>
    /// <param name="count">How many.</param>
    /// <param name="at">Address of the number of the call.</param>
    internal delegate void Loop(IntPtr first, IntPtr second, IntPtr output, long count, IntPtr at);

    /// <summary>Makes a loop of a method and its object.</summary>
    internal static class Bound
    {
        /// <summary>Makes the loop over a method.</summary>
        /// <param name="shape">The method with its shape.</param>
        /// <param name="instance">The object; null for a static method.</param>
        internal static Loop Over(Shape shape, object instance) =>
            shape.Element == typeof(double) ? Doubles(shape, instance) : Floats(shape, instance);

        private static Loop Doubles(Shape shape, object instance)
        {
            if (shape.Form == Form.One)
            {
                var function = Make<Func<double, double>>(shape.Method, instance);
                return (first, second, output, count, at) => ArrayMap.Apply<long>(function, first, output, count, at);
            }
            if (shape.Form == Form.Two)
            {
                var function = Make<Func<double, double, double>>(shape.Method, instance);
                return (first, second, output, count, at) => ArrayMap.Apply(function, first, second, output, count, at);
            }
            return Whole<double>(shape, instance);
        }

        private static Loop Floats(Shape shape, object instance)
        {
            if (shape.Form == Form.One)
            {
                var function = Make<Func<float, float>>(shape.Method, instance);
                return (first, second, output, count, at) => ArrayMap.Apply(function, first, output, count, at);
            }
            if (shape.Form == Form.Two)
            {
                var function = Make<Func<float, float, float>>(shape.Method, instance);
                return (first, second, output, count, at) => ArrayMap.Apply(function, first, second, output, count, at);
            }
            return Whole<float>(shape, instance);
        }

        private static Loop Whole<T>(Shape shape, object instance) where T : struct
        {
            var call = new ArrayCall<T>(Function<T>(shape, instance));
            return (first, second, output, count, at) => call.Apply(first, output, count, at);
        }

        private static Func<T[], T[]> Function<T>(Shape shape, object instance)
        {
            switch (shape.Form)
            {
                case Form.Array:
                    return Make<Func<T[], T[]>>(shape.Method, instance);
                case Form.InPlace:
                    var change = Make<Action<T[]>>(shape.Method, instance);
                    return values => { change(values); return values; };
                case Form.Window:
                    var part = Make<Action<T[], int, int>>(shape.Method, instance);
                    return values => { part(values, 0, values.Length); return values; };
                default:
                    var fill = Make<Action<T[], T[]>>(shape.Method, instance);
                    return values => { T[] results = new T[values.Length]; fill(values, results); return results; };
            }
        }

        /// <summary>Makes a delegate: of the method itself where it fits, which is the fastest, or of a call to it.</summary>
        private static T Make<T>(MethodInfo method, object instance) where T : class
        {
            MethodInfo wanted = typeof(T).GetMethod("Invoke");
            return (T)(object)(Fits(method, wanted)
                ? Delegate.CreateDelegate(typeof(T), instance, method)
                : Call(typeof(T), wanted, method, instance));
        }

        private static bool Fits(MethodInfo method, MethodInfo wanted) =>
            method.ReturnType == wanted.ReturnType && Types(method).SequenceEqual(Types(wanted));

        private static Type[] Types(MethodInfo method) =>
            method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();

        /// <summary>Compiles a call with conversions, such as that of an array to a span, and with default values.</summary>
        private static Delegate Call(Type kind, MethodInfo wanted, MethodInfo method, object instance)
        {
            ParameterExpression[] given = Types(wanted).Select(type => Expression.Parameter(type)).ToArray();
            Expression[] arguments = method.GetParameters()
                .Select((to, i) => i < given.Length ? As(given[i], to.ParameterType) : Default(to)).ToArray();
            Expression target = method.IsStatic ? null : Expression.Constant(instance);
            Expression call = As(Expression.Call(target, method, arguments), wanted.ReturnType);
            return Expression.Lambda(kind, call, given).Compile();
        }

        private static Expression As(Expression from, Type type) =>
            from.Type == type ? from : Expression.Convert(from, type);

        private static Expression Default(ParameterInfo parameter)
        {
            object value = parameter.DefaultValue;
            Type type = parameter.ParameterType;
            return value == null ? Expression.Default(type) : As(Expression.Constant(value), type);
        }
    }
}
