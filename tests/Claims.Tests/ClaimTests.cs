using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Threadwise.Claims.Tests.Scenes;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.Claims.Tests;

/// <summary>The wrong block of a page does what the rule claims, and the right block, which is what the fix writes where there is one, ends well.</summary>
public abstract class ClaimTests<TScenes>
    where TScenes : IScenes
{
    public static TheoryData<string, int> Scenes => [.. TScenes.All.Select(static scene => (scene.Id, scene.Block))];

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Wrong_code_does_what_the_page_says(string id, int block)
    {
        var scene = Find(id, block);
        var seen = await Performance.RunAsync(scene, Page(id).Wrong[block - 1]);
        Assert.True(scene.Claim.Covers(seen), $"{scene}: the claim is that it {scene.Claim}, and it {seen}");
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Right_code_ends_well(string id, int block) =>
        Assert.Equal(Ending.Well, await Performance.RunAsync(Find(id, block), Page(id).Right[block - 1]));

    private static Scene Find(string id, int block) => TScenes.All.Single(scene => scene.Id == id && scene.Block == block);

    private static RulePage Page(string id) => RulePage.All.Single(page => page.Id == id);
}

public sealed class ThreadClaimTests : ClaimTests<ThreadScenes>;

public sealed class LockClaimTests : ClaimTests<LockScenes>;

public sealed class QueueClaimTests : ClaimTests<QueueScenes>;

public sealed class ProcessClaimTests : ClaimTests<ProcessScenes>;

public sealed class CoverageTests
{
    private static readonly string[] s_families = ["TW4", "TW5"];

    /// <summary>The rules on queues and processes claim hangs and exceptions: each of their wrong blocks is run, or the list says why not.</summary>
    [Fact]
    public void Each_wrong_block_on_queues_and_processes_has_a_scene_or_a_reason()
    {
        IEnumerable<Scene> scenes = [.. ThreadScenes.All, .. LockScenes.All, .. QueueScenes.All, .. ProcessScenes.All];
        var blocks = RulePage.All.Where(static page => s_families.Any(page.Id.StartsWith))
            .SelectMany(static page => page.Wrong.Select((_, i) => $"{page.Id}, block {i + 1}")).Order();
        var listed = scenes.Select(static scene => scene.ToString()).Where(static name => s_families.Any(name.StartsWith))
            .Concat(QueueScenes.Without.Concat(ProcessScenes.Without).Select(static entry => $"{entry.Id}, block {entry.Block}")).Order();
        Assert.Equal(blocks, listed);
    }
}
