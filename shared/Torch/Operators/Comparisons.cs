namespace TorchSharp;

public static partial class torch
{
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();
    public static Tensor isinf(Tensor tensor) => tensor.isinf();
    public static Tensor isnan(Tensor input) => input.isnan();
    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();
    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();
    public static Tensor isreal(Tensor tensor) => tensor.isreal();
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);
    public static Tensor not_equal(Tensor tensor, Tensor target) => tensor.ne(target);
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);
    public static Tensor less(Tensor tensor, Tensor target) => tensor.lt(target);
    public static Tensor le(Tensor left, Tensor right) => left.le(right);
    public static Tensor less_equal(Tensor tensor, Tensor target) => tensor.le(target);
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);
    public static Tensor greater(Tensor tensor, Tensor target) => tensor.gt(target);
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);
    public static Tensor greater_equal(Tensor tensor, Tensor target) => tensor.ge(target);
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => tensor.allclose(target, rtol, atol, equal_nan);
    public static Tensor equal(Tensor tensor, Tensor target) => tensor.equal(target);
    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => tensor.isclose(other, rtol, atol, nanEqual);
    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false) => tensor.isin(test_elements, assumeUnique, invert);
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);
    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);

    public partial class Tensor
    {
        public Tensor isfinite() => Aten.isfinite.Unary(this);
        public Tensor isinf() => Aten.isinf.Unary(this);
        public Tensor isnan() => Aten.isnan.Unary(this);
        public Tensor isposinf() => Aten.isposinf.Unary(this);
        public Tensor isneginf() => Aten.isneginf.Unary(this);
        public Tensor isreal() => Aten.isreal.Unary(this);
        public Tensor eq(Tensor target) => Aten.eq_Tensor.Binary(this, target);
        public Tensor eq(Scalar target) => Aten.eq_Scalar.Call(this, target);
        public Tensor eq_(Tensor target) => Aten.eq__Tensor.BinaryInPlace(this, target);
        public Tensor eq_(Scalar target) => Aten.eq__Scalar.CallInPlace(this, target);
        public Tensor ne(Tensor target) => Aten.ne_Tensor.Binary(this, target);
        public Tensor ne(Scalar target) => Aten.ne_Scalar.Call(this, target);
        public Tensor ne_(Tensor target) => Aten.ne__Tensor.BinaryInPlace(this, target);
        public Tensor ne_(Scalar target) => Aten.ne__Scalar.CallInPlace(this, target);
        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor lt(Tensor target) => Aten.lt_Tensor.Binary(this, target);
        public Tensor lt(Scalar target) => Aten.lt_Scalar.Call(this, target);
        public Tensor lt_(Tensor target) => Aten.lt__Tensor.BinaryInPlace(this, target);
        public Tensor lt_(Scalar target) => Aten.lt__Scalar.CallInPlace(this, target);
        public Tensor less(Tensor target) => lt(target);
        public Tensor le(Tensor target) => Aten.le_Tensor.Binary(this, target);
        public Tensor le(Scalar target) => Aten.le_Scalar.Call(this, target);
        public Tensor le_(Tensor target) => Aten.le__Tensor.BinaryInPlace(this, target);
        public Tensor le_(Scalar target) => Aten.le__Scalar.CallInPlace(this, target);
        public Tensor less_equal(Tensor target) => le(target);
        public Tensor gt(Tensor target) => Aten.gt_Tensor.Binary(this, target);
        public Tensor gt(Scalar target) => Aten.gt_Scalar.Call(this, target);
        public Tensor gt_(Tensor target) => Aten.gt__Tensor.BinaryInPlace(this, target);
        public Tensor gt_(Scalar target) => Aten.gt__Scalar.CallInPlace(this, target);
        public Tensor greater(Tensor target) => gt(target);
        public Tensor ge(Tensor target) => Aten.ge_Tensor.Binary(this, target);
        public Tensor ge(Scalar target) => Aten.ge_Scalar.Call(this, target);
        public Tensor ge_(Tensor target) => Aten.ge__Tensor.BinaryInPlace(this, target);
        public Tensor ge_(Scalar target) => Aten.ge__Scalar.CallInPlace(this, target);
        public Tensor greater_equal(Tensor target) => ge(target);
        /// <summary>Element-wise, as <see cref="eq(Tensor)"/>; whether two tensors are equal as a whole is <see cref="Equals(Tensor)"/>.</summary>
        public Tensor equal(Tensor target) => eq(target);
        public bool Equals(Tensor target) => target is not null && Aten.equal.CallScalar(this, target).ToBoolean();
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);
        public override int GetHashCode() => base.GetHashCode();
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Aten.allclose.CallScalar(this, target, rtol, atol, equal_nan).ToBoolean();
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => Aten.isclose.Call(this, other, rtol, atol, nanEqual);
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => Aten.isin_Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);
        public Tensor maximum(Tensor other) => Aten.maximum.Binary(this, other);
        public Tensor minimum(Tensor other) => Aten.minimum.Binary(this, other);
        public Tensor fmax(Tensor other) => Aten.fmax.Binary(this, other);
        public Tensor fmin(Tensor other) => Aten.fmin.Binary(this, other);
    }
}
