using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Oracle.Tests;

/// <summary>The rules and their fixes, judged by an explorer of schedules that did not read the engine.</summary>
public class OracleTests(Exploration exploration) : IClassFixture<Exploration>
{
    public static TheoryData<string> Guilty => [.. GuiltyPrograms.All.Select(static program => program.Name)];

    public static TheoryData<string> Innocent => [.. InnocentPrograms.All.Select(static program => program.Name)];

    [Theory]
    [MemberData(nameof(Guilty))]
    public async Task A_guilty_program_is_reported_and_fails_in_some_schedule(string name)
    {
        var program = GuiltyPrograms.All.Single(program => program.Name == name);
        Assert.Contains(program.Id, await Exploration.Compiled(program, program.Code).IdsAsync());
        Assert.StartsWith("bug", exploration.VerdictOn(name));
    }

    [Theory]
    [MemberData(nameof(Guilty))]
    public async Task The_fix_silences_the_rule_and_no_schedule_fails(string name)
    {
        var program = GuiltyPrograms.All.Single(program => program.Name == name);
        var code = exploration.Fixed(program);
        Assert.NotEqual(program.Code, code);
        Assert.DoesNotContain(program.Id, await Exploration.Compiled(program, code).IdsAsync());
        Assert.Equal("clean", exploration.VerdictOn(Exploration.FixedNameOf(program)));
    }

    [Theory]
    [MemberData(nameof(Innocent))]
    public async Task An_innocent_program_is_not_reported_and_fails_in_no_schedule(string name)
    {
        var program = InnocentPrograms.All.Single(program => program.Name == name);
        Assert.Equal("", await Exploration.Compiled(program, program.Code).IdsAsync());
        Assert.Equal("clean", exploration.VerdictOn(name));
    }
}
