using TorchSharp;
using TorchSharp.Modules;

namespace Replications.Made;

/// <summary>The update rules of MADE/update_rules.py, epsilon inside the root, as settings of the library's optimisers.</summary>
public static class MadeOptimizer
{
    /// <summary>Makes the optimiser of a recipe.</summary>
    /// <param name="recipe">Rule and constants.</param>
    /// <param name="parameters">What it updates.</param>
    public static torch.optim.Optimizer For(MadeRecipe recipe, IEnumerable<Parameter> parameters) => recipe.UpdateRule switch
    {
        UpdateRule.Sgd => torch.optim.SGD(parameters, recipe.Rate),

        // g / sqrt(sum g^2 + epsilon) is what a sum that starts at epsilon gives, with nothing added outside the root.
        UpdateRule.Adagrad => torch.optim.Adagrad(parameters, recipe.Rate, initial_accumulator_value: recipe.Epsilon, eps: 0),

        // The library's rule has its epsilons inside the roots and a rate that Zeiler's has not: 1.
        UpdateRule.Adadelta => torch.optim.Adadelta(parameters, lr: 1, rho: recipe.Decay, eps: recipe.Epsilon),
        _ => throw new InvalidOperationException($"update rule {recipe.UpdateRule} does not exist"),
    };
}
