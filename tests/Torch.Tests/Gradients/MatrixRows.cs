using TorchSharp;
using static Replications.Torch.Tests.Gradients.Input;

namespace Replications.Torch.Tests.Gradients;

/// <summary>Products, diagonals and decompositions.</summary>
internal static class MatrixRows
{
    internal static IEnumerable<GradientRow> All =>
    [
        new("matmul", x => x[0].matmul(x[1]), Any(2, 2, 3), Any(3, 2)),
        new("mm", x => x[0].mm(x[1]), Any(2, 3), Any(3, 2)),
        new("mv", x => x[0].mv(x[1]), Any(2, 3), Any(3)),
        new("bmm", x => x[0].bmm(x[1]), Any(2, 2, 3), Any(2, 3, 2)),
        new("baddbmm", x => x[0].baddbmm(x[1], x[1], 0.5f, 2), Any(2, 2, 2), Any(2, 2, 2)),
        new("dot", x => x[0].dot(x[1]), Any(3), Any(3)),
        new("vdot", x => x[0].vdot(x[1]), Any(3), Any(3)),
        new("inner", x => x[0].inner(x[1]), Any(2, 3), Any(2, 3)),
        new("outer", x => x[0].outer(x[1]), Any(2), Any(3)),
        new("ger", x => x[0].ger(x[1]), Any(2), Any(3)),
        new("einsum", x => torch.einsum("bij,bjk->bik", x[0], x[1]), Any(2, 2, 3), Any(2, 3, 2)),
        new("tensordot", x => x[0].tensordot(x[1], [1], [0]), Any(2, 3), Any(3, 2)),
        new("kron", x => x[0].kron(x[1]), Any(2, 2), Any(2, 1)),
        new("cdist", x => torch.cdist(x[0], x[1]), Any(2, 3), Any(3, 3)),
        new("diag", x => x[0].diag(), Any(3)),
        new("diag_embed", x => x[0].diag_embed(), Any(2, 3)),
        new("diagonal", x => x[0].diagonal(1), Any(3, 3)),
        new("diagflat", x => x[0].diagflat(), Any(3)),
        new("trace", x => x[0].trace(), Any(3, 3)),
        new("tril", x => x[0].tril(), Any(3, 3)),
        new("tril_", x => x[0].clone().tril_(), Any(3, 3)),
        new("triu", x => x[0].triu(), Any(3, 3)),
        new("triu_", x => x[0].clone().triu_(), Any(3, 3)),
        new("inverse", x => Regular(x[0]).inverse(), Any(3, 3)),
        new("det", x => Regular(x[0]).det(), Any(3, 3)),
        new("logdet", x => Definite(x[0]).logdet(), Any(3, 3)),
        new("slogdet", x => torch.slogdet(Regular(x[0])).logabsdet, Any(3, 3)),
        new("cholesky", x => Definite(x[0]).cholesky(), Any(3, 3)),
        new("cholesky_solve", x => x[1].cholesky_solve(Factor(x[0])), Any(3, 3), Any(3, 2)),
        new("cholesky_inverse", x => Factor(x[0]).cholesky_inverse(), Any(3, 3)),
        new("matrix_exp", x => x[0].matrix_exp(), Any(2, 2)),
        new("matrix_power", x => x[0].matrix_power(3), Any(2, 2)),
        new("linalg.cholesky", x => Factor(x[0]), Any(3, 3)),
        new("linalg.cholesky_ex", x => torch.linalg.cholesky_ex(Definite(x[0])).L, Any(3, 3)),
        new("linalg.cross", x => torch.linalg.cross(x[0], x[1]), Any(2, 3), Any(2, 3)),
        new("linalg.det", x => torch.linalg.det(Regular(x[0])), Any(3, 3)),
        new("linalg.diagonal", x => torch.linalg.diagonal(x[0]), Any(3, 3)),
        new("linalg.eigh", x => torch.linalg.eigh(Definite(x[0])).Item1, Any(3, 3)),
        new("linalg.eigvalsh", x => torch.linalg.eigvalsh(Definite(x[0])), Any(3, 3)),
        new("linalg.inv", x => torch.linalg.inv(Regular(x[0])), Any(3, 3)),
        new("linalg.lu", x => torch.linalg.lu(Regular(x[0])).L + torch.linalg.lu(Regular(x[0])).U, Any(3, 3)),
        new("linalg.lu_factor", x => torch.linalg.lu_factor(Regular(x[0])).LU, Any(3, 3)),
        new("linalg.lu_solve", x => LuSolve(x[0], x[1]), Any(3, 3), Any(3, 2)),
        new("linalg.matrix_exp", x => torch.linalg.matrix_exp(x[0]), Any(2, 2)),
        new("linalg.multi_dot", x => torch.linalg.multi_dot([x[0], x[1], x[0]]), Any(2, 3), Any(3, 2)),
        new("linalg.norm", x => torch.linalg.norm(x[0]) + torch.linalg.norm(x[0], 2.0, [1L]).sum(), Any(2, 3)),
        new("linalg.pinv", x => torch.linalg.pinv(x[0]), Any(3, 2)),
        new("linalg.qr", x => torch.linalg.qr(Regular(x[0])).Q + torch.linalg.qr(Regular(x[0])).R, Any(3, 3)),
        new("linalg.slogdet", x => torch.linalg.slogdet(Regular(x[0])).Item2, Any(3, 3)),
        new("linalg.solve", x => torch.linalg.solve(Regular(x[0]), x[1]), Any(3, 3), Any(3, 2)),
        new("linalg.solve_triangular", x => torch.linalg.solve_triangular(Regular(x[0]).tril(), x[1], false), Any(3, 3), Any(3, 2)),
        new("linalg.svd", x => torch.linalg.svd(x[0], false).S, Any(3, 2)),
        new("linalg.svdvals", x => torch.linalg.svdvals(x[0]), Any(3, 2)),
        new("linalg.vector_norm", x => torch.linalg.vector_norm(x[0], 3), Positive(3)),
    ];

    // Far from singular, so that differences are as good as derivatives.
    private static torch.Tensor Regular(torch.Tensor x) => x + (5 * torch.eye(3, dtype: torch.float64));

    private static torch.Tensor Definite(torch.Tensor x) => x.matmul(x.mT) + (2 * torch.eye(3, dtype: torch.float64));

    private static torch.Tensor Factor(torch.Tensor x) => torch.linalg.cholesky(Definite(x));

    private static torch.Tensor LuSolve(torch.Tensor a, torch.Tensor b)
    {
        (torch.Tensor lu, torch.Tensor? pivots) = torch.linalg.lu_factor(Regular(a));
        return torch.linalg.lu_solve(lu, pivots!, b);
    }
}
