namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, element type and device.</summary>
        public override string ToString() => IsInvalid
            ? "[disposed]"
            : FormattableString.Invariant($"[{string.Join("x", shape)}], type = {dtype}, device = {device}");
    }
}
