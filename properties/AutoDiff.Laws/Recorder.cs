using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace AutoDiff.Laws;

/// <summary>Keeps a run's result instead of printing it.</summary>
internal sealed class Recorder : IRunner
{
    public TestResult? Result { get; private set; }

    public string? LastDiscarded { get; set; }

    public void OnStartFixture(Type t) { }

    public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) { }

    public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink) { }

    public void OnFinished(string name, TestResult result) => Result = result;
}
