using System;

namespace SigmoidParity.Harness
{
    /// <summary>A function of an array gave something else than one result for each argument.</summary>
    public sealed class UnusableResultException : Exception
    {
        /// <summary>Says what it gave.</summary>
        /// <param name="message">As a continuation of the function's name.</param>
        public UnusableResultException(string message) : base(message) { }
    }
}
