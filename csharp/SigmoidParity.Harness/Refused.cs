namespace SigmoidParity.Harness
{
    /// <summary>A method, or a number of classes, that cannot be tried.</summary>
    public sealed class Refused
    {
        internal Refused(string owner, string member, string name, string reason)
        {
            Owner = owner;
            Member = member;
            Name = name;
            Reason = reason;
        }

        /// <summary>What it belongs to.</summary>
        public string Owner { get; }

        /// <summary>Its name in C#.</summary>
        public string Member { get; }

        /// <summary>Its name with what it takes.</summary>
        public string Name { get; }

        /// <summary>Why, in a few words.</summary>
        public string Reason { get; }
    }
}
