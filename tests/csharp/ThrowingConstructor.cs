using System;

namespace SigmoidParity
{
    /// <summary>Cannot be made.</summary>
    public class Sigmoid
    {
        /// <summary>Throws.</summary>
        public Sigmoid()
        {
            throw new NotSupportedException("no objects today");
        }
    }
}
