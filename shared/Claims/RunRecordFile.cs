using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Replications.Claims;

/// <summary>Reads and writes <c>run.json</c>: indented JSON, names in camelCase, enumerations as words.</summary>
public static class RunRecordFile
{
    /// <summary>The file's name in a run folder.</summary>
    public const string Name = "run.json";

    /// <summary>The only version of the form that this program reads and writes.</summary>
    public const int Schema = 1;

    /// <summary>How records are written, for whoever embeds one elsewhere.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>The record as text, ending in a newline.</summary>
    /// <param name="record">The record.</param>
    public static string ToJson(RunRecord record) => JsonSerializer.Serialize(record, Options) + "\n";

    /// <summary>Writes the record whole or not at all: to a temporary name beside it, flushed to the disk, then renamed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">The record.</param>
    public static void Write(string path, RunRecord record)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(ToJson(record));
        string temporary = path + ".tmp";
        using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a record.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is truncated, is not JSON, lacks a field, or has an unknown schema version; the message names the file.</exception>
    public static RunRecord Read(string path)
    {
        string text = File.ReadAllText(path);
        try
        {
            return FromJson(text);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: not a readable run record: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static RunRecord FromJson(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidDataException("the run record is empty");
        }

        // A merge of two records by hand may leave a name twice.
        using (JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("schema", out JsonElement schema))
            {
                throw new InvalidDataException("not a run record: it has no \"schema\"");
            }

            if (schema.ValueKind != JsonValueKind.Number || !schema.TryGetInt32(out int version) || version != Schema)
            {
                throw new InvalidDataException($"run record of schema {schema.GetRawText()}; this program knows {Schema}");
            }
        }

        RunRecord record = JsonSerializer.Deserialize<RunRecord>(text, Options)
            ?? throw new InvalidDataException("not a run record: null");
        IEnumerable<(string List, IEnumerable<object?> Items)> lists =
        [
            ("data", record.Data), ("measurements", record.Measurements), ("weights", record.Weights), ("pictures", record.Pictures),
            ("earlier", record.Earlier), ("declared", record.Declared),
        ];
        return lists.FirstOrDefault(l => l.Items.Contains(null)) is { List: { } list }
            ? throw new InvalidDataException($"not a run record: \"{list}\" holds null")
            : record;
    }

    private static JsonSerializerOptions MakeOptions()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
            // A value that is not finite must survive into the record: the referee names it.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            RespectNullableAnnotations = true,
            // A measurement without its value is no measurement of 0.
            RespectRequiredConstructorParameters = true,
            // Commands and units are read by people; nothing here is put into HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
