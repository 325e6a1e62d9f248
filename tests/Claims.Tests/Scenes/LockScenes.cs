using System.Threading;

namespace Threadwise.Claims.Tests.Scenes;

public abstract class LockScenes : IScenes
{
    public static Scene[] All { get; } =
    [
        new("TW2001", 1, Ending.Hangs, """
            var stock = new Stock();
            stock.Take("a");
            Backstage.OnAnotherThread(() => stock.Take("a"));
            """),
        new("TW2001", 2, Ending.Hangs, """
            var orders = new Orders();
            typeof(Orders).GetField("_open", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.SetValue(orders, 1);
            try
            {
                await orders.CloseAsync(() => Task.FromResult(2));
            }
            catch (InvalidOperationException)
            {
            }

            await orders.CloseAsync(() => Task.FromResult(1));
            """),
        new("TW2001", 3, Ending.Hangs, """
            var table = new Table();
            table.AddAll([0]);
            Backstage.OnAnotherThread(() => table.AddAll([1]));
            """),
        new("TW2001", 6, Ending.Hangs, "new Import().Run(0, _ => { });"),
        new("TW2002", 1, Ending.Hangs, """
            var counter = new Counter();
            counter.Add(1);
            Backstage.OnAnotherThread(() => counter.Read());
            """),
        new("TW2002", 2, Ending.Hangs, """
            var orders = new Orders();
            await orders.CloseAsync(() => Task.FromResult(1));
            await orders.CloseAsync(() => Task.FromResult(1));
            """),
        new("TW2002", 3, Ending.Hangs, """
            var table = new Table();
            table.Find("a");
            Backstage.OnAnotherThread(() => table.Add("a", 1));
            """),
        new("TW2004", 1, Ending.Throws<SynchronizationLockException>(), "new Cache().Get(1);"),
        new("TW2004", 2, Ending.Throws<SemaphoreFullException>(), "await new Files().WriteAsync(() => Task.CompletedTask);"),
        new("TW2005", 1, Ending.Hangs, "await new Store().AddAsync(1);"),
        new("TW2005", 2, Ending.Throws<LockRecursionException>(), "new Cache().Get(1);"),
    ];
}
