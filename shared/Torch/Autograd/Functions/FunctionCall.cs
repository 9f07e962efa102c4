using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One application of a function written in C#. The graph's node holds it until the node goes.</summary>
internal sealed unsafe class FunctionCall
{
    private readonly torch.autograd.AutogradContext _context = new();
    private readonly IManagedFunction _function;
    private readonly bool[] _isTensor;

    // Needed by the forward alone: the graph must not keep the inputs through it.
    private object[]? _arguments;

    internal FunctionCall(IManagedFunction function, object[] arguments)
    {
        _function = function;
        _arguments = arguments;
        _isTensor = [.. arguments.Select(argument => argument is torch.Tensor { IsInvalid: false })];
    }

    internal List<torch.Tensor> Apply()
    {
        torch.Tensor[] inputs = [.. _arguments!.OfType<torch.Tensor>().Where(tensor => !tensor.IsInvalid)];
        nint[] handles = [.. inputs.Select(tensor => tensor.Handle)];
        var function = new NativeFunction
        {
            Self = GCHandle.ToIntPtr(GCHandle.Alloc(this)),
            Forward = &Forward,
            Backward = &Backward,
            Release = &Release,
        };
        var results = new List<torch.Tensor>();
        fixed (nint* start = handles)
        {
            NativeMethods.Check(NativeMethods.rt_function_apply(function, start, handles.Length, out nint* given, out int count));
            for (int i = 0; i < count; i++)
                results.Add(new torch.Tensor(given[i]));
        }

        GC.KeepAlive(inputs);
        return results;
    }

    [UnmanagedCallersOnly]
    private static int Forward(nint self, nint context, nint outputs) => Run(self, context, outputs, call =>
    {
        object[] arguments = call._arguments!;
        call._arguments = null;
        return call._function.Forward(call._context, arguments);
    });

    [UnmanagedCallersOnly]
    private static int Backward(nint self, nint context, nint* gradients, int count, nint outputs)
    {
        nint[] handles = new ReadOnlySpan<nint>(gradients, count).ToArray();
        return Run(self, context, outputs, call => call.Gradients([.. handles.Select(Shared)]));
    }

    [UnmanagedCallersOnly]
    private static void Release(nint self) => GCHandle.FromIntPtr(self).Free();

    private static torch.Tensor Shared(nint handle) => new(handle == 0 ? 0 : NativeMethods.rt_tensor_share(handle));

    // No exception may pass the native frames above: its message goes up as libtorch's.
    private static int Run(nint self, nint context, nint outputs, Func<FunctionCall, List<torch.Tensor>> body)
    {
        var call = (FunctionCall)GCHandle.FromIntPtr(self).Target!;
        nint previous = call._context.Enter(context);
        try
        {
            using DisposeScope scope = torch.NewDisposeScope();
            foreach (torch.Tensor? tensor in body(call))
            {
                NativeMethods.rt_function_give(outputs, tensor is null || tensor.IsInvalid ? 0 : tensor.Handle);
                GC.KeepAlive(tensor);
            }

            return 0;
        }
        catch (Exception error)
        {
            NativeMethods.rt_function_fail($"{error.GetType().Name} in the function {call._function.Name}: {error.Message}");
            return 1;
        }
        finally
        {
            call._context.Enter(previous);
        }
    }

    private List<torch.Tensor> Gradients(List<torch.Tensor> incoming)
    {
        List<torch.Tensor> found = _function.Backward(_context, incoming);
        if (found.Count < _isTensor.Length)
            throw new InvalidOperationException($"backward gave {found.Count} gradients for {_isTensor.Length} arguments");
        bool surplus = Enumerable.Range(0, found.Count).Any(i => (i >= _isTensor.Length || !_isTensor[i]) && found[i] is { IsInvalid: false });
        return surplus
            ? throw new InvalidOperationException("backward gave a gradient for an argument that is no tensor")
            : [.. found.Take(_isTensor.Length).Where((_, i) => _isTensor[i])];
    }
}
