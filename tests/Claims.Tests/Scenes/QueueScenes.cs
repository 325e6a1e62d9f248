using System;
using System.Threading.Channels;

namespace Threadwise.Claims.Tests.Scenes;

internal static class QueueScenes
{
    public static Scene[] All { get; } =
    [
        new("TW4004", 1, Ending.Throws<ObjectDisposedException>(), """Backstage.WithBusyPool(() => new Crawler().Run(["a"]));"""),
        new("TW4004", 2, Ending.Throws<InvalidOperationException>(), """
            new Squares().Run();
            Backstage.PoolIsIdle();
            """),
        new("TW4006", 1, Ending.Throws<InvalidOperationException>(), "new Log().Close();"),
        new("TW4006", 2, Ending.Throws<ChannelClosedException>(), "await Feed.FillAsync(System.Threading.Channels.Channel.CreateUnbounded<int>().Writer);"),
        // A folder is no file that could be deleted or read.
        new("TW4011", 1, Ending.Hangs, "new Cleaner().Run([Environment.CurrentDirectory]);"),
        new("TW4011", 2, Ending.Hangs, "new Import().Run(Environment.CurrentDirectory);"),
    ];

    public static NotShown[] Without { get; } =
    [
        new("TW4007", 1, "nothing hangs and nothing throws: the loop wakes up for nothing"),
        new("TW4007", 2, "nothing hangs and nothing throws: the loop wakes up for nothing"),
    ];
}
