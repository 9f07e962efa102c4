using System.Reflection;
using TorchSharp;

namespace Replications.Torch.Tests.Gradients;

public class GradientTests
{
    private static readonly GradientRow[] s_rows =
        [.. PointwiseRows.All, .. PairRows.All, .. ReductionRows.All, .. ShapeRows.All, .. MatrixRows.All, .. FunctionalRows.All, .. LossRows.All];

    public static TheoryData<string> Operators => [.. s_rows.Select(row => row.Operator)];

    [Theory]
    [MemberData(nameof(Operators))]
    public void AutogradAgreesWithFiniteDifferences(string name) => GradientCheck.Verify(s_rows.Single(row => row.Operator == name));

    [Fact]
    public void EveryExposedOperatorHasARowOrAReason()
    {
        HashSet<string> known = [.. s_rows.Select(row => row.Operator), .. ExemptOperators.Reasons.Keys];
        string[] missing = [.. Exposed().Where(name => !known.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"without a row in the gradient tables or a reason: {string.Join(", ", missing)}");
    }

    [Fact]
    public void NoExemptionOutlivesItsOperator()
    {
        HashSet<string> exposed = [.. Exposed()];
        Assert.Equal([], ExemptOperators.Reasons.Keys.Except(exposed));
    }

    [Fact]
    public void EveryOperatorBehindTheDoorExists()
    {
        var operators = typeof(Aten).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => (Operator)field.GetValue(null)!);
        Assert.Empty(operators.Where(op => !op.Exists).Select(op => op.ToString()));
    }

    private static IEnumerable<string> Exposed() =>
        Names(typeof(torch.Tensor), string.Empty)
            .Concat(Names(typeof(torch), string.Empty))
            .Concat(Names(typeof(torch.linalg), "linalg."))
            .Concat(Names(typeof(torch.special), "special."))
            .Concat(Names(typeof(torch.nn.functional), "functional."))
            .Distinct();

    private static IEnumerable<string> Names(Type type, string prefix) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && GivesTensors(method.ReturnType))
            .Select(method => prefix + method.Name);

    private static bool GivesTensors(Type type) =>
        type == typeof(torch.Tensor) || type == typeof(torch.Tensor[]) || type == typeof(IList<torch.Tensor>)
        || (type.IsGenericType && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) && type.GetGenericArguments()[0] == typeof(torch.Tensor));
}
