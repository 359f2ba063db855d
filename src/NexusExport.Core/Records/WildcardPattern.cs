namespace NexusExport.Records;

/// <summary>
/// PowerShell's wildcards without PowerShell: * any text, ? one character, [abc] and [a-z] one character of a set, a backtick makes the
/// next character an ordinary one. A ] right after the [ belongs to the set. Case is ignored. Unlike PowerShell, a [ that is never closed
/// is no error: it stands for itself. Matching takes at most (length of pattern) × (length of text) steps, whatever the pattern.
/// </summary>
/// <remarks>
/// Not a Regex with NonBacktracking, which gives the same promise: its first match in a fresh process takes 45 to 50 ms, this one 5 (the whole
/// export of a record takes a few hundred); over 200,000 names it is then faster, 170 ms to 230, which nobody waits for.
/// </remarks>
internal sealed class WildcardPattern
{
    private const char Escape = '`';

    private readonly List<Step> _steps = [];

    public WildcardPattern(string pattern)
    {
        var at = 0;
        while (at < pattern.Length)
        {
            _steps.Add(NextStep(pattern, ref at));
        }
    }

    private enum StepKind
    {
        Literal,
        One,
        Any,
        Set,
    }

    /// <summary>Whether <paramref name="text"/> holds an active wildcard character; if not, it names one thing literally.</summary>
    public static bool HasWildcards(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (NextStep(text, ref at).Kind != StepKind.Literal)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The pattern in SQL's terms (LIKE, without an escape), as far as these go: everything that fits here fits there, and some other texts, too.
    /// </summary>
    public string ToLike() => string.Concat(_steps.Select(step => step.Kind switch
    {
        StepKind.Literal when char.IsAscii(step.Literal) => step.Literal is '%' or '_' ? '_' : step.Literal,
        // What ignores case beyond ASCII, and what may be half of a character, is any text there.
        _ => '%',
    }));

    /// <summary>Whether the whole of <paramref name="text"/> fits; null never does.</summary>
    public bool Matches(string? text)
    {
        if (text is null)
        {
            return false;
        }

        // Of several stars only the last one met needs to be widened again: a match that an earlier one could still give, it gives too.
        var (step, at) = (0, 0);
        var (starStep, starAt) = (-1, 0);
        while (at < text.Length)
        {
            if (step < _steps.Count && _steps[step].Kind == StepKind.Any)
            {
                (starStep, starAt) = (step++, at);
            }
            else if (step < _steps.Count && _steps[step].Takes(text[at]))
            {
                step++;
                at++;
            }
            else if (starStep >= 0)
            {
                step = starStep + 1;
                at = ++starAt;
            }
            else
            {
                return false;
            }
        }

        return _steps.Skip(step).All(rest => rest.Kind == StepKind.Any);
    }

    private static Step NextStep(string pattern, ref int at)
    {
        var character = pattern[at++];
        switch (character)
        {
            case '*':
                return new(StepKind.Any);
            case '?':
                return new(StepKind.One);
            case '[' when ReadSet(pattern, ref at) is { } set:
                return new(StepKind.Set) { Set = set };
            case Escape when at < pattern.Length:
                return new(StepKind.Literal) { Literal = pattern[at++] };
            default:
                return new(StepKind.Literal) { Literal = character };
        }
    }

    private static List<(char First, char Last)>? ReadSet(string pattern, ref int at)
    {
        var set = new List<(char First, char Last)>();
        var position = at;
        while (position < pattern.Length && (position == at || pattern[position] != ']'))
        {
            var first = ReadMember(pattern, ref position);
            var last = first;
            if (position + 1 < pattern.Length && pattern[position] == '-' && pattern[position + 1] != ']')
            {
                position++;
                last = ReadMember(pattern, ref position);
            }

            set.Add((first, last));
        }

        if (position >= pattern.Length)
        {
            return null;
        }

        at = position + 1;
        return set;
    }

    private static char ReadMember(string pattern, ref int position)
    {
        if (pattern[position] == Escape && position + 1 < pattern.Length)
        {
            position++;
        }

        return pattern[position++];
    }

    private readonly record struct Step(StepKind Kind)
    {
        public char Literal { get; init; }

        public List<(char First, char Last)>? Set { get; init; }

        public bool Takes(char character) => Kind switch
        {
            StepKind.One => true,
            StepKind.Literal => char.ToUpperInvariant(character) == char.ToUpperInvariant(Literal),
            StepKind.Set => InSet(character) || InSet(char.ToUpperInvariant(character)) || InSet(char.ToLowerInvariant(character)),
            _ => false,
        };

        private bool InSet(char character)
        {
            foreach (var (first, last) in Set!)
            {
                if (character >= first && character <= last)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
