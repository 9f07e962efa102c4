using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Replications.Torch.Tests.Optim;

/// <summary>The optimisers of generate_optim.py, under the same names.</summary>
internal static class Optimisers
{
    internal static IReadOnlyDictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>>
        {
            ["sgd"] = p => optim.SGD(p, 0.05),
            ["sgd-momentum"] = p => optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 0.01),
            ["sgd-dampening"] = p => optim.SGD(p, 0.05, momentum: 0.8, dampening: 0.3),
            ["sgd-nesterov"] = p => optim.SGD(p, 0.02, momentum: 0.9, nesterov: true),
            ["adam"] = p => optim.Adam(p, 0.05),
            ["adam-decay"] = p => optim.Adam(p, 0.05, 0.8, 0.95, 1e-4, 0.1),
            ["adam-amsgrad"] = p => optim.Adam(p, 0.05, amsgrad: true),
            ["adamw"] = p => optim.AdamW(p, 0.05, weight_decay: 0.1),
            ["adamax"] = p => optim.Adamax(p, 0.05, weight_decay: 0.01),
            ["rmsprop"] = p => optim.RMSProp(p, 0.02, 0.9),
            ["rmsprop-momentum"] = p => optim.RMSProp(p, 0.02, 0.9, momentum: 0.9, weight_decay: 0.01),
            ["rmsprop-centered"] = p => optim.RMSProp(p, 0.02, 0.9, centered: true),
            ["rmsprop-both"] = p => optim.RMSProp(p, 0.02, 0.9, momentum: 0.5, centered: true),
            ["adagrad"] = p => optim.Adagrad(p, 0.1),
            ["adagrad-all"] = p => optim.Adagrad(p, 0.1, 0.05, 0.1, 0.2, 1e-3),
            ["adadelta"] = p => optim.Adadelta(p, 1.0, 0.95),
            ["adadelta-all"] = p => optim.Adadelta(p, 0.5, 0.9, 1e-4, 0.1),
        };
}
