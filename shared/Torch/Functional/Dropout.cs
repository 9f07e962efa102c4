namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_dropout = new("dropout"), s_dropoutInPlace = new("dropout_");
            private static readonly Operator s_featureDropout = new("feature_dropout"), s_featureDropoutInPlace = new("feature_dropout_");

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? s_dropoutInPlace.CallInPlace(input, p, training) : s_dropout.Call(input, p, training);

            /// <summary>Drops whole channels.</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? s_featureDropoutInPlace.CallInPlace(input, p, training) : s_featureDropout.Call(input, p, training);
        }
    }
}
