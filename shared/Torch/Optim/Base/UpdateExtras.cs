using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What goes into one native pass with an update: see <see cref="FusedUpdate"/>.</summary>
internal sealed record UpdateExtras
{
    private static readonly Operator s_globalNorm = new("replications::global_norm");

    internal static UpdateExtras None { get; } = new();

    internal IReadOnlyDictionary<nint, Tensor>? Averages { get; init; }

    internal double AverageDecay { get; init; }

    internal IReadOnlyDictionary<nint, Tensor>? Copies { get; init; }

    internal IReadOnlyDictionary<nint, Tensor>? Masks { get; init; }

    internal double MaxNorm { get; init; }

    internal bool Check { get; init; }

    internal GradientRelease Release { get; init; }

    /// <summary>Multiplies the gradients; clipping over several groups is done through it.</summary>
    internal double Factor { get; init; } = 1;

    internal bool NeedsNorm => MaxNorm > 0 || Check;

    internal UpdateArguments For(Parameter[] parameters) => new(
        Select(Averages, parameters), AverageDecay, Select(Copies, parameters), Select(Masks, parameters), Factor, MaxNorm, Check, (long)Release);

    internal double GlobalNorm(OptimizerHelper optimizer)
    {
        Parameter[] all = [.. optimizer.parameters()];
        return s_globalNorm.CallScalar((Tensor[])all, Select(Masks, all)).ToDouble();
    }

    // The factor of clip_grad_norm_; with it no group needs the norm again.
    internal UpdateExtras WithFactor(double norm) => this with
    {
        Factor = MaxNorm > 0 ? Math.Min(1, MaxNorm / (norm + 1e-6)) : 1,
        MaxNorm = 0,
        Check = false,
    };

    private static Tensor?[] Select(IReadOnlyDictionary<nint, Tensor>? source, Parameter[] parameters) =>
        source is null ? [] : Array.ConvertAll(parameters, p => source.GetValueOrDefault(p.Handle));
}

/// <summary>What becomes of the gradients after an update.</summary>
public enum GradientRelease
{
    /// <summary>They stay, and the next backward adds to them.</summary>
    Keep = 0,

    /// <summary>They are filled with zeros, as <c>zero_grad()</c> does.</summary>
    Zero = 1,

    /// <summary>They are dropped: the next backward makes them anew, with no addition. The fastest.</summary>
    Drop = 2,
}

/// <summary>The trailing arguments of every fused operator.</summary>
internal readonly record struct UpdateArguments(
    Tensor?[] Averages, double AverageDecay, Tensor?[] Copies, Tensor?[] Masks, double Factor, double MaxNorm, bool Check, long Release)
{
    /// <summary>Calls an operator with its own arguments and these; it returns the global norm, or 0.</summary>
    internal double Call(Operator fused, params ReadOnlySpan<Argument> own) =>
        fused.CallScalar([.. own, Averages, AverageDecay, Copies, Masks, Factor, MaxNorm, Check, Release]).ToDouble();
}
