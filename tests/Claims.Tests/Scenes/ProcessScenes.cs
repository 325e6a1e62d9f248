using System;
using System.Threading;

namespace Threadwise.Claims.Tests.Scenes;

public abstract class ProcessScenes : IScenes
{
    public static Scene[] All { get; } =
    [
        // The end of a child is seen a moment after its pipe is closed, or after it is killed: one of many reads must come between.
        new("TW5002", 1, Ending.Throws<InvalidOperationException>(), """
            for (var i = 0; i < 100; i++)
            {
                Console.WriteLine(i);
                var info = Extras.Of("quiet");
                info.RedirectStandardOutput = true;
                new Compiler().Run(info);
            }
            """),
        new("TW5002", 2, Ending.Throws<InvalidOperationException>(), """
            for (var i = 0; i < 20; i++)
            {
                Console.WriteLine(i);
                var info = Extras.Of("stays");
                info.RedirectStandardInput = true;
                new Tests().Run(info);
            }
            """)
        {
            Instead = [("60_000", "50")],
        },
        new("TW5003", 1, Ending.Hangs, """
            var info = Extras.Of("talks");
            info.RedirectStandardOutput = true;
            new Git().Log(info);
            """),
        new("TW5003", 2, Ending.Hangs, """
            var info = Extras.Of("complains");
            info.RedirectStandardOutput = info.RedirectStandardError = true;
            await new Compiler().RunAsync(info);
            """),
        new("TW5004", 1, Ending.Throws<InvalidOperationException>(), "new Git().Head();") { Command = ("git", "quiet") },
        new("TW5004", 2, Ending.Throws<InvalidOperationException>(), "new Report().Make();") { Command = ("report", "quiet") },
        new("TW5004", 3, Ending.Hangs, """await new Editor().EditAsync("file");""") { Command = ("editor", "quiet") },
        new("TW5005", 1, Ending.Hangs, """
            var info = Extras.Of("stays");
            info.RedirectStandardInput = true;
            new Sender().Send(info, "mail");
            """),
        new("TW5005", 2, Ending.Hangs, """
            var info = Extras.Of("stays");
            info.RedirectStandardInput = true;
            await new Importer().ImportAsync(info, ["one", "two"]);
            """),
        new("TW5007", 1, Ending.Throws<AbandonedMutexException>(), """
            var holder = new Mutex(false, "counter");
            Backstage.Abandon(holder);
            new Counter().Add();
            GC.KeepAlive(holder);
            """),
        new("TW5008", 3, Ending.Throws<ArgumentOutOfRangeException>(), "new Header().Write(1, 2);"),
        new("TW5008", 4, Ending.Throws<ArgumentException>(), """
            using var map = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateNew(null, 128);
            new Owners(map).Store(new Owner { Id = 1 });
            """),
        new("TW5011", 1, Ending.Hangs, "new Installer().Run();") { Command = ("setup", "talks") },
        new("TW5012", 1, Ending.Hangs, "new Tests().Run();") { Command = ("runner", "talks") },
        new("TW5013", 1, Ending.Hangs, """
            var holder = new Mutex(false, "counter");
            Backstage.Abandon(holder);
            var counter = new Counter();
            counter.Add();
            Backstage.OnAnotherThread(() => counter.Add());
            GC.KeepAlive(holder);
            """)
        {
            Instead = [("1000", "Timeout.Infinite")],
        },
        new("TW5013", 2, Ending.Hangs, """
            var holder = new Mutex(false, "gate");
            Backstage.Abandon(holder);
            var gate = new Gate();
            gate.Enter();
            gate.Leave();
            Backstage.OnAnotherThread(() =>
            {
                gate.Enter();
                gate.Leave();
            });
            GC.KeepAlive(holder);
            """)
        {
            Instead = [("1000", "Timeout.Infinite")],
        },
        new("TW5013", 3, Ending.Hangs, """
            var holder = new Mutex(false, "journal");
            Backstage.Abandon(holder);
            var journal = new Journal();
            journal.Append("one");
            Backstage.OnAnotherThread(() => journal.Append("two"));
            GC.KeepAlive(holder);
            """),
        new("TW5015", 1, Ending.Hangs, """
            var info = Extras.Of("answers");
            info.RedirectStandardInput = info.RedirectStandardOutput = true;
            new Formatter().Format(info, new string('x', 4_000_000));
            """),
        new("TW5015", 2, Ending.Hangs, """
            var info = Extras.Of("answers");
            info.RedirectStandardInput = info.RedirectStandardOutput = true;
            await new Sorter().SortAsync(info, Enumerable.Repeat(new string('x', 1000), 4000));
            """),
    ];

    public static NotShown[] Without { get; } =
    [
        new("TW5001", 1, "whether the file is there already is a race between the child and the next line"),
        new("TW5001", 2, "nothing hangs and nothing throws: nobody learns how the children end"),
        new("TW5007", 2, "the program of the page has an entry point of its own, and stays until a line is typed"),
        new("TW5006", 1, "nothing hangs and nothing throws: an update is lost when two processes meet, and maps with a name exist on Windows only"),
        new("TW5006", 2, "as above"),
        new("TW5009", 1, "as above"),
        new("TW5009", 2, "nothing hangs and nothing throws: both processes are the first"),
        new("TW5009", 3, "the child of the page is a program of its own, and fails at the number"),
        new("TW5008", 1, "nothing hangs and nothing throws: one value destroys the other"),
        new("TW5008", 2, "nothing hangs and nothing throws: another number is read"),
        new("TW5010", 1, "a program that starts itself without an end is not to be run"),
        new("TW5014", 1, "nothing hangs and nothing throws: a process of another platform or language reads other values"),
        new("TW5014", 2, "nothing hangs and nothing throws: a process of another bitness reads other values"),
        new("TW5012", 2, "nothing hangs and nothing throws: the errors of the child are lost"),
    ];
}
