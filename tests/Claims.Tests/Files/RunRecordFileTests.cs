using System.Globalization;
using System.Text.Json.Nodes;

namespace Replications.Claims.Tests.Files;

public sealed class RunRecordFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ru-RU")]
    public void The_text_is_as_approved_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            ApprovedText.Check("run.json", RunRecordFile.ToJson(Full()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        string path = Path.Combine(_folder.Path, RunRecordFile.Name);
        RunRecordFile.Write(path, Full());
        RunRecordFile.Write(path, Full());
        Assert.Equal(RunRecordFile.ToJson(Full()), RunRecordFile.ToJson(RunRecordFile.Read(path)));
        Assert.Equal([RunRecordFile.Name], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_number_that_is_not_finite_survives()
    {
        string path = Path.Combine(_folder.Path, RunRecordFile.Name);
        RunRecordFile.Write(path, Sample.Record(1, Sample.Measurement(double.NaN)));
        Assert.Equal(double.NaN, RunRecordFile.Read(path).Measurements[0].Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1900)]
    public void A_truncated_file_is_refused_by_name(int length)
    {
        string path = _folder.File(RunRecordFile.Name, RunRecordFile.ToJson(Full())[..length]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => RunRecordFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_from_before_there_were_some_fields_is_read()
    {
        string text = RunRecordFile.ToJson(Sample.Record(1));
        foreach (string none in (string[])["\"earlier\": []", "\"declared\": []", "\"environment\": {}", "\"weights\": []", "\"peakGpuMemoryBytes\": null"])
        {
            Assert.Contains(none, text, StringComparison.Ordinal);
            text = text.Replace($"  {none},\n", "", StringComparison.Ordinal);
        }

        RunRecord read = RunRecordFile.Read(_folder.File(RunRecordFile.Name, text));
        Assert.Equal((0, 0, 0, 0, null as long?), (read.Earlier.Count, read.Declared.Count, read.Environment.Count, read.Weights.Count, read.PeakGpuMemoryBytes));
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema 2; this program knows 1")]
    [InlineData("\"schema\": 1", "\"schema\": \"1\"", "schema \"1\"; this program knows 1")]
    [InlineData("\"schema\": 1,", "", "no \"schema\"")]
    [InlineData("\"state\": \"succeeded\"", "\"state\": \"perfect\"", "state")]
    [InlineData("\"state\": \"succeeded\"", "\"state\": 1", "state")]
    [InlineData("\"seed\": 1,", "", "seed")]
    [InlineData("\"value\": 88.4321,", "", "value")]
    [InlineData("\"hidden\": 8000,", "\"hidden\": 8000,\n    \"hidden\": 500,", "hidden")]
    [InlineData("\"data\": [", "\"data\": [ null,", "\"data\" holds null")]
    [InlineData("\"measurements\": [", "\"measurements\": [ null,", "\"measurements\" holds null")]
    [InlineData("\"earlier\": [", "\"earlier\": [ null,", "\"earlier\" holds null")]
    [InlineData("\"commit\": \"0123456789abcdef0123456789abcdef01234567\"", "\"commit\": null", "commit")]
    public void A_record_of_another_form_is_refused(string good, string bad, string expected)
    {
        string text = RunRecordFile.ToJson(Full());
        Assert.Contains(good, text, StringComparison.Ordinal);
        string path = _folder.File(RunRecordFile.Name, text.Replace(good, bad, StringComparison.Ordinal));
        string message = Assert.Throws<InvalidDataException>(() => RunRecordFile.Read(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static RunRecord Full() =>
        Sample.Record(1, Sample.Measurement(88.4321), Sample.Measurement(0.1 + 0.2, null, ErrorKind.None) with { Split = "valid" }) with
        {
            Overrides = new JsonObject { ["hidden"] = 100 },
            Reduced = true,
            Resumes = 1,
            Earlier = [new(500, "fedcba9876543210fedcba9876543210fedcba98", true, "Another processor", new EngineRecord("Libtorch", "1.13.1", "cpu", "float32", 1, "repeats to the bit"))],
        };
}
