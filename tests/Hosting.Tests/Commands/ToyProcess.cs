using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Replications.Toys;

namespace Replications.Hosting.Tests.Commands;

/// <summary>The toys as a process of their own, which can be sent signals.</summary>
internal sealed partial class ToyProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private ToyProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    public bool HasEnded => _process.HasExited;

    public static ToyProcess Start(Dictionary<string, string> environment, params string[] args)
    {
        string program = Path.ChangeExtension(typeof(ToyPaper).Assembly.Location, ".dll");
        // A shell lets background jobs ignore SIGINT, and .NET keeps to what it was started with.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new ToyProcess(Process.Start(start)!);
    }

    public void Kill() => _process.Kill();

    public void Signal(int signal) => Assert.Equal(0, SendSignal(_process.Id, signal));

    public async Task<int> Ended()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
            text.AppendLine(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
