using System.Threading;

namespace Threadwise.Claims.Tests.Scenes;

public abstract class ThreadScenes : IScenes
{
    public static Scene[] All { get; } =
    [
        new("TW1001", 2, Ending.Hangs, "new Report().Print();"),
        new("TW1005", 1, Ending.Throws<ThreadStateException>(), "new Greeter().Greet();"),
        new("TW1005", 2, Ending.Throws<ThreadStateException>(), "new Report().Print();"),
        new("TW1007", 1, Ending.Throws<System.InvalidOperationException>(), """new Printer().Print("a");"""),
        new("TW1007", 2, Ending.Throws<System.NullReferenceException>(), "new Prices().Count(1);"),
        new("TW1007", 3, Ending.Throws<System.InvalidCastException>(), "new Squares().Print();"),
        new("TW1010", 1, Ending.Hangs, """
            var feed = new Feed();
            feed.Open();
            feed.Close();
            """),
        // The page's second pair hangs, or throws when the first thread asks for the second one before it is started.
    ];
}
