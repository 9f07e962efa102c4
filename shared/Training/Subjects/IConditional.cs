namespace Replications.Training.Subjects;

/// <summary>
/// A capability of a subject: its model can be given the class of each example. Declared, it is tested: it learns something else from other labels, and each
/// example is measured with its own. A subject that does not declare it must learn the same whatever the labels are.
/// </summary>
public interface IConditional
{
    /// <summary>True where the recipe gives the model the classes.</summary>
    bool IsConditional { get; }
}
