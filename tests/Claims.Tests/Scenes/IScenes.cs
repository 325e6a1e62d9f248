namespace Threadwise.Claims.Tests.Scenes;

/// <summary>The scenes of some families.</summary>
public interface IScenes
{
    static abstract Scene[] All { get; }
}
