using Replications.Claims;
using Replications.Hosting.Experiments;
using Replications.Properties.Tests.Registered;

namespace Replications.Properties.Tests.Every;

/// <summary>Every project in <c>replications/</c> is known to these tests and to the suite: what is not found is not tested, and nothing else would say so.</summary>
public class RegistrationTests
{
    private static readonly string s_replications = Path.Combine(Repository.Root, "replications");

    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(s_replications).Where(d => Directory.GetFiles(d, "*.csproj").Length > 0).Select(d => Path.GetFileName(d)!)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Its_program_registers_one_replication_under_the_name_of_its_folder_and_claims(string folder)
    {
        string path = Path.Combine(s_replications, folder);
        Assert.Equal($"{folder}.csproj", Path.GetFileName(Assert.Single(Directory.GetFiles(path, "*.csproj"))));
        Assert.Contains($"\"replications\\{folder}\\{folder}.csproj\"", File.ReadAllText(Path.Combine(Repository.Root, "Replications.sln")), StringComparison.Ordinal);

        string[] registered = [.. Registry.In(folder).Select(r => r.Name)];
        Assert.True(registered is [_], $"{folder} has {registered.Length} public static properties of type {nameof(Replication)} in public classes, not one");
        Assert.Equal(folder.ToLowerInvariant(), registered[0].Replace("-", "", StringComparison.Ordinal));

        Assert.Contains(path, ClaimsFile.Folders(Repository.Root));
        Assert.All(ClaimsFile.ReadFolder(path), claim => Assert.Equal(registered[0], claim.Replication));
    }
}
