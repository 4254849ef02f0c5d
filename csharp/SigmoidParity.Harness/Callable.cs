using System;

namespace SigmoidParity.Harness
{
    /// <summary>A method that can be tried, with its object; what it computes is not known.</summary>
    public sealed class Callable
    {
        private readonly Shape shape;
        private Loop loop;

        internal Callable(Owner owner, Shape shape)
        {
            this.shape = shape;
            Object = shape.Method.IsStatic ? null : owner;
            Owner = Object == null ? Words.Full(shape.Method.ReflectedType) : owner.Name;
            Type gives = shape.Method.ReturnType;
            bool mixed = shape.Form <= Form.Two && shape.Method.GetParameters()[0].ParameterType != gives;
            Name = Words.Of(shape.Method, mixed ? gives : null);
        }

        /// <summary>The object whose method it is; null for a static one.</summary>
        public Owner Object { get; }

        /// <summary>What it belongs to, such as <c>Acme.Neuro.Sigmoid(2.0)</c>.</summary>
        public string Owner { get; }

        /// <summary>Its name in C#.</summary>
        public string Member => shape.Method.Name;

        /// <summary>Its name with what it takes, such as <c>Function(double)</c>.</summary>
        public string Name { get; }

        /// <summary>How many numbers it takes, or arrays of them: 1 or 2.</summary>
        public int Arity => shape.Form == Form.Two ? 2 : 1;

        /// <summary>Whether it is called for one element after the other, and not with a whole array.</summary>
        public bool IsOneByOne => shape.Form == Form.One || shape.Form == Form.Two;

        /// <summary>The format of its arguments and results: "double" or "float".</summary>
        public string Format => Words.Of(shape.Element);

        /// <summary>Computes it for each of a number of arguments.</summary>
        /// <param name="first">Address of the first arguments, in its format.</param>
        /// <param name="second">Address of the second arguments; not read where it takes one.</param>
        /// <param name="output">Address of the results, in its format.</param>
        /// <param name="count">How many of each.</param>
        /// <param name="at">Address of a 64-bit number: which argument it is at, where that is known.</param>
        /// <exception cref="UnusableResultException">It gave something else than that many results.</exception>
        /// <exception cref="Exception">What the method or the constructor throws.</exception>
        public void Apply(IntPtr first, IntPtr second, IntPtr output, long count, IntPtr at)
        {
            Object?.Make();
            if (loop == null)
                loop = Bound.Over(shape, Object?.Instance);
            loop(first, second, output, count, at);
        }
    }
}
