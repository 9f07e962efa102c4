namespace TorchSharp;

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);
    public static Tensor vdot(Tensor input, Tensor target) => input.vdot(target);
    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor ger(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);
    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) => input.addr(vec1, vec2, beta, alpha);
    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.addbmm(batch1, batch2, beta, alpha);
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.baddbmm(batch1, batch2, beta, alpha);
    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.einsum.Call(equation, tensors);
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);
    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Aten.cdist.Call(x1, x2, p);
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);
    public static Tensor diag_embed(Tensor input, long offset = 0L, long dim1 = -2L, long dim2 = -1L) => input.diag_embed(offset, dim1, dim2);
    public static Tensor diagonal(Tensor input, long offset = 0L, long dim1 = 0L, long dim2 = 1L) => input.diagonal(offset, dim1, dim2);
    public static Tensor diagflat(Tensor input, long offset = 0) => input.diagflat(offset);
    public static Tensor trace(Tensor input) => input.trace();
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);
    public static Tensor triu(Tensor input, long diagonal = 0L) => input.triu(diagonal);
    public static Tensor inverse(Tensor input) => input.inverse();
    public static Tensor det(Tensor input) => input.det();
    public static Tensor logdet(Tensor input) => input.logdet();
    public static Tensor cholesky(Tensor input) => input.cholesky();
    public static Tensor cholesky_solve(Tensor input, Tensor input2, bool upper = false) => input.cholesky_solve(input2, upper);
    public static Tensor cholesky_inverse(Tensor input, bool upper = false) => input.cholesky_inverse(upper);
    public static (Tensor res, Tensor logabsdet) slogdet(Tensor A) => linalg.slogdet(A);
    public static Tensor matrix_exp(Tensor input) => input.matrix_exp();
    public static Tensor matrix_power(Tensor input, int n) => input.matrix_power(n);

    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Aten.matmul.Binary(this, target);
        public Tensor mm(Tensor target) => Aten.mm.Binary(this, target);
        public Tensor mv(Tensor target) => Aten.mv.Binary(this, target);
        public Tensor bmm(Tensor batch2) => Aten.bmm.Binary(this, batch2);
        public Tensor dot(Tensor target) => Aten.dot.Binary(this, target);
        public Tensor vdot(Tensor target) => Aten.vdot.Binary(this, target);
        public Tensor inner(Tensor vec2) => Aten.inner.Binary(this, vec2);
        public Tensor outer(Tensor vec2) => Aten.outer.Binary(this, vec2);
        public Tensor ger(Tensor vec2) => outer(vec2);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.addmm.Call(this, mat1, mat2, (double)beta, (double)alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.addmm_.CallInPlace(this, mat1, mat2, (double)beta, (double)alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) => Aten.addmv.Call(this, mat, vec, (double)beta, (double)alpha);
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) => Aten.addmv_.CallInPlace(this, mat, vec, (double)beta, (double)alpha);
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) => Aten.addr.Call(this, vec1, vec2, (double)beta, (double)alpha);
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) => Aten.addr_.CallInPlace(this, vec1, vec2, (double)beta, (double)alpha);
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Aten.addbmm.Call(this, batch1, batch2, (double)beta, (double)alpha);
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Aten.addbmm_.CallInPlace(this, batch1, batch2, (double)beta, (double)alpha);
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Aten.baddbmm.Call(this, batch1, batch2, (double)beta, (double)alpha);
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Aten.tensordot.Call(this, b, dims1, dims2);
        public Tensor kron(Tensor other) => Aten.kron.Binary(this, other);
        public Tensor diag(long diagonal = 0) => Aten.diag.Call(this, diagonal);
        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => Aten.diag_embed.Call(this, offset, dim1, dim2);
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Aten.diagonal.Call(this, offset, dim1, dim2);
        public Tensor diagflat(long offset = 0) => Aten.diagflat.Call(this, offset);
        public Tensor trace() => Aten.trace.Unary(this);
        public Tensor tril(long diagonal = 0) => Aten.tril.Call(this, diagonal);
        public Tensor tril_(long diagonal = 0) => Aten.tril_.CallInPlace(this, diagonal);
        public Tensor triu(long diagonal = 0) => Aten.triu.Call(this, diagonal);
        public Tensor triu_(long diagonal = 0) => Aten.triu_.CallInPlace(this, diagonal);
        public Tensor inverse() => Aten.inverse.Unary(this);
        public Tensor det() => Aten.linalg_det.Unary(this);
        public Tensor logdet() => Aten.logdet.Unary(this);
        // By the operator that PyTorch names as its successor: libtorch 2.14 no longer has aten::cholesky.
        public Tensor cholesky(bool upper = false) => Aten.linalg_cholesky.Call(this, upper);
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Aten.cholesky_solve.Call(this, input2, upper);
        public Tensor cholesky_inverse(bool upper = false) => Aten.cholesky_inverse.Call(this, upper);
        public Tensor matrix_exp() => Aten.matrix_exp.Unary(this);
        public Tensor matrix_power(int n) => Aten.linalg_matrix_power.Call(this, n);
    }
}
