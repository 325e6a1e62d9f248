using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>The framework types that the models speak of, looked up once per compilation; null where the target lacks one.</summary>
internal sealed class WellKnownTypes(Compilation compilation)
{
    private const string Threading = "System.Threading.";

    /// <summary>Whether a user interface may call the code, on a thread to which its waits come back: a framework for one is known, a web page of ASP.NET on the old framework, or a program in a browser.</summary>
    public bool HasUserInterface { get; } = new[]
    {
        "System.Windows.Forms.Control", "System.Windows.DependencyObject", "Windows.UI.Xaml.DependencyObject", "Microsoft.UI.Xaml.DependencyObject", "Microsoft.Maui.Controls.BindableObject", "Xamarin.Forms.BindableObject",
        "Avalonia.AvaloniaObject", "UnityEngine.Object", "Godot.GodotObject", "Gtk.Widget", "Eto.Forms.Control", "Android.App.Activity", "UIKit.UIViewController", "System.Web.HttpContext", "Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHost",
    }.Any(name => !compilation.GetTypesByMetadataName(name).IsEmpty);

    // Locks
    public INamedTypeSymbol? Monitor { get; } = compilation.GetTypeByMetadataName(Threading + "Monitor");
    public INamedTypeSymbol? Lock { get; } = compilation.GetTypeByMetadataName(Threading + "Lock");
    public INamedTypeSymbol? LockScope { get; } = compilation.GetTypeByMetadataName(Threading + "Lock+Scope");
    public INamedTypeSymbol? Mutex { get; } = compilation.GetTypeByMetadataName(Threading + "Mutex");
    public INamedTypeSymbol? WaitHandle { get; } = compilation.GetTypeByMetadataName(Threading + "WaitHandle");
    public INamedTypeSymbol? SemaphoreFullException { get; } = compilation.GetTypeByMetadataName(Threading + "SemaphoreFullException");
    public INamedTypeSymbol? Semaphore { get; } = compilation.GetTypeByMetadataName(Threading + "Semaphore");
    public INamedTypeSymbol? AutoResetEvent { get; } = compilation.GetTypeByMetadataName(Threading + "AutoResetEvent");
    public INamedTypeSymbol? SemaphoreSlim { get; } = compilation.GetTypeByMetadataName(Threading + "SemaphoreSlim");
    public INamedTypeSymbol? SpinLock { get; } = compilation.GetTypeByMetadataName(Threading + "SpinLock");
    public INamedTypeSymbol? ReaderWriterLock { get; } = compilation.GetTypeByMetadataName(Threading + "ReaderWriterLock");
    public INamedTypeSymbol? ReaderWriterLockSlim { get; } = compilation.GetTypeByMetadataName(Threading + "ReaderWriterLockSlim");
    public INamedTypeSymbol? MethodImpl { get; } = compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.MethodImplAttribute");
    public INamedTypeSymbol? AbandonedMutexException { get; } = compilation.GetTypeByMetadataName(Threading + "AbandonedMutexException");

    // Atomics
    public INamedTypeSymbol? Interlocked { get; } = compilation.GetTypeByMetadataName(Threading + "Interlocked");
    public INamedTypeSymbol? Volatile { get; } = compilation.GetTypeByMetadataName(Threading + "Volatile");

    public INamedTypeSymbol? Exception { get; } = compilation.GetTypeByMetadataName("System.Exception");
    public INamedTypeSymbol? InvalidOperationException { get; } = compilation.GetTypeByMetadataName("System.InvalidOperationException");
    public INamedTypeSymbol? OperationCanceledException { get; } = compilation.GetTypeByMetadataName("System.OperationCanceledException");

    // Forks and joins
    public INamedTypeSymbol? Thread { get; } = compilation.GetTypeByMetadataName(Threading + "Thread");
    public INamedTypeSymbol? ThreadInterruptedException { get; } = compilation.GetTypeByMetadataName(Threading + "ThreadInterruptedException");
    public INamedTypeSymbol? ThreadStart { get; } = compilation.GetTypeByMetadataName(Threading + "ThreadStart");
    public INamedTypeSymbol? ParameterizedThreadStart { get; } = compilation.GetTypeByMetadataName(Threading + "ParameterizedThreadStart");
    public INamedTypeSymbol? ThreadPool { get; } = compilation.GetTypeByMetadataName(Threading + "ThreadPool");
    public INamedTypeSymbol? Timer { get; } = compilation.GetTypeByMetadataName(Threading + "Timer");
    public INamedTypeSymbol? ProvidedTimer { get; } = compilation.GetTypeByMetadataName(Threading + "ITimer");
    public INamedTypeSymbol? TimeProvider { get; } = compilation.GetTypeByMetadataName("System.TimeProvider");
    public INamedTypeSymbol? EventTimer { get; } = compilation.GetTypeByMetadataName("System.Timers.Timer");
    public INamedTypeSymbol? CancellationToken { get; } = compilation.GetTypeByMetadataName(Threading + "CancellationToken");
    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? TaskFactory { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskFactory");
    public INamedTypeSymbol? TaskFactoryOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskFactory`1");
    public INamedTypeSymbol? TaskExtensions { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskExtensions");
    public INamedTypeSymbol? Parallel { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Parallel");

    public INamedTypeSymbol? ParallelEnumerable { get; } = compilation.GetTypeByMetadataName("System.Linq.ParallelEnumerable");

    // Processes
    public INamedTypeSymbol? FileSystemWatcher { get; } = compilation.GetTypeByMetadataName("System.IO.FileSystemWatcher");
    public INamedTypeSymbol? BackgroundWorker { get; } = compilation.GetTypeByMetadataName("System.ComponentModel.BackgroundWorker");
    public INamedTypeSymbol? Process { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Process");
    public INamedTypeSymbol? ProcessStartInfo { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.ProcessStartInfo");

    // Shared memory
    public INamedTypeSymbol? MemoryMappedFile { get; } = compilation.GetTypeByMetadataName("System.IO.MemoryMappedFiles.MemoryMappedFile");
    public INamedTypeSymbol? MappedView { get; } = compilation.GetTypeByMetadataName("System.IO.MemoryMappedFiles.MemoryMappedViewAccessor");
    public INamedTypeSymbol? MemoryAccessor { get; } = compilation.GetTypeByMetadataName("System.IO.UnmanagedMemoryAccessor");

    // Inline delegates
    public INamedTypeSymbol? Enumerable { get; } = compilation.GetTypeByMetadataName("System.Linq.Enumerable");
    public INamedTypeSymbol? Array { get; } = compilation.GetTypeByMetadataName("System.Array");
    public INamedTypeSymbol? List { get; } = compilation.GetTypeByMetadataName("System.Collections.Generic.List`1");

    // Calls that are taken not to throw
    public INamedTypeSymbol? Debug { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Debug");
    public INamedTypeSymbol? Trace { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Trace");
    public INamedTypeSymbol? Stopwatch { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Stopwatch");
    public INamedTypeSymbol? TimeSpan { get; } = compilation.GetTypeByMetadataName("System.TimeSpan");
    public INamedTypeSymbol? GC { get; } = compilation.GetTypeByMetadataName("System.GC");
    public INamedTypeSymbol? Guid { get; } = compilation.GetTypeByMetadataName("System.Guid");
    public INamedTypeSymbol? TextWriter { get; } = compilation.GetTypeByMetadataName("System.IO.TextWriter");
    public INamedTypeSymbol? Console { get; } = compilation.GetTypeByMetadataName("System.Console");
    public INamedTypeSymbol? Logger { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.Logging.ILogger");
    public INamedTypeSymbol? LoggerExtensions { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.Logging.LoggerExtensions");

    // Signals and completions, which may be given twice
    public INamedTypeSymbol? SpinWait { get; } = compilation.GetTypeByMetadataName(Threading + "SpinWait");

    public INamedTypeSymbol? EventWaitHandle { get; } = compilation.GetTypeByMetadataName(Threading + "EventWaitHandle");
    public INamedTypeSymbol? ManualResetEvent { get; } = compilation.GetTypeByMetadataName(Threading + "ManualResetEvent");

    public INamedTypeSymbol? ManualResetEventSlim { get; } = compilation.GetTypeByMetadataName(Threading + "ManualResetEventSlim");
    public INamedTypeSymbol? CancellationTokenSource { get; } = compilation.GetTypeByMetadataName(Threading + "CancellationTokenSource");
    public INamedTypeSymbol? TaskCompletionSource { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskCompletionSource");
    public INamedTypeSymbol? TaskCompletionSourceOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskCompletionSource`1");
    public INamedTypeSymbol? CountdownEvent { get; } = compilation.GetTypeByMetadataName(Threading + "CountdownEvent");
    public INamedTypeSymbol? Barrier { get; } = compilation.GetTypeByMetadataName(Threading + "Barrier");
    public INamedTypeSymbol? BlockingCollection { get; } = compilation.GetTypeByMetadataName("System.Collections.Concurrent.BlockingCollection`1");

    public INamedTypeSymbol? Channel { get; } = compilation.GetTypeByMetadataName(Threading + "Channels.Channel");
    public INamedTypeSymbol? ChannelOfT { get; } = compilation.GetTypeByMetadataName(Threading + "Channels.Channel`1");
    public INamedTypeSymbol? ChannelWriter { get; } = compilation.GetTypeByMetadataName(Threading + "Channels.ChannelWriter`1");
    public INamedTypeSymbol? ChannelReader { get; } = compilation.GetTypeByMetadataName(Threading + "Channels.ChannelReader`1");
    public INamedTypeSymbol? ConcurrentQueue { get; } = compilation.GetTypeByMetadataName("System.Collections.Concurrent.ConcurrentQueue`1");
    public INamedTypeSymbol? ConcurrentStack { get; } = compilation.GetTypeByMetadataName("System.Collections.Concurrent.ConcurrentStack`1");
    public INamedTypeSymbol? ConcurrentBag { get; } = compilation.GetTypeByMetadataName("System.Collections.Concurrent.ConcurrentBag`1");

    // Where values go
    public INamedTypeSymbol? Math { get; } = compilation.GetTypeByMetadataName("System.Math");
    public INamedTypeSymbol? Convert { get; } = compilation.GetTypeByMetadataName("System.Convert");
    public INamedTypeSymbol? Progress { get; } = compilation.GetTypeByMetadataName("System.IProgress`1");
}
