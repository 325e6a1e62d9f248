using System;
using System.Threading.Channels;

namespace Threadwise.Claims.Tests.Scenes;

public abstract class QueueScenes : IScenes
{
    public static Scene[] All { get; } =
    [
        new("TW4001", 1, Ending.Hangs, "new Sum().Of([1, 2]);"),
        new("TW4001", 2, Ending.Hangs, """new Printer().Print(["line"]);"""),
        new("TW4001", 3, Ending.Hangs, """
            var log = new Log();
            log.Write("line");
            log.Dispose();
            """),
        new("TW4002", 1, Ending.Hangs, "Search.Print([7, 8]);"),
        new("TW4002", 2, Ending.Hangs, "Squares.Print([1, 2]);"),
        new("TW4004", 1, Ending.Throws<ObjectDisposedException>(), """Backstage.WithBusyPool(() => new Crawler().Run(["a"]));"""),
        new("TW4004", 2, Ending.Throws<InvalidOperationException>(), """
            new Squares().Run();
            Backstage.PoolIsIdle();
            """),
        new("TW4005", 1, Ending.Throws<ObjectDisposedException>(), """Backstage.WithBusyPoolAndLostTasks(() => new Log().Write("log", ["a"]));"""),
        new("TW4005", 2, Ending.Throws<ObjectDisposedException>(), """
            File.WriteAllText("file", "text");
            Task<string>? text = null;
            Backstage.WithBusyPool(() => text = new Reader().Read("file"));
            await text!;
            """),
        new("TW4006", 1, Ending.Throws<InvalidOperationException>(), "new Log().Close();"),
        new("TW4006", 2, Ending.Throws<ChannelClosedException>(), "await Feed.FillAsync(System.Threading.Channels.Channel.CreateUnbounded<int>().Writer);"),
        // A file is no folder; what fails is done too.
        new("TW4010", 1, Ending.Hangs, "await Task.WhenAny(new Counter().CountAsync(Environment.ProcessPath!));"),
        // A folder is no file that could be deleted or read.
        new("TW4011", 1, Ending.Hangs, "new Cleaner().Run([Environment.CurrentDirectory]);"),
        new("TW4011", 2, Ending.Hangs, "new Import().Run(Environment.CurrentDirectory);"),
    ];

    public static NotShown[] Without { get; } =
    [
        new("TW4003", 1, "nothing hangs and nothing throws: the method returns too early"),
        new("TW4003", 2, "nothing hangs and nothing throws: the method returns too early"),
        new("TW4003", 3, "nothing hangs and nothing throws: the method returns too early"),
        new("TW4007", 1, "nothing hangs and nothing throws: the loop wakes up for nothing"),
        new("TW4007", 2, "nothing hangs and nothing throws: the loop wakes up for nothing"),
        new("TW4010", 2, "nobody but the type itself can raise its event"),
        new("TW4012", 1, "nothing hangs and nothing throws: a size may stand beside another file"),
        new("TW4012", 2, "nothing hangs and nothing throws: a square may stand beside another number"),
    ];
}
