using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Checks;

/// <summary>One destination as its dependencies see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="DependsOn">Names that it depends on, optionally or not.</param>
internal sealed record DependencyNode(string Name, int Priority, IReadOnlyList<string> DependsOn);

/// <summary>What is wrong with one dependency.</summary>
/// <param name="Dependant">The destination that declares it.</param>
/// <param name="Dependency">The name that it declares.</param>
/// <param name="IsUnknown">Whether there is no destination of that name.</param>
/// <param name="Message">What is wrong, and how to put it right.</param>
internal sealed record DependencyProblem(string Dependant, string Dependency, bool IsUnknown, string Message);

/// <summary>Who waits for whom: finds what cannot work, and an order in which it does.</summary>
internal sealed class DependencyGraph
{
    private readonly IReadOnlyList<DependencyNode> _nodes;
    private readonly Dictionary<string, DependencyNode> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="nodes">The destinations; of two of one name the first counts.</param>
    public DependencyGraph(IReadOnlyList<DependencyNode> nodes)
    {
        _nodes = nodes;
        foreach (var node in nodes)
        {
            _byName.TryAdd(node.Name, node);
        }
    }

    /// <summary>Unknown names, circles (each told once, in full) and dependencies that would run after their dependant.</summary>
    public IEnumerable<DependencyProblem> Check()
    {
        foreach (var node in _nodes)
        {
            foreach (var name in node.DependsOn)
            {
                if (Judge(node, name) is { } problem)
                {
                    yield return problem;
                }
            }
        }
    }

    /// <summary>
    /// The names in running order: priority from high to low, of equal priority what others depend on first, then by name.
    /// </summary>
    public IReadOnlyList<string> RunningOrder()
    {
        var order = new List<string>(_nodes.Count);
        var placed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in _nodes.OrderByDescending(node => node.Priority).ThenBy(node => node.Name, StringComparer.OrdinalIgnoreCase))
        {
            Place(node);
        }

        return order;

        void Place(DependencyNode node)
        {
            if (!placed.Add(node.Name))
            {
                return;
            }

            foreach (var name in node.DependsOn.Order(StringComparer.OrdinalIgnoreCase))
            {
                if (_byName.TryGetValue(name, out var dependency) && dependency.Priority == node.Priority)
                {
                    Place(dependency);
                }
            }

            order.Add(node.Name);
        }
    }

    private DependencyProblem? Judge(DependencyNode node, string name)
    {
        if (!_byName.TryGetValue(name, out var dependency))
        {
            var hint = NearestName.Hint(name, _byName.Keys);
            return new(node.Name, name, IsUnknown: true, $"'{node.Name}' depends on '{NearestName.Shorten(name)}', which is no destination{hint}");
        }

        if (PathBetween(dependency, node) is { } path)
        {
            var isFirst = path.TrueForAll(member => IndexOf(member) >= IndexOf(node.Name));
            var circle = string.Join(" → ", path.Prepend(node.Name));
            return isFirst
                ? new(node.Name, name, IsUnknown: false, $"destinations depend on each other in a circle: {circle}; remove one of these dependencies")
                : null;
        }

        return dependency.Priority < node.Priority
            ? new(
                node.Name,
                name,
                IsUnknown: false,
                $"'{node.Name}' (priority {node.Priority}) depends on '{dependency.Name}' (priority {dependency.Priority}), which would run after it; "
                + $"give '{dependency.Name}' a priority of {node.Priority} or more, or '{node.Name}' one of {dependency.Priority} or less")
            : null;
    }

    private int IndexOf(string name)
    {
        var index = 0;
        while (!string.Equals(_nodes[index].Name, name, StringComparison.OrdinalIgnoreCase))
        {
            index++;
        }

        return index;
    }

    /// <summary>The shortest way along dependencies, both ends included; null where there is none.</summary>
    private List<string>? PathBetween(DependencyNode from, DependencyNode to)
    {
        var cameFrom = new Dictionary<DependencyNode, DependencyNode?>(ReferenceEqualityComparer.Instance) { [from] = null };
        var open = new Queue<DependencyNode>([from]);
        while (open.TryDequeue(out var node))
        {
            if (ReferenceEquals(node, to))
            {
                var path = new List<string>();
                for (var step = node; step is not null; step = cameFrom[step])
                {
                    path.Insert(0, step.Name);
                }

                return path;
            }

            foreach (var name in node.DependsOn)
            {
                if (_byName.TryGetValue(name, out var next) && cameFrom.TryAdd(next, node))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }
}
