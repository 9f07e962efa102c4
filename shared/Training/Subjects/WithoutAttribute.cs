namespace Replications.Training.Subjects;

/// <summary>
/// Says why a subject does not declare a capability. The properties of every model ask each subject for one or the other of <see cref="IDiscreteDensity"/> and
/// <see cref="IAutoregressive"/>: what is left out of a test is left out for a reason, and not because nobody thought of it.
/// </summary>
/// <param name="reason">Why, in a few words.</param>
/// <param name="capabilities">The capabilities it does not declare.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class WithoutAttribute(string reason, params Type[] capabilities) : Attribute
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;

    /// <summary>The capabilities it does not declare.</summary>
    public Type[] Capabilities { get; } = capabilities;
}
