using System;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Threadwise.Hosts.Editor;

/// <summary>
/// Calls into the layer that editors are built on, which is not public. A member that is not there any more ends in an exception that
/// names it: then the host has moved on and this folder must follow.
/// </summary>
internal static class Internals
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static Type Type(string assembly, string name) =>
        Assembly.Load(assembly).GetType(name) ?? throw new MissingMemberException(name, "(the type itself)");

    /// <summary>The property or field of <paramref name="target"/>.</summary>
    public static T Get<T>(object target, string name)
    {
        for (var type = target.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetProperty(name, Any) is { } property)
            {
                return (T)property.GetValue(target)!;
            }

            if (type.GetField(name, Any) is { } field)
            {
                return (T)field.GetValue(target)!;
            }
        }

        throw new MissingMemberException(target.GetType().Name, name);
    }

    /// <summary>Calls the method of <paramref name="on"/> that has this name and so many parameters.</summary>
    public static object? Call(Type on, object? target, string name, Type[] typeArguments, params object?[] arguments)
    {
        var method = on.GetMethods(Any).FirstOrDefault(m =>
            m.Name == name && m.GetParameters().Length == arguments.Length && m.GetGenericArguments().Length == typeArguments.Length)
            ?? throw new MissingMethodException(on.Name, name);
        return Invoke(typeArguments.Length == 0 ? method : method.MakeGenericMethod(typeArguments), target, arguments);
    }

    public static T Construct<T>(params object?[] arguments)
    {
        var constructor = typeof(T).GetConstructors(Any).FirstOrDefault(c =>
            c.GetParameters().Length == arguments.Length && c.GetParameters().Zip(arguments).All(static p => p.Second is null || p.First.ParameterType.IsInstanceOfType(p.Second)))
            ?? throw new MissingMethodException(typeof(T).Name, ".ctor");
        try
        {
            return (T)constructor.Invoke(arguments);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private static object? Invoke(MethodInfo method, object? target, object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
