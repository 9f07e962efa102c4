using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>
/// An operator of libtorch's dispatcher, found once and called with tagged values. Trailing arguments that are left out
/// take the schema's defaults, so an operator that gained parameters in a later libtorch is called the same way.
/// </summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaximumResults = 8;
    private nint _handle;

    private nint Handle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _handle != 0 ? _handle : Find();
    }

    /// <summary>Whether the libtorch that is loaded has this operator.</summary>
    internal bool Exists => NativeMethods.rt_operator_exists(QualifiedName, overload) != 0;

    private string QualifiedName => name.Contains("::", StringComparison.Ordinal) ? name : "aten::" + name;

    public override string ToString() => overload.Length == 0 ? QualifiedName : $"{QualifiedName}.{overload}";

    /// <summary>Calls an operator of one tensor, which gives one tensor.</summary>
    [SkipLocalsInit]
    internal torch.Tensor Unary(torch.Tensor argument)
    {
        NativeValue value;
        value.Tag = ValueTag.Tensor;
        value.Pointer = argument.Handle;
        torch.Tensor result = One(&value, 1);
        GC.KeepAlive(argument);
        return result;
    }

    /// <summary>Calls an operator of two tensors, which gives one tensor.</summary>
    [SkipLocalsInit]
    internal torch.Tensor Binary(torch.Tensor left, torch.Tensor right)
    {
        NativeValue* values = stackalloc NativeValue[2];
        values[0].Tag = ValueTag.Tensor;
        values[0].Pointer = left.Handle;
        values[1].Tag = ValueTag.Tensor;
        values[1].Pointer = right.Handle;
        torch.Tensor result = One(values, 2);
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return result;
    }

    /// <summary>Calls an operator of one tensor, which changes it.</summary>
    [SkipLocalsInit]
    internal torch.Tensor UnaryInPlace(torch.Tensor self)
    {
        NativeValue value;
        value.Tag = ValueTag.Tensor;
        value.Pointer = self.Handle;
        Change(&value, 1);
        GC.KeepAlive(self);
        return self;
    }

    /// <summary>Calls an operator of two tensors, which changes the first.</summary>
    [SkipLocalsInit]
    internal torch.Tensor BinaryInPlace(torch.Tensor self, torch.Tensor other)
    {
        NativeValue* values = stackalloc NativeValue[2];
        values[0].Tag = ValueTag.Tensor;
        values[0].Pointer = self.Handle;
        values[1].Tag = ValueTag.Tensor;
        values[1].Pointer = other.Handle;
        Change(values, 2);
        GC.KeepAlive(self);
        GC.KeepAlive(other);
        return self;
    }

    /// <summary>Calls an operator that gives one tensor.</summary>
    [SkipLocalsInit]
    internal torch.Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return Take(result);
    }

    /// <summary>Calls an operator that changes its first argument, and gives that argument back.</summary>
    [SkipLocalsInit]
    internal torch.Tensor CallInPlace(torch.Tensor self, params ReadOnlySpan<Argument> others)
    {
        Span<Argument> arguments = [self, default, default, default, default, default, default, default];
        others.CopyTo(arguments[1..]);
        NativeValue result;
        Invoke(arguments[..(others.Length + 1)], &result, 1);
        Release(result);
        return self;
    }

    /// <summary>Calls an operator that gives two tensors.</summary>
    [SkipLocalsInit]
    internal (torch.Tensor First, torch.Tensor Second) Call2(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[2];
        Invoke(arguments, results, 2);
        return (Take(results[0]), Take(results[1]));
    }

    /// <summary>Calls an operator that gives three tensors.</summary>
    [SkipLocalsInit]
    internal (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) Call3(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[3];
        Invoke(arguments, results, 3);
        return (Take(results[0]), Take(results[1]), Take(results[2]));
    }

    /// <summary>Calls an operator that gives any number of tensors, one by one or as a list.</summary>
    [SkipLocalsInit]
    internal torch.Tensor[] CallMany(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaximumResults];
        int count = Invoke(arguments, results, MaximumResults);
        if (count == 1 && results[0].Tag == ValueTag.TensorList)
        {
            var list = new torch.Tensor[results[0].Count];
            for (int i = 0; i < list.Length; i++)
                list[i] = new torch.Tensor(((nint*)results[0].Pointer)[i]);
            return list;
        }

        var tensors = new torch.Tensor[count];
        for (int i = 0; i < count; i++)
            tensors[i] = Take(results[i]);
        return tensors;
    }

    /// <summary>Calls an operator that gives a number or a truth value.</summary>
    [SkipLocalsInit]
    internal Scalar CallScalar(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result.Tag switch
        {
            ValueTag.Int => result.Integer,
            ValueTag.Double => result.Number,
            ValueTag.Bool => result.Integer != 0,
            _ => throw new InvalidOperationException($"{this} gave {result.Tag}, not a number."),
        };
    }

    /// <summary>Calls an operator for its effect.</summary>
    [SkipLocalsInit]
    internal void CallVoid(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaximumResults];
        int count = Invoke(arguments, results, MaximumResults);
        for (int i = 0; i < count; i++)
            Release(results[i]);
    }

    private static torch.Tensor Take(in NativeValue result) => new(result.Tag == ValueTag.Tensor ? result.Pointer : 0);

    private static void Release(in NativeValue result)
    {
        if (result.Tag == ValueTag.Tensor && result.Pointer != 0)
            NativeMethods.rt_tensor_free(result.Pointer);
    }

    private torch.Tensor One(NativeValue* values, int count)
    {
        NativeValue result;
        int results;
        NativeMethods.Check(NativeMethods.rt_operator_call(Handle, values, count, &result, 1, &results));
        return new torch.Tensor(result.Pointer);
    }

    private void Change(NativeValue* values, int count)
    {
        NativeValue result;
        int results;
        NativeMethods.Check(NativeMethods.rt_operator_call(Handle, values, count, &result, 1, &results));
        Release(result);
    }

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        nint* scratch = stackalloc nint[ArgumentBuffer.StackWords];
        var buffer = new ArgumentBuffer(scratch);
        try
        {
            int count;
            buffer.Write(arguments, values);
            int status = NativeMethods.rt_operator_call(Handle, values, arguments.Length, results, capacity, &count);
            foreach (ref readonly Argument argument in arguments)
                GC.KeepAlive(argument.Reference);
            NativeMethods.Check(status);
            return count;
        }
        finally
        {
            buffer.Free();
        }
    }

    private nint Find()
    {
        NativeMethods.Check(NativeMethods.rt_operator_find(QualifiedName, overload, out nint found));
        return _handle = found;
    }
}
