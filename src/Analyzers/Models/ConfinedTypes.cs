using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Types whose members one thread calls, at a time, by the contract of their framework: controls and view models of a user interface, components, scripts of a game engine, actors and grains, connections to databases and what reads from them.</summary>
internal static class ConfinedTypes
{
    /// <summary>Whether the type, or one that it derives from, belongs to such a framework.</summary>
    public static bool Is(INamedTypeSymbol? type)
    {
        // What derives from a component of the framework, such as a watcher of files, has that one's threads.
        if (type?.BaseType is { Name: "Component", ContainingNamespace: { Name: "ComponentModel", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } })
        {
            return true;
        }

        for (; type is not null; type = type.BaseType)
        {
            if (IsConfined(type.ContainingNamespace) || IsActor(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the delegate is of an event that tells a user interface of changes.</summary>
    public static bool IsBinding(ITypeSymbol? handler) => handler is
    {
        Name: "PropertyChangedEventHandler" or "PropertyChangingEventHandler" or "NotifyCollectionChangedEventHandler" or "ListChangedEventHandler" or "CollectionChangeEventHandler" or "AddingNewEventHandler",
    };

    /// <summary>One message at a time.</summary>
    private static bool IsActor(INamedTypeSymbol type) => (type.Name, type.ContainingNamespace?.ToDisplayString()) is ("ActorBase", "Akka.Actor") or ("Grain", "Orleans");

    private static bool IsConfined(INamespaceSymbol? space)
    {
        var root = space;
        while (root?.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            root = outer;
        }

        return root?.Name is "UnityEngine" or "UnityEditor" or "Godot" or "Avalonia" or "Xamarin" or "Gtk" or "Eto" ||
            (space?.ToDisplayString() is { } name && (StartsWith(name, "System.Windows") || StartsWith(name, "Microsoft.UI") || StartsWith(name, "Microsoft.Maui") || StartsWith(name, "Windows.UI") ||
                StartsWith(name, "Microsoft.AspNetCore.Components") || StartsWith(name, "System.Web.UI") || StartsWith(name, "System.Data")));
    }

    private static bool StartsWith(string name, string space) => name.StartsWith(space, System.StringComparison.Ordinal) && (name.Length == space.Length || name[space.Length] == '.');
}
