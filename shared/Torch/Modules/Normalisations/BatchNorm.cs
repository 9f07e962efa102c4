using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Normalisation by the batch's mean and variance per channel, with running averages for evaluation. As in PyTorch the
/// running variance is unbiased and the one used in training is not.
/// </summary>
public abstract class BatchNorm : WeightedLayer
{
    private readonly Tensor? _runningMean;
    private readonly Tensor? _runningVariance;
    private readonly Tensor? _batches;

    private protected BatchNorm(
        string name, long features, double eps, double? momentum, bool affine, bool track, Device? device, ScalarType? dtype)
        : base(name)
    {
        num_features = features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        track_running_stats = track;
        if (affine)
        {
            weight = nn.Parameter(ones(features, dtype: dtype, device: device));
            bias = nn.Parameter(zeros(features, dtype: dtype, device: device));
        }

        if (track)
        {
            register_buffer(nameof(running_mean), _runningMean = zeros(features, dtype: dtype, device: device));
            register_buffer(nameof(running_var), _runningVariance = ones(features, dtype: dtype, device: device));
            register_buffer(nameof(num_batches_tracked), _batches = zeros([], dtype: ScalarType.Int64, device: device));
        }
    }

    public long num_features { get; }

    public double eps { get; set; }

    /// <summary>Weight of the newest batch in the running averages; null for their plain mean.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Tensor? running_mean => _runningMean;

    public Tensor? running_var => _runningVariance;

    public Tensor? num_batches_tracked => _batches;

    public override Tensor forward(Tensor input)
    {
        RequireDimensions(input);
        double newest = momentum ?? 0;
        if (training && _batches is not null)
        {
            _batches.add_(1);
            newest = momentum ?? 1.0 / _batches.ToInt64();
        }

        return nn.functional.batch_norm(
            input, _runningMean, _runningVariance, affine ? weight : null, bias, training || _runningMean is null, newest, eps);
    }

    public void reset_running_stats()
    {
        _runningMean?.zero_();
        _runningVariance?.fill_(1);
        _batches?.zero_();
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (affine)
        {
            nn.init.ones_(weight);
            nn.init.zeros_(bias!);
        }
    }

    private protected abstract void RequireDimensions(Tensor input);
}
