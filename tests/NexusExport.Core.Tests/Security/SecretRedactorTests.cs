using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NexusExport.Configuration;
using NexusExport.Security;

namespace NexusExport.Tests.Security;

public sealed class SecretRedactorTests
{
    [Fact]
    public void Redact_TextWithASecret_MasksEveryOccurrence() =>
        Assert.Equal("a *** and *** b", Redactor("s3cr3t").Redact("a s3cr3t and s3cr3t b"));

    [Theory]
    [InlineData("a/b+c d%e")]
    [InlineData("päss wörd/😀")]
    [InlineData("%25%2F")]
    [InlineData("\"quoted\" & <tagged>'s\\")]
    public void Redact_EachCharacterEncodedOrNot_MasksTheSecret(string secret)
    {
        var random = new Random(20260123);
        for (var number = 0; number < 200; number++)
        {
            var spelled = string.Concat(secret.EnumerateRunes().Select(rune => Spell(rune, random)));

            Assert.Equal("<***>", Redactor(secret).Redact($"<{spelled}>"));
        }
    }

    [Fact]
    public void Redact_ASecretThatIsEncodedItself_MasksItDecodedToo() =>
        Assert.Equal("<***> <***>", Redactor("pa%2Fss%20word").Redact("<pa%2Fss%20word> <pa/ss word>"));

    [Theory]
    [InlineData("a:")]
    [InlineData("ab:")]
    [InlineData("abc:")]
    public void Redact_BasicCredentials_AreMasked(string user)
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(user + "s3cr3t-t0ken-of-the-lab"));

        Assert.Contains(SecretText.Mask, Redactor("s3cr3t-t0ken-of-the-lab").Redact("Basic " + header), StringComparison.Ordinal);
    }

    [Fact]
    public void Redact_AnyText_IsLeftAloneWhereNoSecretIs() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            text.Get.Contains("://", StringComparison.Ordinal) || Redactor("s3cr3t-t0ken").Redact(text.Get) == text.Get).QuickCheckThrowOnFailure();

    private static string Spell(Rune rune, Random random)
    {
        var percent = string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(value => $"%{value:X2}"));
        return random.Next(6) switch
        {
            0 => percent,
            1 => percent.ToLowerInvariant(),
            2 => percent.Replace("%", "%25", StringComparison.Ordinal),
            3 => string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:x4}")),
            4 => $"&#{rune.Value};",
            _ => rune.ToString(),
        };
    }

    [Fact]
    public void Redact_SecretWithinASecret_MasksTheWholeOne() =>
        Assert.Equal("<***>", Redactor("token", "my-token-of-may").Redact("<my-token-of-may>"));

    [Fact]
    public void Redact_ShortSecret_IsLeftAlone() => Assert.Equal("abcabc", Redactor("abc").Redact("abcabc"));

    [Fact]
    public void Redact_UrlWithAPassword_IsMaskedThoughUnknown() =>
        Assert.Equal("GET https://***@x.org/a?b failed", Redactor().Redact("GET https://lab:pass@x.org/a?b failed"));

    [Fact]
    public void Redact_SecretThatNobodyNeeded_IsNotAskedFor()
    {
        var redactor = new SecretRedactor([new SecretText(() => throw new InvalidOperationException("asked"))]);

        Assert.Equal("text", redactor.Redact("text"));
    }

    [Fact]
    public void Redact_SecretRevealedLater_IsMaskedFromThenOn()
    {
        var secret = new SecretText(() => "s3cr3t");
        var redactor = new SecretRedactor([secret]);
        Assert.Equal("s3cr3t", redactor.Redact("s3cr3t"));

        secret.Reveal();

        Assert.Equal("***", redactor.Redact("s3cr3t"));
    }

    [Fact]
    public void For_Settings_KnowsSecretsAndPasswordsInUrls()
    {
        var settings = new ExportSettings
        {
            DatabasePath = "x.db",
            Destinations =
            [
                new DestinationSettings
                {
                    Name = "cdcs",
                    Type = "cdcs",
                    Priority = 1,
                    Values = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["url"] = "https://lab:pa%20ss@x.org/",
                        ["token"] = new SecretText("s3cr3t"),
                        ["owned"] = true,
                    },
                },
            ],
        };

        Assert.Equal("*** *** ***", settings.CreateRedactor().Redact("s3cr3t pa%20ss pa ss"));
    }

    [Fact]
    public void Redact_ShortSecret_IsTakenOutOfAnswersAlone()
    {
        var secret = new SecretText("pw1");

        Assert.Equal("no pw1", new SecretRedactor(secret).Redact("no pw1"));
        Assert.Equal("no ***", SecretRedactor.ForAnswers(secret).Redact("no pw1"));
    }

    [Fact]
    public void Redact_AnySecretInAnyForm_IsGone() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), sample =>
        {
            // Half a surrogate pair has no encoded form.
            var secret = "s3cr3t" + new string([.. sample.Get.Where(letter => !char.IsSurrogate(letter))]);
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
            string[] forms = [secret, Uri.EscapeDataString(secret), Uri.EscapeDataString(secret).ToLowerInvariant(), base64, JsonSerializer.Serialize(secret)];
            var redacted = Redactor(secret).Redact(string.Join('|', forms));

            return !redacted.Contains("s3cr3t", StringComparison.OrdinalIgnoreCase) && !redacted.Contains(base64.TrimEnd('='), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    private static SecretRedactor Redactor(params string[] secrets) => new(secrets.Select(secret => new SecretText(secret)));
}
